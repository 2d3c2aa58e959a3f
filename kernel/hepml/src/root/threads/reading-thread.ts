/** A thread that opens files and reads branches of their trees for the main thread. */
import { parentPort } from 'node:worker_threads';
import { openRoot } from '@cygnet/rootio';
import type { RootFile, RootTree } from '@cygnet/rootio';
import { withKnown } from '../cached-ranges.ts';
import { chosenCodecs } from '../node-codecs.ts';
import { sourceOf } from '../source-of.ts';
import { failureOf, memoryOf } from './messages.ts';
import type { FileForThreads, FromThread, ToThread } from './messages.ts';

interface OpenTree {
  readonly file: RootFile;
  readonly tree: RootTree;
}

const open = new Map<number, Promise<OpenTree>>();
const running = new Map<number, AbortController>();

const openTree = async ({ address, known, tree }: FileForThreads, signal: AbortSignal): Promise<OpenTree> => {
  const source = await sourceOf(address);
  const { codecs } = await chosenCodecs();
  const file = await openRoot(withKnown(source, known), { codecs, signal });
  return { file, tree: await file.tree(tree) };
};

const treeOf = (file: FileForThreads, signal: AbortSignal): Promise<OpenTree> => {
  const found = open.get(file.key);
  if (found !== undefined) return found;
  const opening = openTree(file, signal);
  open.set(file.key, opening);
  opening.catch(() => open.delete(file.key));
  return opening;
};

const send = (message: FromThread, memory: readonly ArrayBuffer[] = []): void =>
  parentPort?.postMessage(message, [...memory]);

const read = async (id: number, file: FileForThreads, job: Extract<ToThread, { kind: 'read' }>['job']) => {
  const control = new AbortController();
  running.set(id, control);
  try {
    const { tree } = await treeOf(file, control.signal);
    let seen = 0;
    const onProgress = ({ bytes }: { readonly bytes: number }): void => {
      if (bytes - seen < 2 ** 20) return;
      send({ kind: 'progress', id, bytes: bytes - seen });
      seen = bytes;
    };
    const columns = await tree.read({ ...job, signal: control.signal, onProgress });
    send({ kind: 'columns', id, columns }, memoryOf(columns.values()));
  } catch (error) {
    send({ kind: 'failed', id, failure: failureOf(error) });
  } finally {
    running.delete(id);
  }
};

parentPort?.on('message', (message: ToThread) => {
  switch (message.kind) {
    case 'read':
      void read(message.id, message.file, message.job);
      break;
    case 'cancel':
      running.get(message.id)?.abort();
      break;
    case 'close': {
      const opening = open.get(message.key);
      open.delete(message.key);
      // A file that did not open has told so to whoever read from it.
      void opening?.then(
        ({ file }) => file.close(),
        () => undefined,
      );
    }
  }
});

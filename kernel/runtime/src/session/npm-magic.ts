import {
  ensureManifest,
  installedVersions,
  npmCall,
  npmFailure,
  npmRefusal,
  type ProgramEnd,
  type runProgram,
} from '../magics/index.ts';
import type { RunOutcome } from '../thread-messages.ts';
import { failure } from './error-replies.ts';

/** How a program ended, and whether because the person asked for it. */
export type InterruptibleEnd = ProgramEnd & { readonly isInterrupted: boolean };

export interface NpmMagicOptions {
  /** The notebook's: nothing is written elsewhere. */
  readonly folder: string;
  readonly print: (text: string) => void;
  readonly run: (...call: Parameters<typeof runProgram>) => Promise<InterruptibleEnd>;
  /** Called when packages may have changed on the disk. */
  readonly onInstalled: () => Promise<void>;
}

/** `%npm install …`: the failure, or nothing when the packages are there. */
export const installPackages = async (rest: string, options: NpmMagicOptions): Promise<RunOutcome | undefined> => {
  const { folder, print, run, onInstalled } = options;
  const refusal = npmRefusal(rest, folder);
  if (refusal !== undefined) return failure('UsageError', refusal);
  const before = installedVersions(folder);
  const manifest = ensureManifest(folder);
  const { args, env } = npmCall(rest, folder, process.env);
  let printed = '';
  const onText = (_stream: string, text: string): void => {
    printed = `${printed}${text}`.slice(-10_000);
    print(text);
  };
  const { exitCode, signal, failure: reason, isInterrupted } = await run('npm', args, onText, env);
  if (exitCode !== 0) manifest.undo();
  await onInstalled();
  if (isInterrupted) return failure('KeyboardInterrupt', 'npm was interrupted.');
  if (reason !== undefined) return failure('NpmError', `npm cannot be run: ${reason}. It comes with Node.js.`);
  if (exitCode !== 0) return failure('NpmError', npmFailure(printed, signal ?? `exit code ${exitCode}`));
  const changed = [...installedVersions(folder)].filter(([name, version]) => (before.get(name) ?? version) !== version);
  if (changed.length > 0)
    print(
      `Changed: ${changed.map((pair) => pair.join('@')).join(', ')}. What was imported already stays until a restart.\n`,
    );
  return undefined;
};

import type { Completeness, Completion, Engine, Inspection } from '../engine/index.ts';
import { magicHelp, magicNames, parseMagics, type MagicCell } from '../magics/index.ts';
import type { JsonObject } from '../wire/index.ts';
import { codePointPosition, utf16Offset } from './code-points.ts';

const codeOf = (request: JsonObject): string => (typeof request.code === 'string' ? request.code : '');

const offsetOf = (request: JsonObject, code: string): number =>
  typeof request.cursor_pos === 'number' ? utf16Offset(code, request.cursor_pos) : code.length;

export const completeReply = async (engine: Engine, request: JsonObject): Promise<JsonObject> => {
  const code = codeOf(request);
  const { start, end, items } = await completionOf(engine, code, offsetOf(request, code));
  const range = { start: codePointPosition(code, start), end: codePointPosition(code, end) };
  return {
    status: 'ok',
    matches: items.map(({ name }) => name),
    cursor_start: range.start,
    cursor_end: range.end,
    metadata: { _jupyter_types_experimental: items.map(({ name, kind }) => ({ text: name, type: kind, ...range })) },
  };
};

export const inspectReply = async (engine: Engine, request: JsonObject): Promise<JsonObject> => {
  const code = codeOf(request);
  const found = await inspectionOf(engine, code, offsetOf(request, code));
  if (found === undefined) return { status: 'ok', found: false, data: {}, metadata: {} };
  const { signature, documentation, tags } = found;
  const plain = [signature, documentation, ...tags.map(({ name, text }) => `@${name} ${text}`.trimEnd())];
  const markdown = [
    `\`\`\`typescript\n${signature}\n\`\`\``,
    documentation,
    ...tags.map(({ name, text }) => `*@${name}* ${text}`.trimEnd()),
  ];
  const join = (parts: readonly string[], separator: string): string =>
    parts.filter((part) => part !== '').join(separator);
  const data = { 'text/plain': join(plain, '\n'), 'text/markdown': join(markdown, '\n\n') };
  return { status: 'ok', found: true, data, metadata: {} };
};

export const isCompleteReply = async (engine: Engine, request: JsonObject): Promise<JsonObject> => ({
  ...(await completenessOf(engine, codeOf(request))),
});

/** Magics whose body is not TypeScript. */
const hasForeignBody = ({ magics }: MagicCell): boolean =>
  magics.some(({ name, isCell }) => isCell && name !== '%%time');

/** The unfinished magic before the cursor: only magics may stand above it. */
const magicBefore = (code: string, position: number): string | undefined => {
  const lines = code.slice(0, position).split('\n');
  const last = lines.pop() ?? '';
  return lines.every((line) => /^\s*(%|$)/.test(line)) ? /^[ \t]*(%%?\w*)$/.exec(last)?.[1] : undefined;
};

const completionOf = async (engine: Engine, code: string, position: number): Promise<Completion> => {
  const begun = magicBefore(code, position);
  if (begun !== undefined) {
    const matches = magicNames.filter((name) => name.startsWith(begun) || name.startsWith(`%${begun}`));
    const items = matches.map((name) => ({ name, kind: 'magic' }));
    return { start: position - begun.length, end: position, items };
  }
  const cell = parseMagics(code);
  if (cell === undefined) return engine.complete(code, position);
  return hasForeignBody(cell) ? { start: position, end: position, items: [] } : engine.complete(cell.code, position);
};

const inspectionOf = async (engine: Engine, code: string, position: number): Promise<Inspection | undefined> => {
  const cell = parseMagics(code);
  if (cell === undefined) return engine.inspect(code, position);
  const line = code.slice(code.lastIndexOf('\n', position - 1) + 1).split('\n')[0] ?? '';
  const word = /^[ \t]*(%%?\w+)/.exec(line);
  const isOnWord = word !== null && position - (code.lastIndexOf('\n', position - 1) + 1) <= word[0].length;
  const name = magicNames.find((known) => known === word?.[1]);
  if (isOnWord && name) return { signature: magicHelp(name).trimEnd(), documentation: '', tags: [] };
  return hasForeignBody(cell) ? undefined : engine.inspect(cell.code, position);
};

/** A cell in another language is complete when an empty line ends it, as its own grammar is not known here. */
const completenessOf = async (engine: Engine, code: string): Promise<Completeness> => {
  const cell = parseMagics(code);
  if (cell === undefined) return engine.isComplete(code);
  if (!hasForeignBody(cell)) return engine.isComplete(cell.code);
  return /\n[ \t]*$/.test(code.slice(cell.bodyStart)) ? { status: 'complete' } : { status: 'incomplete', indent: '' };
};

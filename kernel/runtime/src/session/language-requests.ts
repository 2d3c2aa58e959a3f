import type { Engine } from '../engine/index.ts';
import type { JsonObject } from '../wire/index.ts';
import { codePointPosition, utf16Offset } from './code-points.ts';

const codeOf = (request: JsonObject): string => (typeof request.code === 'string' ? request.code : '');

const offsetOf = (request: JsonObject, code: string): number =>
  typeof request.cursor_pos === 'number' ? utf16Offset(code, request.cursor_pos) : code.length;

export const completeReply = async (engine: Engine, request: JsonObject): Promise<JsonObject> => {
  const code = codeOf(request);
  const { start, end, items } = await engine.complete(code, offsetOf(request, code));
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
  const found = await engine.inspect(code, offsetOf(request, code));
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
  ...(await engine.isComplete(codeOf(request))),
});

/** The head of an answer of `python/byte_ranges.py`; so many bytes follow it. */
export interface AnswerHead {
  readonly id: number;
  readonly bytes?: number;
  readonly size?: number;
  readonly error?: string;
}

const newline = 0x0a;

/** Takes a byte stream apart into answers: a JSON line each, and the bytes behind it. */
export const answerReader = (receive: (head: AnswerHead, payload: Uint8Array) => void) => {
  let line: Uint8Array[] = [];
  let head: AnswerHead | undefined;
  let payload = new Uint8Array(0);
  let filled = 0;
  const finishIfWhole = (): void => {
    if (head === undefined || filled < payload.length) return;
    const [done, bytes] = [head, payload];
    [head, payload, filled] = [undefined, new Uint8Array(0), 0];
    receive(done, bytes);
  };
  return (chunk: Uint8Array): void => {
    for (let at = 0; at < chunk.length;) {
      if (head === undefined) {
        const end = chunk.indexOf(newline, at);
        line.push(chunk.subarray(at, end < 0 ? chunk.length : end));
        if (end < 0) return;
        head = JSON.parse(Buffer.concat(line).toString('utf8')) as AnswerHead;
        line = [];
        payload = new Uint8Array(head.bytes ?? 0);
        at = end + 1;
      } else {
        const part = chunk.subarray(at, at + payload.length - filled);
        payload.set(part, filled);
        filled += part.length;
        at += part.length;
      }
      finishIfWhole();
    }
  };
};

import { SourceMap, type SourceMapPayload } from 'node:module';
import { cellFilePattern, cellFunctionName } from './code-names.ts';

interface KnownCell {
  readonly label: string;
  readonly map: string;
  parsed?: SourceMap;
}

/** So many of the latest cells are known although no name leads to them any more: their timers may still run. */
const latestKept = 200;

/** Positions of compiled cells in terms of what the user wrote. */
export class CellPositions {
  readonly #cells = new Map<number, KnownCell>();

  add(id: number, label: string, map: string): void {
    this.#cells.set(id, { label, map });
  }

  /** Forgets the cells that are neither in use nor among the latest. */
  forgetBut(used: ReadonlySet<number | undefined>): void {
    let old = this.#cells.size - latestKept;
    for (const id of this.#cells.keys()) {
      if (old <= 0) return;
      old -= 1;
      if (!used.has(id)) this.#cells.delete(id);
    }
  }

  /** How many cells are known. */
  get size(): number {
    return this.#cells.size;
  }

  /** `In [3]:2:11` for a position in a cell's compiled code; undefined for other files. Both count from 1. */
  locate(file: string, line: number, column: number): string | undefined {
    const id = cellFilePattern.exec(file)?.[1];
    const cell = id === undefined ? undefined : this.#cells.get(Number(id));
    if (cell === undefined) return undefined;
    cell.parsed ??= new SourceMap(JSON.parse(cell.map) as SourceMapPayload);
    const entry = cell.parsed.findEntry(line - 1, column - 1);
    if (!('originalLine' in entry)) return cell.label;
    return `${cell.label}:${Math.max(1, entry.originalLine)}:${entry.originalColumn + 1}`;
  }
}

/** Deep enough to reach the user's frames below a library's. */
const deepestStack = 60;

/**
 * Makes every `error.stack` of this thread speak of cells and their TypeScript lines, and end at the cell: what called
 * the cell is the kernel.
 */
export const installStackTraces = (positions: CellPositions): void => {
  Error.stackTraceLimit = deepestStack;
  Error.prepareStackTrace = (error, frames) => {
    const bottom = frames.findIndex(
      (frame) => frame.getFunctionName() === cellFunctionName && cellFilePattern.test(frame.getFileName() ?? ''),
    );
    const shown = bottom < 0 ? frames : frames.slice(0, bottom + 1);
    return [headOf(error), ...shown.map((frame) => `    at ${describe(frame, positions)}`)].join('\n');
  };
};

const headOf = (error: Error): string => {
  try {
    return String(error);
  } catch {
    return 'Error (whose name or message cannot be read)';
  }
};

const describe = (frame: NodeJS.CallSite, positions: CellPositions): string => {
  const text = (frame as { toString(): string }).toString();
  const file = frame.getFileName();
  const line = frame.getLineNumber();
  const column = frame.getColumnNumber();
  if (typeof file !== 'string' || line === null || column === null) return text;
  const place = positions.locate(file, line, column);
  if (place === undefined) return text;
  if (frame.getFunctionName() === cellFunctionName) return place;
  return text.replace(`${file}:${line}:${column}`, place);
};

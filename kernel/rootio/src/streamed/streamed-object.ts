import type { StreamBuffer } from './stream-buffer.ts';

/** An object as it was stored: its class and the values of its members, those of its bases among them. */
export interface StreamedObject {
  readonly className: string;
  readonly members: Map<string, unknown>;
}

/** Whether a value read from a file is an object with members. */
export const isStreamedObject = (value: unknown): value is StreamedObject =>
  typeof value === 'object' && value !== null && (value as { members?: unknown }).members instanceof Map;

/** What reads objects inside of objects. */
export interface ReadsObjects {
  /** An object of a known class; the members of a base go where those of the whole are. */
  read(className: string, buffer: StreamBuffer, into?: Map<string, unknown>): unknown;
  /** Whatever a pointer points to; undefined for null. */
  readPointer(buffer: StreamBuffer): unknown;
}

/** What the I/O thread and the user's thread say to each other. Plain data only. */
import type { CompiledCell } from './engine/index.ts';
import type { Header, JsonObject } from './wire/index.ts';

/** An error as Jupyter shows it. */
export interface ErrorReport {
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
}

/** MIME type to JSON-able data; binary data is base64 by now. */
export type MimeData = Readonly<Record<string, unknown>>;

export type RunOutcome =
  | { readonly ok: true; readonly live: readonly string[]; readonly data?: MimeData; readonly ranMs?: number }
  | { readonly ok: false; readonly live: readonly string[]; readonly error: ErrorReport; readonly ranMs?: number };

export type CommMessageType = 'comm_open' | 'comm_msg' | 'comm_close';

/** I/O thread to user's thread. */
export type ToUserThread =
  | {
      readonly kind: 'run';
      readonly run: number;
      readonly cell: CompiledCell;
      readonly parent: Header;
      readonly allowStdin: boolean;
    }
  | { readonly kind: 'interrupt'; readonly run: number }
  | {
      readonly kind: 'comm';
      readonly type: CommMessageType;
      readonly content: JsonObject;
      readonly buffers: readonly Uint8Array[];
      readonly parent: Header;
    }
  | { readonly kind: 'input-reply'; readonly id: number; readonly value: string }
  /** Forget all names. */
  | { readonly kind: 'reset' }
  | { readonly kind: 'exit' };

/** User's thread to I/O thread. */
export type FromUserThread =
  | { readonly kind: 'done'; readonly run: number; readonly outcome: RunOutcome }
  | {
      readonly kind: 'stream';
      readonly name: 'stdout' | 'stderr';
      readonly text: string;
      readonly parent: Header | undefined;
    }
  | {
      /** The first printed text of a turn is in the shared memory; see printed-text.ts. */
      readonly kind: 'printed';
      readonly turn: number;
      readonly name: 'stdout' | 'stderr';
      readonly parent: Header | undefined;
    }
  | {
      readonly kind: 'publish';
      readonly type: 'display_data' | 'update_display_data' | 'clear_output';
      readonly content: JsonObject;
      readonly parent: Header | undefined;
    }
  | {
      readonly kind: 'comm';
      readonly type: CommMessageType;
      readonly content: JsonObject;
      readonly metadata: JsonObject;
      readonly buffers: readonly Uint8Array[];
      readonly parent: Header | undefined;
    }
  | { readonly kind: 'comm-done'; readonly parent: Header }
  | {
      readonly kind: 'input';
      readonly id: number;
      readonly prompt: string;
      readonly password: boolean;
      readonly parent: Header | undefined;
    }
  | { readonly kind: 'interrupt-me' };

/** What the I/O thread is started with. */
export interface IoThreadData {
  readonly connectionFile: string;
  readonly workingFolder: string;
  /** Int32Array over shared memory; element 0 is raised to stop loops of user code. */
  readonly interruptFlag: SharedArrayBuffer;
  /** Memory of PrintedText. */
  readonly printed: SharedArrayBuffer;
  /** Bytes that V8 allows the user's thread. */
  readonly heapLimit: number;
  /** Memory of InFlight. */
  readonly inFlight: SharedArrayBuffer;
}

/** A Jupyter message header. Fields that we do not know travel on untouched. */
export interface Header {
  readonly msg_id: string;
  readonly msg_type: string;
  readonly session: string;
  readonly username: string;
  readonly date: string;
  readonly version: string;
  readonly [extra: string]: unknown;
}

export type JsonObject = Readonly<Record<string, unknown>>;

/** A message as it came from a client: routing identities first, then the signed parts. */
export interface Message {
  readonly identities: readonly Uint8Array[];
  readonly header: Header;
  readonly parent: JsonObject;
  readonly metadata: JsonObject;
  readonly content: JsonObject;
  readonly buffers: readonly Uint8Array[];
}

/** A message to send; the wire adds session, id and date. */
export interface OutgoingMessage {
  readonly type: string;
  readonly content: JsonObject;
  /** Header of the message that caused this one. */
  readonly parent?: Header | undefined;
  readonly metadata?: JsonObject;
  readonly buffers?: readonly Uint8Array[];
  /** Routing identities; on iopub the topic. */
  readonly identities?: readonly (Uint8Array | string)[];
}

/** Version of the Jupyter messaging protocol that this kernel speaks. */
export const jupyterProtocolVersion = '5.4';

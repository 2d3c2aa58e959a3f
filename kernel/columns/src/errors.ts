/** Every way in which Cygnet's rooms say no. The literal makes errors checkable without parsing their text. */
export type CygnetErrorKind =
  | 'already-exists'
  | 'bad-expression'
  | 'bad-file'
  | 'cancelled'
  | 'column-not-found'
  | 'corrupt-data'
  | 'dataset-not-found'
  | 'engine-missing'
  | 'export-refused'
  | 'model-mismatch'
  | 'not-found'
  | 'thread-ended'
  | 'training-failed'
  | 'unsupported'
  | 'verification-failed';

/**
 * An error of Cygnet. Its message says what was asked, what was found and what to do.
 *
 * @example
 * throw new CygnetError('column-not-found', 'No column "ptt" in table "events". Close: "pt".');
 */
export class CygnetError extends Error {
  override readonly name: string = 'CygnetError';
  readonly kind: CygnetErrorKind;
  constructor(kind: CygnetErrorKind, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.kind = kind;
  }
}

/** Whether a caught value is a {@link CygnetError}, of one kind if given. */
export const isCygnetError = (error: unknown, kind?: CygnetErrorKind): error is CygnetError =>
  error instanceof Error &&
  error.name === 'CygnetError' &&
  (kind === undefined || (error as CygnetError).kind === kind);

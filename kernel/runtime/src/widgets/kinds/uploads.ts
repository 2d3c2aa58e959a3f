import type { Property } from '../property.ts';

/** A file that a person has chosen. */
export interface UploadedFile {
  readonly name: string;
  /** MIME type. */
  readonly type: string;
  /** Bytes. */
  readonly size: number;
  readonly lastModified: Date;
  readonly content: Uint8Array;
}

const isFile = (value: unknown): value is UploadedFile => {
  const { name, content } = (value ?? {}) as Partial<UploadedFile>;
  return typeof name === 'string' && content instanceof Uint8Array;
};

export const uploadedFiles: Property<readonly UploadedFile[]> = {
  initial: [],
  expects: 'an array of uploaded files; assign [] to empty it',
  is: (value): value is readonly UploadedFile[] => Array.isArray(value) && value.every(isFile),
  encode: (files) =>
    files.map(({ name, type, size, lastModified, content }) => ({
      name,
      type,
      size,
      last_modified: lastModified.getTime(),
      content,
    })),
  decode: (wire) =>
    Array.isArray(wire)
      ? wire.map((file: Readonly<Record<string, unknown>>) => ({
          name: file.name,
          type: typeof file.type === 'string' ? file.type : '',
          size: Number(file.size),
          lastModified: new Date(Number(file.last_modified)),
          content: file.content,
        }))
      : wire,
};

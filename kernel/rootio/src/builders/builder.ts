import type { Column } from '@cygnet/columns';
import type { StreamBuffer } from '../streamed/stream-buffer.ts';

/** Collects values of one kind from streamed objects into a column. */
export interface Builder {
  /** Whether a byte count and a version come before it where it is a member of a class. */
  readonly hasHeader: boolean;
  /** Reads one value, without the header of a member. */
  readItem(buffer: StreamBuffer): void;
  /**
   * After a header that says that members are stored one after the other, reads which version of the class they are of;
   * gives what then reads one value.
   */
  memberWise?(buffer: StreamBuffer): () => void;
  /** The column of all values read so far. */
  finish(): Column;
}

/** Reads the header of a member; gives what reads one value behind it. */
const openMember = (builder: Builder, buffer: StreamBuffer) => {
  const header = buffer.header();
  if (header.end === undefined) throw buffer.damaged('a collection does not say where it ends');
  if (!header.isMemberWise) return { header, read: () => builder.readItem(buffer) };
  if (builder.memberWise === undefined) throw buffer.unsupported('It is stored member by member, which is not read.');
  return { header, read: builder.memberWise(buffer) };
};

/**
 * Reads one member of `objects` objects, which are stored member by member if there are several: one header for all.
 *
 * @throws CygnetError `corrupt-data`, `unsupported`.
 */
export const readMembers = (builder: Builder, buffer: StreamBuffer, objects: number): void => {
  if (!builder.hasHeader) {
    for (let i = 0; i < objects; i++) builder.readItem(buffer);
    return;
  }
  const { header, read } = openMember(builder, buffer);
  for (let i = 0; i < objects; i++) read();
  buffer.finish(header, 'a member');
};

/** Reads a value as a member of a class. @throws CygnetError `corrupt-data`, `unsupported`. */
export const readMember = (builder: Builder, buffer: StreamBuffer): void =>
  builder.hasHeader ? readMembers(builder, buffer, 1) : builder.readItem(buffer);

/** Reads one member of as many objects as there are to the end of an entry; gives their number. */
export const readMembersToEnd = (builder: Builder, buffer: StreamBuffer): number => {
  if (buffer.left === 0) return 0;
  let read = (): void => builder.readItem(buffer);
  if (builder.hasHeader) {
    const member = openMember(builder, buffer);
    if (member.header.end !== buffer.stop) throw buffer.damaged("a member's length is not that of its entry");
    ({ read } = member);
  }
  let count = 0;
  for (; buffer.left > 0; count++) read();
  return count;
};

/** The version of the class whose members follow one after the other, and its checksum if it has no version. */
export const readMemberWiseVersion = (
  buffer: StreamBuffer,
): { readonly version: number; readonly checksum?: number } => {
  const version = buffer.int16();
  return version <= 0 ? { version, checksum: buffer.uint32() } : { version };
};

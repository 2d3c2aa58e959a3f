import type { Metadata } from 'h5wasm/node';
import type { MemoryType } from './hdf5-messages.ts';

/** HDF5's classes of types, by their numbers in its file format. */
const classes = { integer: 0, float: 1, string: 3, compound: 6, enumeration: 8, list: 9, array: 10 } as const;

const unknown = (why: string): MemoryType => ({ kind: 'unknown', why });

const isBool = ({ enum_type: names, size }: Metadata): boolean =>
  size === 1 && names?.nmembers === 2 && names.members.FALSE === 0 && names.members.TRUE === 1;

const bytesOf = (type: MemoryType): number => {
  switch (type.kind) {
    case 'number':
    case 'text':
    case 'array':
    case 'struct':
      return type.bytes;
    case 'bool':
      return 1;
    case 'half':
      return 2;
    case 'long-text':
    case 'lists':
    case 'unknown':
      return 0;
  }
};

/** What a type of HDF5 is in memory, once the library has made its numbers the machine's own. */
export const memoryTypeOf = (metadata: Metadata): MemoryType => {
  const { type, size, signed } = metadata;
  switch (type) {
    case classes.integer:
      if (![1, 2, 4, 8].includes(size)) return unknown(`integers of ${size} bytes`);
      return { kind: 'number', bytes: size, isSigned: signed, isFloat: false };
    case classes.float:
      if (size === 2 && metadata.littleEndian) return { kind: 'half' };
      if (size !== 4 && size !== 8) return unknown(`floats of ${size} bytes`);
      return { kind: 'number', bytes: size, isSigned: true, isFloat: true };
    case classes.string:
      if (metadata.vlen) return { kind: 'long-text' };
      return { kind: 'text', bytes: size };
    case classes.enumeration:
      if (isBool(metadata)) return { kind: 'bool' };
      return memoryTypeOf({ ...metadata, type: classes.integer });
    case classes.list: {
      if (metadata.vlen_type === undefined) return unknown('lists of what the file does not say');
      const item = memoryTypeOf(metadata.vlen_type);
      return item.kind === 'number' ? { kind: 'lists', item } : unknown('lists of other things than numbers');
    }
    case classes.array: {
      const inner = metadata.array_type;
      if (inner === undefined) return unknown('arrays of what the file does not say');
      const shape = inner.shape ?? [];
      const item = memoryTypeOf({ ...inner, shape: [] });
      if (bytesOf(item) === 0) return unknown('arrays of other things than numbers and texts');
      return { kind: 'array', shape, item, bytes: shape.reduce((bytes, count) => bytes * count, bytesOf(item)) };
    }
    case classes.compound: {
      const fields = (metadata.compound_type?.members ?? []).map((member) => ({
        name: member.name,
        offset: member.offset,
        type: memoryTypeOf(member),
      }));
      return { kind: 'struct', bytes: size, fields };
    }
    default:
      return unknown(`a type of HDF5's class ${type}`);
  }
};

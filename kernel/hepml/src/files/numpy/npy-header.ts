import { CygnetError } from '@cygnet/columns';
import type { FixedLayout } from '../core/fixed-layout.ts';
import { layoutOfDescr, shapeOf } from './dtype.ts';
import { parsePythonLiteral } from './python-literal.ts';
import type { PythonLiteral } from './python-literal.ts';

/** What the header of an npy array says. */
export interface NpyHeader {
  readonly layout: FixedLayout;
  readonly shape: readonly number[];
  readonly isFortranOrder: boolean;
  /** Bytes before the values. */
  readonly headerBytes: number;
}

/** Reads some bytes of what may be compressed: fewer only at the end. */
export type Peek = (start: number, length: number) => Promise<Uint8Array>;

const isDictionary = (value: PythonLiteral): value is ReadonlyMap<string, PythonLiteral> => value instanceof Map;

const magic = '\x93NUMPY';

/** @throws CygnetError `corrupt-data`, `unsupported`. */
export const readNpyHeader = async (name: string, peek: Peek): Promise<NpyHeader> => {
  const corrupt = (what: string): CygnetError => new CygnetError('corrupt-data', `${name} ${what}.`);
  const start = Buffer.from(await peek(0, 12));
  if (start.length < 12 || start.toString('latin1', 0, 6) !== magic)
    throw corrupt('does not begin as an npy array does');
  const version = start[6] as number;
  if (version < 1 || version > 3) throw corrupt(`has version ${version} of the npy format, which is not known`);
  const at = version === 1 ? 10 : 12;
  const length = version === 1 ? start.readUInt16LE(8) : start.readUInt32LE(8);
  if (length > 1 << 20) throw corrupt(`has a header of ${length} bytes`);
  const text = Buffer.from(await peek(at, length));
  if (text.length < length) throw corrupt('ends inside of its header');
  const header = parsePythonLiteral(version === 3 ? text.toString('utf8') : text.toString('latin1'));
  if (!isDictionary(header)) throw corrupt('has a header that is no dictionary');
  const descr = header.get('descr');
  if (descr === undefined) throw corrupt('has a header without a type');
  return {
    layout: layoutOfDescr(descr),
    shape: shapeOf(header.get('shape')),
    isFortranOrder: header.get('fortran_order') === true,
    headerBytes: at + length,
  };
};

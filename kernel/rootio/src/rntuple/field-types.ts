import type { NumericType } from '@cygnet/columns';

const numbers: { readonly [typeName: string]: NumericType } = {
  bool: 'bool',
  char: 'int8',
  'std::byte': 'uint8',
  int8_t: 'int8',
  uint8_t: 'uint8',
  int16_t: 'int16',
  uint16_t: 'uint16',
  int32_t: 'int32',
  uint32_t: 'uint32',
  int64_t: 'int64',
  uint64_t: 'uint64',
  float: 'float32',
  double: 'float64',
};

/** The integer types without `std::`, as for the branches of trees. */
export const shortTypeName = (typeName: string): string => typeName.replace(/\bstd::(u?int(?:8|16|32|64)_t)\b/g, '$1');

/** What a C++ number becomes; undefined for all other types. */
export const numberOf = (typeName: string): NumericType | undefined => {
  const name = shortTypeName(typeName);
  return Object.hasOwn(numbers, name) ? numbers[name] : undefined;
};

/** Whether numbers stored as one type may be given as another without changing their value. */
export const isReadableAs = (stored: NumericType, wanted: NumericType): boolean =>
  stored === wanted || (stored.startsWith('float') && wanted.startsWith('float'));

/** The type of the lengths of `ROOT::RNTupleCardinality`; undefined for all other types. */
export const cardinalityOf = (typeName: string): 'uint32' | 'uint64' | undefined => {
  const inner = /^ROOT::RNTupleCardinality<(.*)>$/.exec(typeName)?.[1];
  const type = inner === undefined ? undefined : numberOf(inner);
  return type === 'uint32' || type === 'uint64' ? type : undefined;
};

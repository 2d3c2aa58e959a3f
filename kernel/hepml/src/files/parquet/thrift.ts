/** Values of Thrift's compact protocol, of which Parquet's headers and footer are made. */
export type Thrift =
  | { readonly kind: 'i32' | 'i64'; readonly value: number }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'list'; readonly items: readonly Thrift[] }
  | { readonly kind: 'struct'; readonly fields: readonly (readonly [id: number, value: Thrift])[] };

export const i32 = (value: number): Thrift => ({ kind: 'i32', value });
export const i64 = (value: number): Thrift => ({ kind: 'i64', value });
export const text = (value: string): Thrift => ({ kind: 'text', value });
export const list = (items: readonly Thrift[]): Thrift => ({ kind: 'list', items });
/** Fields with their ids, rising; those that are undefined are left out. */
export const struct = (fields: { readonly [id: number]: Thrift | undefined }): Thrift => ({
  kind: 'struct',
  fields: Object.entries(fields).flatMap(([id, value]) => (value === undefined ? [] : [[Number(id), value] as const])),
});

const codes = { i32: 5, i64: 6, text: 8, list: 9, struct: 12 } as const;

/** An unsigned number in groups of seven bits. */
export const varint = (value: number): number[] => {
  const bytes: number[] = [];
  let rest = BigInt(value);
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  bytes.push(Number(rest));
  return bytes;
};

const zigzag = (value: number): number[] => varint(value >= 0 ? value * 2 : -value * 2 - 1);

/** The bytes of a struct. */
export const encodeThrift = (value: Thrift): Uint8Array => {
  const bytes: number[] = [];
  const add = (one: Thrift): void => {
    switch (one.kind) {
      case 'i32':
      case 'i64':
        bytes.push(...zigzag(one.value));
        return;
      case 'text': {
        const utf8 = Buffer.from(one.value, 'utf8');
        bytes.push(...varint(utf8.length));
        for (const byte of utf8) bytes.push(byte);
        return;
      }
      case 'list': {
        const code = codes[one.items[0]?.kind ?? 'struct'];
        const { length } = one.items;
        if (length < 15) bytes.push((length << 4) | code);
        else bytes.push(0xf0 | code, ...varint(length));
        one.items.forEach(add);
        return;
      }
      case 'struct': {
        let before = 0;
        for (const [id, field] of one.fields) {
          const step = id - before;
          if (step > 0 && step <= 15) bytes.push((step << 4) | codes[field.kind]);
          else bytes.push(codes[field.kind], ...zigzag(id));
          add(field);
          before = id;
        }
        bytes.push(0);
      }
    }
  };
  add(value);
  return Uint8Array.from(bytes);
};

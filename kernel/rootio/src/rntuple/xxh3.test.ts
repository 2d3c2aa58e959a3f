import { expect, test } from 'vitest';
import { xxh3 } from './xxh3.ts';

const bytes = Uint8Array.from({ length: 200_000 }, (_, i) => ((i * 167 + 13) % 256) ^ ((i >> 8) & 255));

/** Written with xxhash 4.1.0 (Python): `xxh3_64_hexdigest` of the first so many of the bytes above. */
const known: { readonly [length: number]: string } = {
  0: '2d06800538d394c2',
  1: '8a21d78b1538b1c0',
  2: 'a020a917c68e5888',
  3: '5f1fa6d2a3aa5a3b',
  4: 'a8a9b82c81542a43',
  5: '2f1e508dc78686c2',
  8: '67b8f67a80d308a6',
  9: '7df166798fe37670',
  12: '2ee9684733877373',
  16: 'c0967fee676a5837',
  17: 'bc307578d06e9d93',
  32: 'ffdae7523dd0daec',
  33: '27b514591ef37d2d',
  64: '2c6e0b294abfc3f0',
  65: '31d8db1918167d5c',
  128: 'a45617bfe9bb88d6',
  129: '4ca31f6b2cfd9a3e',
  144: 'b5c37a9269e05742',
  160: '2fb4144dd1b5a99e',
  239: '445e8238d8be5de5',
  240: '2817ed3cdf9547e7',
  241: '02f838dd48200ee8',
  256: 'c67d143ec3572269',
  512: '44ca5602680e7df3',
  1023: '1f53c4c184ef029a',
  1024: 'bac810ae0f683fb2',
  1025: '8a5524b16b7b0065',
  1087: '20c5751d5d3910e2',
  1088: '29e8be691146c0b0',
  1089: '2b5d4f829f30377f',
  2048: '0b616f82ca07a7c8',
  5000: 'e67a4b91cd3ed07d',
  65536: 'b622d6a4d67ff90f',
  200000: 'fd9cfe90cfa742eb',
};

test.each(Object.entries(known))(
  'the checksum of %s bytes is the one of the reference implementation',
  (length, hash) => {
    expect(
      xxh3(bytes.subarray(0, Number(length)))
        .toString(16)
        .padStart(16, '0'),
    ).toBe(hash);
  },
);

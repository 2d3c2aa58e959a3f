import type { Element } from '../element.ts';

/** How a value is stored in a streamed object. */
export type Stored =
  | { readonly kind: 'number'; readonly element: Element }
  /** A `TObject`'s flags, which take two more bytes where the object is referenced. */
  | { readonly kind: 'flags' }
  /** `TString` and `char*` are a length and bytes; `std::string` has a header where it is a member. */
  | { readonly kind: 'text'; readonly form: 'TString' | 'std::string' | 'char*' }
  | { readonly kind: 'array'; readonly item: Stored; readonly dimensions: readonly number[] }
  /** As many numbers as another member says, after a byte that says whether there are any. */
  | { readonly kind: 'counted'; readonly element: Element; readonly countName: string }
  /** As many objects as another member says. */
  | { readonly kind: 'loop'; readonly item: Stored; readonly countName: string }
  /** A class. Version 0: that of the file's newest description. */
  | { readonly kind: 'object'; readonly className: string; readonly version: number }
  | { readonly kind: 'pointer'; readonly className: string }
  /** `vector`, `set`, `list` and the like: all stored alike. */
  | { readonly kind: 'collection'; readonly name: string; readonly item: Stored }
  | { readonly kind: 'map'; readonly name: string; readonly first: Stored; readonly second: Stored }
  | { readonly kind: 'pair'; readonly first: Stored; readonly second: Stored }
  | { readonly kind: 'bitset'; readonly size: number }
  | { readonly kind: 'unsupported'; readonly reason: string };

/** C++ words for what is stored, for people. */
export const storedTypeName = (stored: Stored): string => {
  switch (stored.kind) {
    case 'number':
      return stored.element.typeName;
    case 'flags':
      return 'uint32_t';
    case 'text':
      return stored.form;
    case 'array':
      return storedTypeName(stored.item) + stored.dimensions.map((size) => `[${size}]`).join('');
    case 'counted':
      return `${stored.element.typeName}[]`;
    case 'loop':
      return `${storedTypeName(stored.item)}[]`;
    case 'object':
      return stored.className;
    case 'pointer':
      return `${stored.className}*`;
    case 'collection':
      return `std::${stored.name}<${storedTypeName(stored.item)}>`;
    case 'map':
      return `std::${stored.name}<${storedTypeName(stored.first)}, ${storedTypeName(stored.second)}>`;
    case 'pair':
      return `std::pair<${storedTypeName(stored.first)}, ${storedTypeName(stored.second)}>`;
    case 'bitset':
      return `std::bitset<${stored.size}>`;
    case 'unsupported':
      return '?';
  }
};

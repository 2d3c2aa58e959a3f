import { elementOfTypeName } from './element.ts';
import type { Element } from './element.ts';

/** A nest of `std::vector` around numbers or strings, or a string itself (depth 0). */
export interface StlType {
  readonly depth: number;
  readonly item: Element | 'string';
}

const vectorPattern = /^(?:std::)?vector<(.*)>$/;

/** Understands `vector<vector<float> >`, `std::string` and the like; undefined for everything else. */
export const parseStlType = (name: string): StlType | undefined => {
  let inner = name.trim();
  let depth = 0;
  for (let match = vectorPattern.exec(inner); match !== null; match = vectorPattern.exec(inner)) {
    inner = (match[1] ?? '').trim();
    depth++;
  }
  if (/^(std::)?string$/.test(inner)) return { depth, item: 'string' };
  const element = elementOfTypeName(inner);
  return element === undefined || depth === 0 ? undefined : { depth, item: element };
};

/** `std::vector<std::vector<float>>` */
export const stlTypeName = ({ depth, item }: StlType): string =>
  'std::vector<'.repeat(depth) + (item === 'string' ? 'std::string' : item.typeName) + '>'.repeat(depth);

import { elementOfTypeName } from './element.ts';
import type { Element } from './element.ts';

/** A nest of vectors and sets around numbers or strings, or a string itself (no container). */
export interface StlType {
  /** `vector` or `set`, outermost first. Both are stored alike. */
  readonly containers: readonly string[];
  readonly item: Element | 'string';
}

const containerPattern = /^(?:std::)?(vector|set)<(.*)>$/;
const adoptingVector = /^(?:std::)?vector<\s*([^<>,]+?)\s*,\s*ROOT::Detail::VecOps::RAdoptAllocator<[^<>,]+>\s*>$/;
const stringPattern = /^(?:(?:std::)?string|TString)$/;

/** Understands `vector<vector<float> >`, `std::set<std::string>` and the like; undefined for everything else. */
export const parseStlType = (name: string): StlType | undefined => {
  const adopted = adoptingVector.exec(name.trim());
  let inner = adopted === null ? name.trim() : `vector<${adopted[1]}>`;
  const containers: string[] = [];
  for (let match = containerPattern.exec(inner); match !== null; match = containerPattern.exec(inner)) {
    containers.push(match[1] ?? '');
    inner = (match[2] ?? '').trim();
  }
  if (stringPattern.test(inner)) return { containers, item: 'string' };
  const element = elementOfTypeName(inner);
  return element === undefined || containers.length === 0 ? undefined : { containers, item: element };
};

/** `std::vector<std::set<float>>` */
export const stlTypeName = ({ containers, item }: StlType): string =>
  containers.map((name) => `std::${name}<`).join('') +
  (item === 'string' ? 'std::string' : item.typeName) +
  '>'.repeat(containers.length);

import { expect, test } from 'vitest';
import { parseStlType, stlTypeName } from './stl-type.ts';

const named = (text: string): string | undefined => {
  const type = parseStlType(text);
  return type === undefined ? undefined : stlTypeName(type);
};

test('vectors and sets of numbers and strings are understood, at any depth', () => {
  expect(named('vector<float>')).toBe('std::vector<float>');
  expect(named('std::vector<std::vector<Long64_t> >')).toBe('std::vector<std::vector<int64_t>>');
  expect(named('vector<set<TString> >')).toBe('std::vector<std::set<std::string>>');
  expect(named('vector<float,ROOT::Detail::VecOps::RAdoptAllocator<float> >')).toBe('std::vector<float>');
  expect(named('string')).toBe('std::string');
});

test('what else there is, is not', () => {
  for (const text of [
    'float',
    'map<int,short>',
    'vector<TLorentzVector>',
    'vector<Double32_t>',
    'vector<float',
    'constructor',
  ]) {
    expect(named(text)).toBeUndefined();
  }
});

import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { Libraries } from './libraries.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'cygnet-libraries-'));
const file = (name: string, text: string): string => {
  const place = path.join(folder, name);
  writeFileSync(place, text);
  return place;
};

test('a library file is read once', () => {
  const libraries = new Libraries();
  const place = file('once.d.ts', 'first');
  expect(libraries.text(place)).toBe('first');
  writeFileSync(place, 'second');
  expect(libraries.text(place)).toBe('first');
  expect(libraries.snapshot(place)).toBe(libraries.snapshot(place));
});

test('after a refresh, changed files are read again and have another version, others stay', () => {
  const libraries = new Libraries();
  const [changed, kept, gone] = [file('changed.d.ts', 'a'), file('kept.d.ts', 'b'), file('gone.d.ts', 'c')];
  for (const place of [changed, kept, gone]) libraries.text(place);
  const before = { changed: libraries.version(changed), kept: libraries.snapshot(kept) };
  writeFileSync(changed, 'A');
  utimesSync(changed, 1, 1);
  rmSync(gone);
  libraries.refresh();
  expect(libraries.text(changed)).toBe('A');
  expect(libraries.version(changed)).not.toBe(before.changed);
  expect(libraries.snapshot(kept)).toBe(before.kept);
  expect(libraries.text(gone)).toBeUndefined();
});

test('what the imports of a file stand for is asked once, and again after something has changed', () => {
  const libraries = new Libraries();
  const place = file('importer.d.ts', '');
  libraries.text(place);
  let asked = 0;
  const imports = (): unknown => libraries.imports(place, () => ((asked += 1), []));
  imports();
  imports();
  libraries.refresh();
  imports();
  expect(asked).toBe(1);
  writeFileSync(place, 'changed');
  libraries.refresh();
  imports();
  expect(asked).toBe(2);
});

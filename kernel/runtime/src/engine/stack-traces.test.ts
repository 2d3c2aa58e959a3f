import { expect, test } from 'vitest';
import { CellPositions } from './stack-traces.ts';

const map = JSON.stringify({ version: 3, sources: ['cell.ts'], names: [], mappings: 'AAAA' });

test('positions of 10,000 cells are forgotten, but for the latest and those that names lead to', () => {
  const positions = new CellPositions();
  for (let id = 1; id <= 10_000; id += 1) {
    positions.add(id, `In [${id}]`, map);
    positions.forgetBut(new Set([3, id]));
  }
  expect(positions.size).toBeLessThanOrEqual(201);
  expect(positions.locate('/notebook/cygnet_cell_3.ts', 1, 1)).toBe('In [3]:1:1');
  expect(positions.locate('/notebook/cygnet_cell_4.ts', 1, 1)).toBeUndefined();
  expect(positions.locate('/notebook/cygnet_cell_9900.ts', 1, 1)).toBe('In [9900]:1:1');
});

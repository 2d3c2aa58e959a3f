import { readFileSync } from 'node:fs';
import type { Column } from '@cygnet/columns';
import { isCygnetError } from '@cygnet/columns';
import { describe, expect, test } from 'vitest';
import { Table } from '../data/index.ts';
import * as vectors from './index.ts';
import type { Vectors } from './index.ts';

type Numbers = readonly (number | null)[];
interface Named {
  readonly [name: string]: Numbers;
}
interface Golden {
  readonly pairs: readonly {
    readonly name: string;
    readonly first: Named;
    readonly second: Named;
    readonly own: Named;
    readonly ofTwo: Named;
    readonly add: Named;
    readonly subtract: Named;
    readonly boost_p4: Named;
    readonly boostCM_of: Named;
    readonly boostZ: Named;
  }[];
  readonly lists: {
    readonly counts: readonly number[];
    readonly jets: Named;
    readonly muons: Named;
    readonly pairCounts: readonly number[];
    readonly crossCounts: readonly number[];
    readonly [name: string]: unknown;
  };
}
const golden = JSON.parse(
  readFileSync(new URL('../../fixtures/vectors/vectors.json', import.meta.url), 'utf8'),
) as Golden;

const doubles = (values: Numbers): Float64Array => Float64Array.from(values, (x) => x ?? NaN);
const tableOf = (named: Named): Table =>
  Table.from(Object.fromEntries(Object.entries(named).map(([name, values]) => [name, doubles(values)])));
const vectorsOf = (named: Named): Vectors =>
  vectors.from(tableOf(named), Object.fromEntries(Object.keys(named).map((name) => [name, name])));
const contentOf = (column: Column): Float64Array => {
  if (column.kind === 'jagged') return contentOf(column.content);
  return Float64Array.from(column.kind === 'flat' ? (column.values as Float64Array) : [], Number);
};
const countsOf = (column: Column): readonly number[] =>
  column.kind === 'jagged' ? Array.from(column.offsets.subarray(1), (end, i) => end - (column.offsets[i] ?? 0)) : [];

/** Relative to the value, and to the momenta of some 100 GeV where differences of large numbers are small. */
const expectClose = (what: string, column: Column, wanted: Numbers, absolute = 1e-11, relative = 1e-11): void => {
  const found = contentOf(column);
  expect(found.length, what).toBe(wanted.length);
  wanted.forEach((value, i) => {
    const own = found[i] ?? NaN;
    if (value === null) expect(own, `${what} ${i}`).toBeNaN();
    else {
      expect(Math.abs(own - value), `${what} ${i}: ${own} and ${value}`).toBeLessThanOrEqual(
        absolute + relative * Math.abs(value),
      );
    }
  });
};

describe.each(golden.pairs)('four-vectors of $name', (pair) => {
  const [a, b] = [vectorsOf(pair.first), vectorsOf(pair.second)];

  test('have the components of vector', () => {
    expect(Object.keys(pair.own).length).toBe(17);
    for (const [name, wanted] of Object.entries(pair.own)) {
      expectClose(name, a[name as 'pt'], wanted, name === 'mass2' || name === 'gamma' ? 1e-7 : 1e-11);
    }
  });

  test('have the differences and products of vector', () => {
    expect(Object.keys(pair.ofTwo).length).toBe(6);
    for (const [name, wanted] of Object.entries(pair.ofTwo)) {
      expectClose(name, a[name as 'deltaR'](b), wanted, name === 'deltaangle' ? 1e-7 : 1e-10);
    }
  });

  test('are added, subtracted and boosted as those of vector', () => {
    const later = (of: Vectors): Vectors => vectors.of(Table.from({ v: of.column() }).slice(1), 'v');
    const results = {
      add: a.add(b),
      subtract: a.subtract(b),
      boost_p4: later(a).boost_p4(later(b)),
      boostCM_of: later(a).boostCM_of(later(b)),
      boostZ: a.boostZ({ beta: -0.7 }),
    };
    for (const [operation, result] of Object.entries(results)) {
      for (const [name, wanted] of Object.entries(pair[operation as 'add'])) {
        // What vector keeps as a mass has lost the sign of its energy; a difference may have a negative one.
        const isUnsigned = operation === 'subtract' && name === 'E' && pair.name.includes('mass');
        const column = result[name as 'pt'];
        const found: Column = isUnsigned
          ? { kind: 'flat', type: 'float64', values: contentOf(column).map(Math.abs) }
          : column;
        // 1 - beta^2 of fast vectors is a difference of nearly equal numbers, in either library.
        expectClose(`${operation} ${name}`, found, wanted, 1e-8, 1e-9);
      }
    }
  });

  test('come out of their rest frame as they were, and rest in it', () => {
    const sum = a.add(a);
    const still = sum.boostCM_of(sum);
    const there = contentOf(sum.mass2).map((square) => (square > 0 ? 1 : 0));
    contentOf(still.p).forEach((p, i) => expect(there[i] === 1 ? p : 0).toBeLessThan(1e-7));
    expectClose(
      'scaled',
      a.scale(3).E,
      [...contentOf(a.E)].map((E) => 3 * E),
    );
  });
});

describe('four-vectors in lists', () => {
  const { lists } = golden;
  const wanted = (name: string): Numbers => lists[name] as Numbers;
  let at = 0;
  const offsets = Int32Array.from([0, ...lists.counts.map((count) => (at += count))]);
  const columns = Object.fromEntries([
    ...Object.entries(lists.jets).map(([name, values]) => [
      `jet_${name}`,
      { kind: 'jagged', offsets, content: { kind: 'flat', type: 'float64', values: doubles(values) } },
    ]),
    ...Object.entries(lists.muons).map(([name, values]) => [`mu_${name}`, doubles(values)]),
  ]) as { readonly [name: string]: Column | Float64Array };
  const table = Table.from(columns);
  const jets = vectors.from(table, { pt: 'jet_pt', eta: 'jet_eta', phi: 'jet_phi', mass: 'jet_mass' });
  const muons = vectors.from(table, { pt: 'mu_pt', eta: 'mu_eta', phi: 'mu_phi', m: 'mu_mass' });

  test('are combined as by awkward-array', () => {
    const [a, b] = jets.combinations(2) as [Vectors, Vectors];
    expect(countsOf(a.add(b).mass)).toEqual(lists.pairCounts);
    expectClose('pair', a.add(b).mass, wanted('pairMass'), 1e-8);
    expectClose('deltaR', a.deltaR(b), wanted('pairDeltaR'));
    const [x, y, z] = jets.combinations(3) as [Vectors, Vectors, Vectors];
    expectClose('triple', x.add(y).add(z).mass, wanted('tripleMass'), 1e-8);
    const [i, j] = vectors.argcombinations(jets.pt, 2) as [Column, Column];
    expectClose('first', i, wanted('firstOfPair'));
    expectClose('second', j, wanted('secondOfPair'));
    const pairs = table.assign({ i, j }).derive('ptSum', 'jet_pt[i] + jet_pt[j]');
    expect(countsOf(pairs.column('ptSum'))).toEqual(lists.pairCounts);
  });

  test('go with one vector an event, and are summed', () => {
    expectClose('muon', jets.deltaR(muons), wanted('muonDeltaR'));
    expectClose('muon', muons.deltaR(jets), wanted('muonDeltaR'));
    expectClose('sum', jets.sum().mass, wanted('totalMass'), 1e-8);
    expect(() => muons.sum()).toThrow('one vector an event already');
  });

  test('are paired with those of another list', () => {
    const last = table
      .derive('n', 'Length$(jet_pt)')
      .derive('k', 'Length$ - 1 - Iteration$ + 0 * jet_pt')
      .derive('k2', 'k[Iteration$ < 2]');
    const reversed = vectors.from(last, {
      pt: 'jet_pt[k2]',
      eta: 'jet_eta[k2]',
      phi: 'jet_phi[k2]',
      mass: 'jet_mass[k2]',
    });
    const [c, d] = vectors.cartesian(jets.column(), reversed.column());
    const crossed = Table.from({ c, d });
    const mass = vectors.of(crossed, 'c').add(vectors.of(crossed, 'd')).mass;
    expect(countsOf(mass)).toEqual(lists.crossCounts);
    expectClose('cross', mass, wanted('crossMass'), 1e-7);
  });

  test('are taken from expressions, plain numbers with each item of a list', () => {
    const massless = vectors.from(table, {
      pt: 'jet_pt[jet_pt > 30]',
      eta: 'jet_eta[jet_pt > 30]',
      phi: 'jet_phi[jet_pt > 30]',
      mass: '0',
    });
    expect(massless.size).toBe(contentOf(table.evaluate('jet_pt[jet_pt > 30]')).length);
    expectClose('energy', massless.E, [...contentOf(massless.p)]);
    const leading = vectors.from(table, { pt: 'jet_pt[0]', eta: 'jet_eta[0]', phi: 'jet_phi[0]', mass: 'jet_mass[0]' });
    expect(contentOf(leading.pt).filter(Number.isNaN).length).toBe(lists.counts.filter((count) => count === 0).length);
  });

  test('say what is missing, double, or does not go together', () => {
    const kindOf = (work: () => unknown): string => {
      try {
        work();
      } catch (error) {
        return isCygnetError(error) ? `${error.kind}: ${error.message}` : String(error);
      }
      return 'nothing was thrown';
    };
    expect(kindOf(() => vectors.from(table, { pt: 'mu_pt', eta: 'mu_eta', mass: '0' }))).toBe(
      'column-not-found: A four-vector needs px and py, or pt and phi; none is there. Its fields: pt, eta, mass.',
    );
    expect(kindOf(() => vectors.from(table, { pt: 'mu_pt', phi: 'mu_phi', eta: 'mu_eta' }))).toContain('E, or mass');
    expect(
      kindOf(() => vectors.from(table, { pt: 'mu_pt', phi: 'mu_phi', eta: 'mu_eta', m: '0', tau: '0' })),
    ).toContain('Fields "m" and "tau" are both the mass');
    expect(
      kindOf(() => vectors.from(table, { pt: 'mu_pt', phi: 'mu_phi', eta: 'mu_eta', mass: '0', E: '1' })),
    ).toContain('there are E, mass');
    expect(kindOf(() => vectors.from(table, {}))).toContain('needs fields');
    expect(kindOf(() => vectors.of(table, 'jet_pt'))).toContain('holds a list of float64 an event');
    const hard = vectors.from(table, { pt: 'jet_pt[jet_pt > 30]', eta: '0', phi: '0', mass: '0' });
    expect(kindOf(() => jets.deltaR(hard))).toContain('vectors.cartesian(a, b)');
    expect(kindOf(() => vectors.combinations(table.column('mu_pt')))).toContain('one list an event');
    expect(kindOf(() => jets.combinations(7))).toContain('1 to 6 members');
    expect(kindOf(() => jets.boostZ({ beta: 1 }))).toContain('between -1 and 1');
  });
});

import { recordColumn } from '@cygnet/columns';
import type { Column } from '@cygnet/columns';
import { displaySymbol } from '@cygnet/contract';
import { describe, expect, test } from 'vitest';
import { Table, randomSource, tableSha256 } from './index.ts';

const events = Table.from(
  {
    pt: Float32Array.of(10, 20, 30, 40, 50, 60, 70, 80, 90, 100),
    eta: [0.1, -0.2, 0.3, -0.4, 0.5, -0.6, 0.7, -0.8, 0.9, -1],
    channel: ['e', 'm', 'e', 'm', 'e', 'm', 'e', 'm', 'e', 'm'],
    isSignal: Uint8Array.of(1, 1, 1, 1, 0, 0, 0, 0, 0, 0),
    weight: [1, 1, 1, 1, 2, 2, 2, 2, -1, 2],
    eventNumber: BigInt64Array.from({ length: 10 }, (_, i) => 2n ** 60n + BigInt(i)),
  },
  { name: 'events', label: 'isSignal', weight: 'weight', units: { pt: 'GeV' } },
);

describe('a table', () => {
  test('knows its columns, roles and features', () => {
    expect(events.length).toBe(10);
    expect(events.columnNames).toEqual(['pt', 'eta', 'channel', 'isSignal', 'weight', 'eventNumber']);
    expect(events.featureNames()).toEqual(['pt', 'eta']);
    expect([...events.labels()]).toEqual([1, 1, 1, 1, 0, 0, 0, 0, 0, 0]);
    expect([...events.weights()]).toEqual([1, 1, 1, 1, 2, 2, 2, 2, -1, 2]);
    expect(events.numbers('pt')).toBeInstanceOf(Float32Array);
    expect([...events.select(['pt']).weights()]).toEqual(new Array(10).fill(1));
  });

  test('says clearly what is not there or cannot be used', () => {
    expect(() => events.column('ptt')).toThrow('No column "ptt" in table "events". Close: "pt".');
    expect(() => events.numbers('channel')).toThrow('string');
    expect(() => events.select(['pt']).labels()).toThrow('no label column');
    expect(() => events.withRoles({ label: 'pt' }).labels()).toThrow('only 0 (background) and 1 (signal)');
    expect(() => Table.from({ a: [1], b: [1, 2] })).toThrow(RangeError);
    expect(() => Table.from({ a: [1] }, { label: 'b' })).toThrow(RangeError);
    expect(() => Table.from({ a: [1, 'x'] as unknown as number[] })).toThrow(TypeError);
    expect(() => events.take([10])).toThrow(RangeError);
  });

  test('is filtered and derived from by functions and by expressions alike', () => {
    const byText = events.filter('pt > 40 && abs(eta) < 0.8');
    const byFunction = events.filter((row) => (row['pt'] ?? 0) > 40 && Math.abs(row['eta'] ?? 0) < 0.8);
    expect([...byText.numbers('pt')]).toEqual([50, 60, 70]);
    expect(tableSha256(byText)).toBe(tableSha256(byFunction));
    const derived = events.derive('double', 'pt * 2').derive('sum', (row) => (row['double'] ?? 0) + 1);
    expect([...derived.numbers('sum')].slice(0, 2)).toEqual([21, 41]);
    expect(events.columnNames).not.toContain('double');
    expect(() => events.filter('p > 1')).toThrow('Close: "pt"');
    expect(() => events.filter((row) => (row['ptt'] ?? 0) > 1)).toThrow('No column "ptt"');
  });

  test('is split into disjoint, stratified samples that the seed fixes', () => {
    const { train, test: held } = events.split({ test: 0.5, seed: 3 });
    expect([train.length, held.length]).toEqual([5, 5]);
    expect(held.labels().reduce((sum, one) => sum + one, 0)).toBe(2);
    const all = [...train.numbers('pt'), ...held.numbers('pt')].map(Number).sort((a, b) => a - b);
    expect(all).toEqual([...events.numbers('pt')]);
    expect(tableSha256(events.split({ test: 0.5, seed: 3 }).test)).toBe(tableSha256(held));
    expect(tableSha256(events.split({ test: 0.5, seed: 4 }).test)).not.toBe(tableSha256(held));
    expect(() => events.split({ test: 1 })).toThrow(RangeError);
    expect(() => events.split({ test: 0.01 })).toThrow(RangeError);
  });

  test('is shuffled, sliced and joined without change to itself', () => {
    const before = tableSha256(events);
    expect(tableSha256(events.slice(0, 4).concat(events.slice(4)))).toBe(before);
    expect([...events.slice(-2).numbers('pt')]).toEqual([90, 100]);
    expect(tableSha256(events.shuffle({ seed: 1 }))).not.toBe(before);
    expect(tableSha256(events)).toBe(before);
    expect(() => events.concat(events.select(['pt']))).toThrow('only one has column "eta"');
  });

  test('gets other column names, which roles and words follow', () => {
    const renamed = events
      .withRoles({ eventId: ['eta'], descriptions: { pt: 'across the beam' } })
      .rename({ pt: 'p', weight: 'w', isSignal: 's', eta: 'e' });
    expect(renamed.columnNames).toEqual(['p', 'e', 'channel', 's', 'w', 'eventNumber']);
    expect([renamed.label, renamed.weight, renamed.units]).toEqual(['s', 'w', { p: 'GeV' }]);
    expect([renamed.descriptions, renamed.featureNames()]).toEqual([{ p: 'across the beam' }, ['p']]);
    expect(renamed.numbers('p')).toBe(events.numbers('pt'));
    expect([...events.rename({ pt: 'eta', eta: 'pt' }).numbers('eta')]).toEqual([...events.numbers('pt')]);
    expect(() => events.rename({ pt: 'eta' })).toThrow('Two columns of table "events" would be called "eta"');
    expect(() => events.rename({ ptt: 'p' })).toThrow('Close: "pt"');
    expect(events.select(['eta']).units).toEqual({});
  });

  test('holds records and times, which are shown, hashed and given to functions, and are no features', () => {
    const muons = Table.from({
      muon: recordColumn({
        pt: { kind: 'flat', type: 'float32', values: Float32Array.of(20.5, 30) },
        tag: { kind: 'string', values: ['a', 'b'] },
      }),
      time: [new Date('2012-07-04T09:00:00Z'), new Date('1969-12-31T23:59:59.999Z')],
    });
    expect(muons.featureNames()).toEqual([]);
    expect(muons.numbers('time')).toEqual(BigInt64Array.of(1341392400000000n, -1000n));
    expect(String(muons)).toContain('muon: {pt: float32, tag: string}  {pt: 20.5, tag: a}, {pt: 30, tag: b}');
    expect(String(muons)).toContain('time: timestamp  2012-07-04T09:00:00Z, 1969-12-31T23:59:59.999Z');
    const micro = { kind: 'flat', type: 'timestamp', values: BigInt64Array.of(-1n, 2n ** 63n - 1n) } as const;
    expect(String(Table.from({ micro }))).toContain('1969-12-31T23:59:59.999999Z, 9223372036854775807 µs');
    const seen: unknown[] = [];
    muons.filter((row) => seen.push(row['muon'], row['time']) > 0);
    expect(seen.slice(0, 2)).toEqual([{ pt: 20.5, tag: 'a' }, 1341392400000000]);
    const renamed = Table.from({ muon: recordColumn({ p: muons.column('time') }), time: muons.column('time') });
    expect(tableSha256(renamed)).not.toBe(tableSha256(muons));
    expect(tableSha256(muons.take([0, 1]))).toBe(tableSha256(muons));
    expect(() => Table.from({ time: [new Date('never')] })).toThrow('no valid date in event 0');
  });

  test('shows long lists, wide records and long text in brief, the whole in a tooltip', () => {
    const fields = Array.from({ length: 9 }, (_, i) => [`field${i}`, events.slice(0, 5).column('pt')] as const);
    const wide = recordColumn(new Map(fields));
    const lists: Column = { kind: 'jagged', offsets: Int32Array.of(0, 5), content: wide };
    const text = 'x'.repeat(70);
    const table = Table.from({ lists, text: [text] }, { descriptions: { text: 'what "it" says' } });
    const html = String(table[displaySymbol]()['text/html']);
    expect(html).toContain('>list of record of 9 fields</th>');
    expect(html).toContain('title="list of {field0: float32, field1');
    expect(html).toContain('field5: 10, …}');
    expect(html).toContain(', … 5 in all]');
    expect(html).toContain(`<td title="${text}">${'x'.repeat(60)}…</td>`);
    expect(html).toContain('<th title="what &#34;it&#34; says">text</th>');
    expect(html).not.toMatch(/color|style="(?!overflow)/i);
  });

  test('becomes a row-major matrix of float32', () => {
    expect([...events.slice(0, 2).matrix(['pt', 'isSignal'])]).toEqual([10, 1, 20, 1]);
  });

  test('shows itself, with everything that comes from data escaped', () => {
    const name = '<img src=x onerror="alert(1)">';
    const bundle = Table.from({ [name]: ['<b>', "'&"] }, { name, units: { [name]: '<i>' } })[displaySymbol]();
    const html = String(bundle['text/html']);
    expect(html).not.toMatch(/<img|<b>|<i>|"alert|'&"/);
    expect(html).not.toMatch(/color|#[0-9a-f]{3,6}\b(?!;)/i);
    expect(String(events[displaySymbol]()['text/plain'])).toContain('pt: float32 [GeV]');
  });
});

describe('the random source', () => {
  test('is fixed by its seed, on every machine', () => {
    const random = randomSource(1);
    const drawn = [random.uint32(), random.uint32(), random.uint32()];
    expect(drawn).toMatchInlineSnapshot(`
      [
        393288148,
        2174103013,
        3814759091,
      ]
    `);
    expect(randomSource(2).uint32()).not.toBe(drawn[0]);
    expect(() => randomSource(-1)).toThrow(RangeError);
    expect(() => randomSource(0.5)).toThrow(RangeError);
  });

  test('is uniform and normal', () => {
    const random = randomSource(7);
    const n = 200_000;
    let [sum, square, normalSum, normalSquare] = [0, 0, 0, 0];
    for (let i = 0; i < n; i++) {
      const u = random.uniform();
      const z = random.normal();
      sum += u;
      square += u * u;
      normalSum += z;
      normalSquare += z * z;
    }
    expect(sum / n).toBeCloseTo(0.5, 2);
    expect(square / n).toBeCloseTo(1 / 3, 2);
    expect(normalSum / n).toBeCloseTo(0, 1);
    expect(normalSquare / n).toBeCloseTo(1, 1);
  });
});

describe('roles, units and classes', () => {
  test('a column that is replaced loses its unit unless a new one is given', () => {
    expect(events.derive('pt', 'pt * 1000').units).toEqual({});
    const scaled = events.derive('pt', 'pt * 1000', { unit: 'MeV', description: 'across the beam' });
    expect(scaled.units).toEqual({ pt: 'MeV' });
    expect(scaled.descriptions).toEqual({ pt: 'across the beam' });
    expect(events.derive('other', 'pt').units).toEqual({ pt: 'GeV' });
    expect([scaled.label, scaled.weight, scaled.name]).toEqual(['isSignal', 'weight', 'events']);
  });

  test('roles that are left out or undefined stay', () => {
    const options = { label: undefined, name: undefined } as never;
    const same = events.withRoles(options);
    expect([same.label, same.weight, same.name]).toEqual(['isSignal', 'weight', 'events']);
  });

  test('tables in different units or types are not joined', () => {
    const inMeV = events.withRoles({ units: { pt: 'MeV' } });
    expect(() => events.concat(inMeV)).toThrow(/Column "pt" has unit GeV in table "events" and MeV/);
    expect(() => events.concat(events.derive('eta', 'eta').derive('pt', 'pt'))).toThrow(
      /Column "pt" has type float32 in table "events" and float64/,
    );
    expect(events.concat(events.withRoles({ units: {} })).units).toEqual({ pt: 'GeV' });
  });

  test('a split keeps the shares of any classes: several numbers, or names', () => {
    const shares = (table: Table) => {
      const { test: held } = table.split({ test: 0.5, seed: 1 });
      const column = held.column(table.label ?? '');
      const values = column.kind === 'flat' || column.kind === 'string' ? Array.from(column.values, String) : [];
      return values.sort().join('');
    };
    const three = [0, 0, 0, 0, 1, 1, 1, 1, 2, 2];
    expect(shares(Table.from({ x: three, y: three }, { label: 'y' }))).toBe('00112');
    expect(shares(Table.from({ x: three, y: three.map((n) => 'abc'.charAt(n)) }, { label: 'y' }))).toBe('aabbc');
    expect(shares(Table.from({ x: three, y: BigInt64Array.from(three, BigInt) }, { label: 'y' }))).toBe('00112');
  });
});

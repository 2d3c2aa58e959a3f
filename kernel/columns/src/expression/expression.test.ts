import { describe, expect, test } from 'vitest';
import type { Column } from '../column.ts';
import { isCygnetError } from '../errors.ts';
import { BadExpression, compileExpression, parseExpression } from './index.ts';

const flat = (values: Float32Array | Int32Array | BigInt64Array): Column => ({
  kind: 'flat',
  type: values instanceof Float32Array ? 'float32' : values instanceof Int32Array ? 'int32' : 'int64',
  values,
});
const columns = new Map<string, Column>([
  ['m_bb', flat(Float32Array.of(70, 90, 120, 90))],
  ['jet1_eta', flat(Float32Array.of(0.5, -2.5, 1.25, NaN))],
  ['n', flat(Int32Array.of(0, 1, 2, 3))],
  ['event', flat(BigInt64Array.of(1n, 2n, 3n, 4n))],
  ['jet1_b-tag', flat(Float32Array.of(0, 1, 2, 3))],
  ['muon.pt', flat(Float32Array.of(1, 2, 3, 4))],
  ['Type', { kind: 'string', values: ['GT', 'TT', 'GG', 'GT'] }],
  ['jets', { kind: 'jagged', offsets: Int32Array.of(0, 1, 1, 2, 2), content: flat(Float32Array.of(1, 2)) }],
]);
const evaluate = (text: string): readonly number[] => [...compileExpression(text).evaluate(columns, 4)];
const failure = (work: () => unknown): BadExpression => {
  try {
    work();
  } catch (error) {
    if (error instanceof BadExpression) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
};

describe('an expression', () => {
  test('selects the entries for which it is true, and none for NaN', () => {
    expect([...compileExpression('m_bb > 80 && abs(jet1_eta) < 2.4').select(columns)]).toEqual([2]);
    expect([...compileExpression('jet1_eta').select(columns)]).toEqual([0, 1, 2]);
  });

  test.each([
    ['1 + 2 * 3', 7],
    ['(1 + 2) * 3', 9],
    ['-2 ** 2', -4],
    ['2 ** 3 ** 2', 512],
    ['2 ** -1', 0.5],
    ['7 % 4 - 10 / 4', 0.5],
    ['1 < 2 == 1', 1],
    ['1 || 0 && 0', 1],
    ['!0 + !5', 1],
    ['1 != 1', 0],
    ['max(1, 5, 3) - min(4, 2)', 3],
    ['pow(2, 10) + sqrt(16) + log(exp(2))', 1030],
    ['atan2(1, 1) * 4 == pi', 1],
    ['hypot(3, 4)', 5],
    ['1.5e3 + .5 + 2.', 1502.5],
    ['- - 3', 3],
    ['true + false', 1],
  ])('%s is %f', (text, value) => {
    expect(evaluate(text)).toEqual([value, value, value, value]);
  });

  test('reads 32- and 64-bit columns, dotted names and names in backticks', () => {
    expect(evaluate('event - n')).toEqual([1, 1, 1, 1]);
    expect(evaluate('`jet1_b-tag` * 2 + muon.pt')).toEqual([1, 4, 7, 10]);
  });

  test('works on more entries than fit one block', () => {
    const many = new Map([['x', flat(Float32Array.from({ length: 10_000 }, (_, i) => i))]]);
    const result = compileExpression('x * 2 + 1').evaluate(many);
    expect(result.length).toBe(10_000);
    expect(result.every((value, i) => value === 2 * i + 1)).toBe(true);
  });

  test.each([
    ['1 ? 2 : 0 ? 3 : 4', 2],
    ['0 ? 2 : 0 ? 3 : 4', 4],
    ['1 < 0 || 1 ? 5 : 6', 5],
    ['TMath::Pi() == pi && TMath::TwoPi() == 2 * pi', 1],
    ['TMath::Power(2, 3) + TMath::Sq(3) + TMath::Abs(-1)', 18],
    ['TMath::Nint(2.5) + TMath::Nint(-3.5) + round(-2.5)', -5],
    ['TMath::Sign(3, -0.0) + TMath::Even(4) + TMath::Odd(-3)', -1],
    ['TMath::Gaus(3, 1, 2) == exp(-0.5)', 1],
    ['abs(TMath::BreitWigner(1, 1, 2) - 1 / pi) < 1e-15', 1],
    ['abs(deltaphi(3, -3) - (6 - 2 * pi)) < 1e-15', 1],
    ['fmod(-7, 4)', -3],
    ['isnan(0 / 0) + isfinite(1 / 0)', 1],
    ['(0 / 0 && 1) + (0 / 0 || 0) + !(0 / 0)', 0],
    ['Entry$ - Entry$', 0],
  ])('%s is %f', (text, value) => {
    expect(evaluate(text)).toEqual([value, value, value, value]);
  });

  test.each([
    [0, 0],
    [0.1, 0.1124629160182849],
    [-0.7, -0.6778011938374183],
    [1.5, 0.9661051464753108],
    [1.999, 0.9953015566513705],
    [2, 0.9953222650189527],
    [-4, -0.9999999845827421],
  ])('erf(%f) is that of SciPy, and erfc its complement', (x, value) => {
    expect(Math.abs((evaluate(`erf(${x})`)[0] ?? NaN) - value)).toBeLessThan(1e-15);
    expect(Math.abs((evaluate(`erfc(${x})`)[0] ?? NaN) - (1 - value))).toBeLessThan(1e-15);
    expect(evaluate('erfc(10) / 2.088487583762545e-45')[0]).toBeCloseTo(1, 12);
  });

  test('compares strings to columns of strings', () => {
    expect(evaluate('Type == "GT"')).toEqual([1, 0, 0, 1]);
    expect(evaluate("'TT' != Type && n > 0")).toEqual([0, 0, 1, 1]);
    expect(evaluate('Type == Type')).toEqual([1, 1, 1, 1]);
    expect(failure(() => evaluate('Type < "GT"')).message).toContain('by == and != only');
    expect(failure(() => evaluate('n == "GT"')).position).toBe(5);
  });

  test('counts entries from where it is told', () => {
    expect([...compileExpression('Entry$').evaluate(columns, 3, { firstEntry: 10 })]).toEqual([10, 11, 12]);
  });

  test('gives conditions as bool columns', () => {
    expect(compileExpression('n > 1').evaluateColumn(columns)).toEqual({
      kind: 'flat',
      type: 'bool',
      values: Uint8Array.of(0, 0, 1, 1),
    });
    expect(compileExpression('n * 1').evaluateColumn(columns)).toMatchObject({ type: 'float64' });
  });

  test('tells which columns it reads', () => {
    expect(compileExpression('pt > 20 && (eta < 2 || pt > 50)').columns).toEqual(['pt', 'eta']);
    expect(compileExpression('Sum$(a[b > 1 ? 0 : c]) + Alt$(d[0], -e)').columns).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  test('is a syntax tree, not code', () => {
    expect(parseExpression('a + 1')).toEqual({
      kind: 'binary',
      operator: '+',
      left: { kind: 'column', name: 'a', position: 0 },
      right: { kind: 'number', value: 1, position: 4 },
      position: 2,
    });
  });
});

describe('what is no expression is refused', () => {
  test.each([
    ['', 0, 'empty'],
    ['   ', 3, 'empty'],
    ['pt >', 4, 'ends early'],
    ['pt > )', 5, 'Expected a number'],
    ['(pt', 3, 'Expected )'],
    ['pt pt', 3, 'Unexpected pt'],
    ['pt & eta', 3, 'Use &&'],
    ['pt = 3', 3, 'Use =='],
    ['pt ^ 2', 3, 'Use **'],
    ['Type == "GT', 8, 'ends with another "'],
    ['sqr(pt)', 0, 'Close: "sqrt"'],
    ['sqrt(1, 2)', 0, 'one number, not 2'],
    ['min()', 0, 'one list, or two numbers or more'],
    ['sum(1, 2)', 0, 'one list, not 2'],
    ['Sum(x)', 0, 'Close: "sum"'],
    ['TMath::Sqr(x)', 0, 'Close: "TMath::Sq", "TMath::Sqrt"'],
    ['TMath::Pi(1)', 0, 'takes nothing'],
    ['Alt$(x)', 0, 'two numbers'],
    ['x[0', 3, 'Expected ] (for the [ at position 2), found the end'],
    ['x[]', 2, 'found ]'],
    ['x ? 1', 5, 'Expected :'],
    ['x : 1', 2, 'Unexpected :'],
    ['jets[0].pt', 7, 'jets.pt[0]'],
    [`x${'[0'.repeat(300)}`, 400, 'Nested'],
    [`${'1 ? '.repeat(300)}1`, 800, 'Nested'],
    ['0 < pt < 5', 7, 'do not chain'],
    ['constructor("x")', 0, 'no function constructor'],
    ['constructor(1)', 0, 'no function constructor'],
    ['__proto__(1)', 0, 'no function'],
    ['pt; 1', 2, 'Unexpected ;'],
    ['`pt', 0, 'another `'],
    ['😀', 0, 'Unexpected 😀'],
    [`${'('.repeat(500)}1${')'.repeat(500)}`, 200, 'Nested'],
    ['1'.repeat(20_000), 10_000, 'Longer'],
  ])('%j', (text, position, message) => {
    const error = failure(() => parseExpression(text));
    expect(isCygnetError(error, 'bad-expression')).toBe(true);
    expect(error.message).toContain(message);
    expect(error.position).toBe(position);
  });

  test('the caret stands under the trouble', () => {
    const [, line, caret] = failure(() => parseExpression('pt > 20 && eta <')).message.split('\n');
    expect(line).toBe('  pt > 20 && eta <');
    expect(caret?.indexOf('^')).toBe(line?.length);
  });

  test('a column that is missing, a string or a list is named', () => {
    expect(failure(() => evaluate('m_b > 1')).message).toContain('Close: "m_bb"');
    expect(failure(() => evaluate('Type > 1')).message).toContain('string');
    expect(failure(() => evaluate('1 + jets')).message).toContain('It is a list an entry');
    expect(failure(() => evaluate('toString')).message).toContain('no column');
    expect(failure(() => compileExpression('1').evaluate(columns)).message).toContain('number of entries');
  });
});

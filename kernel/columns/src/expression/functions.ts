import { erf, erfc } from './error-function.ts';

/** A function of numbers, worked out item by item; `most` may be Infinity for those that take any number of them. */
export interface ElementwiseFunction {
  readonly least: number;
  readonly most: number;
  /** Whether it gives 1 or 0 for true or false. */
  readonly isBool?: boolean;
  readonly apply: (...x: readonly number[]) => number;
}

const constant = (value: number): ElementwiseFunction => ({ least: 0, most: 0, apply: () => value });
const one = (apply: (x: number) => number): ElementwiseFunction => ({
  least: 1,
  most: 1,
  apply: apply,
});
const two = (apply: (x: number, y: number) => number): ElementwiseFunction => ({
  least: 2,
  most: 2,
  apply: apply,
});
const three = (apply: (x: number, y: number, z: number) => number): ElementwiseFunction => ({
  least: 3,
  most: 3,
  apply: apply,
});
const many = (apply: (...x: readonly number[]) => number): ElementwiseFunction => ({ least: 2, most: Infinity, apply });
const condition = (apply: (x: number) => boolean): ElementwiseFunction => ({
  ...one((x) => (apply(x) ? 1 : 0)),
  isBool: true,
});

/** Half away from zero, as C and ROOT have it. */
const nearest = (x: number): number => (x < 0 ? -Math.round(-x) : Math.round(x));
/** Into [-pi, pi). */
const deltaphi = (a: number, b: number): number => {
  const turn = 2 * Math.PI;
  return ((((a - b + Math.PI) % turn) + turn) % turn) - Math.PI;
};
/** Even numbers: as `TMath::Nint`. */
const nint = (x: number): number => {
  const below = Math.floor(x);
  if (x - below !== 0.5) return Math.round(x);
  return below % 2 === 0 ? below : below + 1;
};

const plain: { readonly [name: string]: ElementwiseFunction } = {
  abs: one(Math.abs),
  sqrt: one(Math.sqrt),
  cbrt: one(Math.cbrt),
  exp: one(Math.exp),
  expm1: one(Math.expm1),
  log: one(Math.log),
  log1p: one(Math.log1p),
  log2: one(Math.log2),
  log10: one(Math.log10),
  sin: one(Math.sin),
  cos: one(Math.cos),
  tan: one(Math.tan),
  asin: one(Math.asin),
  acos: one(Math.acos),
  atan: one(Math.atan),
  sinh: one(Math.sinh),
  cosh: one(Math.cosh),
  tanh: one(Math.tanh),
  asinh: one(Math.asinh),
  acosh: one(Math.acosh),
  atanh: one(Math.atanh),
  floor: one(Math.floor),
  ceil: one(Math.ceil),
  trunc: one(Math.trunc),
  round: one(nearest),
  sign: one(Math.sign),
  erf: one(erf),
  erfc: one(erfc),
  isnan: condition(Number.isNaN),
  isfinite: condition(Number.isFinite),
  pow: two(Math.pow),
  fmod: two((x, y) => x % y),
  atan2: two(Math.atan2),
  deltaphi: two(deltaphi),
  min: many(Math.min),
  max: many(Math.max),
  hypot: many(Math.hypot),
};

const tmath: { readonly [name: string]: ElementwiseFunction } = {
  Pi: constant(Math.PI),
  TwoPi: constant(2 * Math.PI),
  PiOver2: constant(Math.PI / 2),
  PiOver4: constant(Math.PI / 4),
  InvPi: constant(1 / Math.PI),
  DegToRad: constant(Math.PI / 180),
  RadToDeg: constant(180 / Math.PI),
  Sqrt2: constant(Math.SQRT2),
  E: constant(Math.E),
  Ln10: constant(Math.LN10),
  Infinity: constant(Infinity),
  QuietNaN: constant(NaN),
  Abs: one(Math.abs),
  Sqrt: one(Math.sqrt),
  Sq: one((x) => x * x),
  Exp: one(Math.exp),
  Log: one(Math.log),
  Log2: one(Math.log2),
  Log10: one(Math.log10),
  Sin: one(Math.sin),
  Cos: one(Math.cos),
  Tan: one(Math.tan),
  ASin: one(Math.asin),
  ACos: one(Math.acos),
  ATan: one(Math.atan),
  SinH: one(Math.sinh),
  CosH: one(Math.cosh),
  TanH: one(Math.tanh),
  ASinH: one(Math.asinh),
  ACosH: one(Math.acosh),
  ATanH: one(Math.atanh),
  Floor: one(Math.floor),
  Ceil: one(Math.ceil),
  Nint: one(nint),
  Erf: one(erf),
  Erfc: one(erfc),
  Even: condition((x) => x % 2 === 0),
  Odd: condition((x) => Math.abs(x % 2) === 1),
  IsNaN: condition(Number.isNaN),
  Finite: condition(Number.isFinite),
  Power: two(Math.pow),
  ATan2: two(Math.atan2),
  Hypot: two((x, y) => Math.hypot(x, y)),
  Min: two((x, y) => Math.min(x, y)),
  Max: two((x, y) => Math.max(x, y)),
  Sign: two((x, y) => (y < 0 || Object.is(y, -0) ? -Math.abs(x) : Math.abs(x))),
  Gaus: three((x, mean, sigma) => Math.exp(-0.5 * ((x - mean) / sigma) ** 2)),
  BreitWigner: three((x, mean, gamma) => gamma / ((x - mean) ** 2 + (gamma / 2) ** 2) / (2 * Math.PI)),
};

/** Elementwise functions by name: C's, and those of ROOT's `TMath::` that are in common use. */
export const elementwiseFunctions: ReadonlyMap<string, ElementwiseFunction> = new Map([
  ...Object.entries(plain),
  ['fabs', one(Math.abs)],
  ...Object.entries(tmath).map(([name, of]) => [`TMath::${name}`, of] as const),
]);

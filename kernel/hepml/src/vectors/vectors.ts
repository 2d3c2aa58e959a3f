import { CygnetError, columnTypeName, recordColumn } from '@cygnet/columns';
import type { Column } from '@cygnet/columns';
import { coordinatesOf } from './coordinates.ts';
import type { Coordinates } from './coordinates.ts';
import { Kinematics, rectify } from './kinematics.ts';
import { asDoubles, combinations, haveEqualShapes, putTogether, spreadTo, takeApart } from './shape.ts';
import type { Shape } from './shape.ts';

const flat = (values: Float64Array): Column => ({ kind: 'flat', type: 'float64', values });

/** Components of one four-vector. */
type Four = readonly [px: number, py: number, pz: number, E: number];

/**
 * Four-vectors, one an event or lists of them, with the names and conventions of scikit-hep `vector`: `pt phi eta theta px py
 * pz p E mass mt Et rapidity beta gamma costheta` are columns of float64 in the shape of the vectors, in the units in which
 * momenta were given; angles in radians. What was not given is worked out when it is first asked for.
 *
 * Two sets of vectors go together when their lists have equal lengths; one vector an event goes with each of a list.
 *
 * @example
 * const jets = vectors.from(table, { pt: 'jet_pt', eta: 'jet_eta', phi: 'jet_phi', mass: 'jet_mass' });
 * const [a, b] = jets.combinations(2);
 * const masses = a.add(b).mass; // a list an event
 */
export class Vectors {
  readonly #given: Coordinates;
  readonly #shape: Shape;
  readonly #of: Kinematics;

  constructor(given: Coordinates, shape: Shape) {
    this.#given = given;
    this.#shape = shape;
    this.#of = new Kinematics(given);
  }

  /** Of a record, or lists of records, with fields such as pt, eta, phi, mass; other fields are left out. */
  static ofColumn(name: string, column: Column): Vectors {
    const { shape, content } = takeApart(column);
    if (content.kind !== 'record') {
      throw new CygnetError(
        'unsupported',
        `"${name}" holds a ${columnTypeName(column)} an event; four-vectors are made of records with fields such as pt, eta, phi, mass.`,
      );
    }
    const given = coordinatesOf([...content.fields.keys()], (field) => {
      const values = content.fields.get(field);
      if (values?.kind === 'flat') return asDoubles(values.values);
      throw new CygnetError('unsupported', `Field "${field}" of "${name}" does not hold one number.`);
    });
    return new Vectors(given, shape);
  }

  /** How many vectors there are, in all lists together. */
  get size(): number {
    return this.#shape.size;
  }

  get px(): Column {
    return this.#column(this.#of.px);
  }
  get py(): Column {
    return this.#column(this.#of.py);
  }
  get pz(): Column {
    return this.#column(this.#of.pz);
  }
  /** Energy: `sqrt(p^2 + mass^2)` where the mass was given. */
  get E(): Column {
    return this.#column(this.#of.E);
  }
  /** Transverse momentum. */
  get pt(): Column {
    return this.#column(this.#of.pt);
  }
  /** In [-pi, pi], unless it was given otherwise. */
  get phi(): Column {
    return this.#column(this.#of.phi);
  }
  /** Pseudorapidity; infinite along the beam. */
  get eta(): Column {
    return this.#column(this.#of.eta);
  }
  /** Polar angle, 0 to pi. */
  get theta(): Column {
    return this.#column(this.#of.theta);
  }
  get p(): Column {
    return this.#column(this.#of.p);
  }
  /** Invariant mass; negative for space-like vectors: `-sqrt(p^2 - E^2)`. */
  get mass(): Column {
    return this.#column(this.#of.mass);
  }
  get mass2(): Column {
    return this.#column(this.#of.mass2);
  }
  /** Transverse mass of one vector: `sqrt(E^2 - pz^2)`. */
  get mt(): Column {
    return this.#column(this.#of.mt);
  }
  /** Transverse energy: `E sin(theta)`. */
  get Et(): Column {
    return this.#column(this.#of.Et);
  }
  get rapidity(): Column {
    return this.#column(this.#of.rapidity);
  }
  /** Velocity in units of c. */
  get beta(): Column {
    return this.#column(this.#of.beta);
  }
  get gamma(): Column {
    return this.#column(this.#of.gamma);
  }
  get costheta(): Column {
    return this.#column(this.#of.costheta);
  }

  add(other: Vectors): Vectors {
    return this.#with(other, (a, b) => [a[0] + b[0], a[1] + b[1], a[2] + b[2], a[3] + b[3]]);
  }
  subtract(other: Vectors): Vectors {
    return this.#with(other, (a, b) => [a[0] - b[0], a[1] - b[1], a[2] - b[2], a[3] - b[3]]);
  }
  /** Every component times a number. */
  scale(factor: number): Vectors {
    return this.#map(([px, py, pz, E]) => [factor * px, factor * py, factor * pz, factor * E]);
  }
  /** Minkowski's product, energies positive: `E1 E2 - p1 p2`. */
  dot(other: Vectors): Column {
    return this.#number(other, (a, b) => a[3] * b[3] - a[0] * b[0] - a[1] * b[1] - a[2] * b[2]);
  }

  /** `phi1 - phi2`, in [-pi, pi). */
  deltaphi(other: Vectors): Column {
    return this.#difference(other, ['phi'], ([phi = 0], [own = 0]) => rectify(phi - own));
  }
  /** `eta1 - eta2`. */
  deltaeta(other: Vectors): Column {
    return this.#difference(other, ['eta'], ([eta = 0], [own = 0]) => eta - own);
  }
  /** `sqrt(deltaphi^2 + deltaeta^2)`. */
  deltaR(other: Vectors): Column {
    return this.#difference(other, ['phi', 'eta'], ([phi = 0, eta = 0], [ownPhi = 0, ownEta = 0]) =>
      Math.sqrt(rectify(phi - ownPhi) ** 2 + (eta - ownEta) ** 2),
    );
  }
  /** `sqrt(deltaphi^2 + (rapidity1 - rapidity2)^2)`. */
  deltaRapidityPhi(other: Vectors): Column {
    return this.#difference(other, ['phi', 'rapidity'], ([phi = 0, y = 0], [ownPhi = 0, ownY = 0]) =>
      Math.sqrt(rectify(phi - ownPhi) ** 2 + (y - ownY) ** 2),
    );
  }
  /** Angle between the momenta, 0 to pi. */
  deltaangle(other: Vectors): Column {
    return this.#number(other, (a, b) => {
      const product = a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
      const lengths = Math.hypot(a[0], a[1], a[2]) * Math.hypot(b[0], b[1], b[2]);
      return Math.acos(Math.max(-1, Math.min(1, product / lengths)));
    });
  }

  /** From the rest frame of other vectors into the frame in which those were given (`vector`'s `boost_p4`). */
  boost_p4(other: Vectors): Vectors {
    return this.#with(other, (a, [px, py, pz, E]) => boosted(a, px / E, py / E, pz / E));
  }
  /** Into the rest frame of other vectors. */
  boostCM_of(other: Vectors): Vectors {
    return this.#with(other, (a, [px, py, pz, E]) => boosted(a, -px / E, -py / E, -pz / E));
  }
  /** Along the beam by a velocity in (-1, 1). */
  boostZ({ beta }: { readonly beta: number }): Vectors {
    if (!(Math.abs(beta) < 1)) throw new RangeError(`beta is a velocity between -1 and 1, not ${beta}.`);
    return this.#map((a) => boosted(a, 0, 0, beta));
  }

  /** All groups of `n` vectors of each event, as {@link combinations}: the first members, the second ones, and so on. */
  combinations(n = 2): readonly Vectors[] {
    return combinations(this.column(), n).map((column) => Vectors.ofColumn('combinations', column));
  }

  /** The sum of the vectors of each list; an empty list gives zero. @throws TypeError when there is one an event. */
  sum(): Vectors {
    const offsets = this.#shape.levels.at(-1);
    if (offsets === undefined) throw new TypeError('There is one vector an event already; sum() adds up lists.');
    const size = offsets.length - 1;
    const added = this.#components().map((numbers) => {
      const sums = new Float64Array(size);
      for (let i = 0; i < size; i++) {
        for (let item = offsets[i] as number; item < (offsets[i + 1] as number); item++) {
          sums[i] = (sums[i] as number) + (numbers[item] as number);
        }
      }
      return sums;
    });
    return new Vectors(cartesian(added), { levels: this.#shape.levels.slice(0, -1), size });
  }

  /** The vectors as a column of records with the components that were given, for example to keep them in a table. */
  column(): Column {
    const { azimuthal, longitudinal, temporal } = this.#given;
    const fields = Object.entries({ ...azimuthal, ...longitudinal, ...temporal }) as [string, Float64Array][];
    return putTogether(
      this.#shape,
      recordColumn(new Map(fields.map(([name, numbers]) => [name, flat(numbers)] as const))),
    );
  }

  #column(values: Float64Array): Column {
    return putTogether(this.#shape, flat(values));
  }

  #components(): readonly Float64Array[] {
    return [this.#of.px, this.#of.py, this.#of.pz, this.#of.E];
  }

  /** Which of each side's vectors go together, and their common shape. */
  #pairs(other: Vectors): { readonly shape: Shape; readonly own?: Int32Array; readonly others?: Int32Array } {
    if (haveEqualShapes(this.#shape, other.#shape)) return { shape: this.#shape };
    const others = spreadTo(this.#shape, other.#shape);
    if (others !== undefined) return { shape: this.#shape, others };
    const own = spreadTo(other.#shape, this.#shape);
    if (own !== undefined) return { shape: other.#shape, own };
    throw new CygnetError(
      'unsupported',
      `${this.size} and ${other.size} four-vectors do not go together: their lists have different lengths. All pairs of two lists: vectors.cartesian(a, b).`,
    );
  }

  #with(other: Vectors, of: (a: Four, b: Four) => Four): Vectors {
    const { shape, own, others } = this.#pairs(other);
    const [a, b] = [this.#components(), other.#components()];
    const result = [0, 1, 2, 3].map(() => new Float64Array(shape.size));
    for (let i = 0; i < shape.size; i++) {
      const four = of(at(a, own?.[i] ?? i), at(b, others?.[i] ?? i));
      for (let k = 0; k < 4; k++) (result[k] as Float64Array)[i] = four[k] as number;
    }
    return new Vectors(cartesian(result), shape);
  }

  #map(of: (a: Four) => Four): Vectors {
    return this.#with(this, (a) => of(a));
  }

  #number(other: Vectors, of: (a: Four, b: Four) => number): Column {
    const { shape, own, others } = this.#pairs(other);
    const [a, b] = [this.#components(), other.#components()];
    const result = new Float64Array(shape.size);
    for (let i = 0; i < shape.size; i++) result[i] = of(at(a, own?.[i] ?? i), at(b, others?.[i] ?? i));
    return putTogether(shape, flat(result));
  }

  #difference(
    other: Vectors,
    names: readonly ('phi' | 'eta' | 'rapidity')[],
    of: (a: readonly number[], b: readonly number[]) => number,
  ): Column {
    const { shape, own, others } = this.#pairs(other);
    const [a, b] = [this.#of, other.#of].map((kinematics) => names.map((name) => kinematics[name])) as [
      Float64Array[],
      Float64Array[],
    ];
    const result = new Float64Array(shape.size);
    for (let i = 0; i < shape.size; i++) {
      const [mine, theirs] = [own?.[i] ?? i, others?.[i] ?? i];
      result[i] = of(
        a.map((numbers) => numbers[mine] as number),
        b.map((numbers) => numbers[theirs] as number),
      );
    }
    return putTogether(shape, flat(result));
  }
}

const at = (components: readonly Float64Array[], i: number): Four =>
  components.map((numbers) => numbers[i] as number) as unknown as Four;

const cartesian = ([px, py, pz, E]: readonly Float64Array[]): Coordinates => ({
  azimuthal: { px: px as Float64Array, py: py as Float64Array },
  longitudinal: { pz: pz as Float64Array },
  temporal: { E: E as Float64Array },
});

/** A vector as it is seen when its frame moves with a velocity. */
const boosted = ([px, py, pz, E]: Four, bx: number, by: number, bz: number): Four => {
  const beta2 = bx * bx + by * by + bz * bz;
  const gamma = 1 / Math.sqrt(1 - beta2);
  const product = bx * px + by * py + bz * pz;
  const along = (gamma * gamma * product) / (1 + gamma) + gamma * E;
  return [px + along * bx, py + along * by, pz + along * bz, gamma * (E + product)];
};

import type { Coordinates } from './coordinates.ts';

type Numbers = Float64Array;

const map = (of: (...x: readonly number[]) => number, ...inputs: readonly Numbers[]): Numbers => {
  const [a, b, c, d] = inputs as [Numbers, Numbers, Numbers, Numbers];
  const result = new Float64Array(a.length);
  for (let i = 0; i < result.length; i++) {
    result[i] = of(a[i] as number, b?.[i] as number, c?.[i] as number, d?.[i] as number);
  }
  return result;
};

/** The root of a square that may be negative, with its sign, as `vector` has masses of space-like vectors. */
export const signedRoot = (square: number): number => (square < 0 ? -Math.sqrt(-square) : Math.sqrt(square));

/** Into [-pi, pi), as `vector` does. */
export const rectify = (phi: number): number => {
  const turn = 2 * Math.PI;
  const turned = (phi + Math.PI) % turn;
  return (turned < 0 ? turned + turn : turned) - Math.PI;
};

/** `z / rho` to pseudorapidity; 0 for no momentum at all. */
const pseudorapidity = (pt: number, pz: number): number => (pt === 0 && pz === 0 ? 0 : Math.asinh(pz / pt));

const zero = (value: number): number => (Number.isNaN(value) ? 0 : value);

/**
 * What follows from the components of four-vectors, with the formulas and conventions of scikit-hep `vector`. Each is
 * worked out when it is first asked for, and kept: 8 bytes a vector.
 */
export class Kinematics {
  readonly #given: Coordinates;
  readonly #known = new Map<string, Numbers>();
  constructor(given: Coordinates) {
    this.#given = given;
  }

  #keep(name: string, work: () => Numbers): Numbers {
    let known = this.#known.get(name);
    if (known === undefined) this.#known.set(name, (known = work()));
    return known;
  }

  get px(): Numbers {
    const { azimuthal } = this.#given;
    if ('px' in azimuthal) return azimuthal.px;
    return this.#keep('px', () => map((pt = 0, phi = 0) => pt * Math.cos(phi), azimuthal.pt, azimuthal.phi));
  }
  get py(): Numbers {
    const { azimuthal } = this.#given;
    if ('px' in azimuthal) return azimuthal.py;
    return this.#keep('py', () => map((pt = 0, phi = 0) => pt * Math.sin(phi), azimuthal.pt, azimuthal.phi));
  }
  get pt(): Numbers {
    const { azimuthal } = this.#given;
    if ('pt' in azimuthal) return azimuthal.pt;
    return this.#keep('pt', () => map((px = 0, py = 0) => Math.sqrt(px * px + py * py), azimuthal.px, azimuthal.py));
  }
  get phi(): Numbers {
    const { azimuthal } = this.#given;
    if ('pt' in azimuthal) return azimuthal.phi;
    return this.#keep('phi', () => map((px = 0, py = 0) => Math.atan2(py, px), azimuthal.px, azimuthal.py));
  }
  get pz(): Numbers {
    const { longitudinal } = this.#given;
    if ('pz' in longitudinal) return longitudinal.pz;
    return this.#keep('pz', () =>
      'eta' in longitudinal
        ? map((pt = 0, eta = 0) => pt * Math.sinh(eta), this.pt, longitudinal.eta)
        : map((pt = 0, theta = 0) => pt / Math.tan(theta), this.pt, longitudinal.theta),
    );
  }
  get eta(): Numbers {
    const { longitudinal } = this.#given;
    if ('eta' in longitudinal) return longitudinal.eta;
    return this.#keep('eta', () =>
      'theta' in longitudinal
        ? map((theta = 0) => -Math.log(Math.tan(theta / 2)), longitudinal.theta)
        : map((pt = 0, pz = 0) => pseudorapidity(pt, pz), this.pt, longitudinal.pz),
    );
  }
  get theta(): Numbers {
    const { longitudinal } = this.#given;
    if ('theta' in longitudinal) return longitudinal.theta;
    return this.#keep('theta', () =>
      'eta' in longitudinal
        ? map((eta = 0) => 2 * Math.atan(Math.exp(-eta)), longitudinal.eta)
        : map((pt = 0, pz = 0) => Math.atan2(pt, pz), this.pt, longitudinal.pz),
    );
  }
  get p2(): Numbers {
    return this.#keep('p2', () => map((pt = 0, pz = 0) => pt * pt + pz * pz, this.pt, this.pz));
  }
  get p(): Numbers {
    return this.#keep('p', () => map((p2 = 0) => Math.sqrt(p2), this.p2));
  }
  get E(): Numbers {
    const { temporal } = this.#given;
    if ('E' in temporal) return temporal.E;
    return this.#keep('E', () =>
      map((mass = 0, p2 = 0) => Math.sqrt(Math.max(0, mass * Math.abs(mass) + p2)), temporal.mass, this.p2),
    );
  }
  get mass2(): Numbers {
    const { temporal } = this.#given;
    return this.#keep('mass2', () =>
      'mass' in temporal
        ? map((mass = 0) => mass * Math.abs(mass), temporal.mass)
        : map((E = 0, p2 = 0) => E * E - p2, temporal.E, this.p2),
    );
  }
  get mass(): Numbers {
    const { temporal } = this.#given;
    if ('mass' in temporal) return temporal.mass;
    return this.#keep('mass', () => map((square = 0) => signedRoot(square), this.mass2));
  }
  get mt(): Numbers {
    const { temporal } = this.#given;
    return this.#keep('mt', () =>
      'mass' in temporal
        ? map((square = 0, pt = 0) => signedRoot(square + pt * pt), this.mass2, this.pt)
        : map((E = 0, pz = 0) => signedRoot(E * E - pz * pz), this.E, this.pz),
    );
  }
  get Et(): Numbers {
    return this.#keep('Et', () => map((E = 0, pt = 0, p = 0) => (E * pt) / p, this.E, this.pt, this.p));
  }
  get rapidity(): Numbers {
    return this.#keep('rapidity', () => map((E = 0, pz = 0) => 0.5 * Math.log((E + pz) / (E - pz)), this.E, this.pz));
  }
  get beta(): Numbers {
    return this.#keep('beta', () => map((p = 0, E = 0) => zero(p / E), this.p, this.E));
  }
  get gamma(): Numbers {
    return this.#keep('gamma', () =>
      map((E = 0, mass = 0) => (E === 0 && mass === 0 ? Infinity : E / mass), this.E, this.mass),
    );
  }
  get costheta(): Numbers {
    return this.#keep('costheta', () => map((pz = 0, p = 0) => pz / p, this.pz, this.p));
  }
}

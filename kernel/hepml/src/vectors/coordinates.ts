import { CygnetError } from '@cygnet/columns';

type Numbers = Float64Array;

/** Components as they were given; the others are worked out from them. */
export interface Coordinates {
  readonly azimuthal: { readonly px: Numbers; readonly py: Numbers } | { readonly pt: Numbers; readonly phi: Numbers };
  readonly longitudinal: { readonly pz: Numbers } | { readonly eta: Numbers } | { readonly theta: Numbers };
  readonly temporal: { readonly E: Numbers } | { readonly mass: Numbers };
}

/** Other names that scikit-hep `vector` knows, in lower case and as given. */
const otherNames: { readonly [name: string]: string } = {
  x: 'px',
  y: 'py',
  z: 'pz',
  t: 'E',
  rho: 'pt',
  tau: 'mass',
  m: 'mass',
  M: 'mass',
  e: 'E',
  energy: 'E',
};
const components = ['px', 'py', 'pt', 'phi', 'pz', 'eta', 'theta', 'E', 'mass'] as const;
export type Component = (typeof components)[number];

/** Which component a field is; undefined for other fields. */
export const componentOf = (field: string): Component | undefined => {
  const name = Object.hasOwn(otherNames, field) ? otherNames[field] : field;
  return components.find((component) => component === name);
};

const choices = {
  azimuthal: ['px and py', 'pt and phi'],
  longitudinal: ['pz', 'eta', 'theta'],
  temporal: ['E', 'mass'],
} as const;

const wrong = (group: keyof typeof choices, found: readonly string[], fields: readonly string[]): CygnetError =>
  new CygnetError(
    found.length === 0 ? 'column-not-found' : 'unsupported',
    `A four-vector needs ${choices[group].join(', or ')}; ${found.length === 0 ? 'none is there' : `there are ${found.join(', ')}`}. Its fields: ${fields.join(', ')}.`,
  );

/** @throws CygnetError `column-not-found` when a component is missing, `unsupported` when one is there twice. */
export const coordinatesOf = (fields: readonly string[], read: (field: string) => Float64Array): Coordinates => {
  const of = new Map<Component, string>();
  for (const field of fields) {
    const component = componentOf(field);
    if (component === undefined) continue;
    const twice = of.get(component);
    if (twice !== undefined) {
      throw new CygnetError(
        'unsupported',
        `Fields "${twice}" and "${field}" are both the ${component} of a four-vector.`,
      );
    }
    of.set(component, field);
  }
  const has = (component: Component): boolean => of.has(component);
  const numbers = (component: Component): Float64Array => read(of.get(component) as string);
  const isCartesian = has('px') && has('py');
  if (isCartesian === (has('pt') && has('phi'))) {
    throw wrong('azimuthal', isCartesian ? ['px', 'py', 'pt', 'phi'] : [], fields);
  }
  const longitudinal = (['pz', 'eta', 'theta'] as const).filter(has);
  if (longitudinal.length !== 1) throw wrong('longitudinal', longitudinal, fields);
  const temporal = (['E', 'mass'] as const).filter(has);
  if (temporal.length !== 1) throw wrong('temporal', temporal, fields);
  return {
    azimuthal: isCartesian ? { px: numbers('px'), py: numbers('py') } : { pt: numbers('pt'), phi: numbers('phi') },
    longitudinal: has('pz')
      ? { pz: numbers('pz') }
      : has('eta')
        ? { eta: numbers('eta') }
        : { theta: numbers('theta') },
    temporal: has('E') ? { E: numbers('E') } : { mass: numbers('mass') },
  };
};

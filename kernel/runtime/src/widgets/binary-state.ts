/** Widget state on the wire is JSON; what is binary in it travels beside it, each with its path. */
export type Path = readonly (string | number)[];

export interface SplitState {
  readonly state: unknown;
  readonly paths: readonly Path[];
  readonly buffers: readonly Uint8Array[];
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

/** Takes the bytes out of a state: absent in objects, null in arrays. */
export const splitState = (state: unknown): SplitState => {
  const paths: Path[] = [];
  const buffers: Uint8Array[] = [];
  const strip = (value: unknown, path: Path): unknown => {
    if (value instanceof Uint8Array) {
      paths.push(path);
      buffers.push(value);
      return null;
    }
    if (Array.isArray(value)) return value.map((element, index) => strip(element, [...path, index]));
    if (!isRecord(value)) return value;
    const entries = Object.entries(value).map(([key, inner]) => [key, strip(inner, [...path, key]), inner] as const);
    return Object.fromEntries(
      entries.filter(([, , inner]) => !(inner instanceof Uint8Array)).map(([key, kept]) => [key, kept]),
    );
  };
  return { state: strip(state, []), paths, buffers };
};

/**
 * Puts bytes back to their places, in place.
 *
 * @throws RangeError when a path leads nowhere
 */
export const joinState = (state: unknown, paths: readonly unknown[], buffers: readonly Uint8Array[]): void => {
  for (const [index, path] of paths.entries()) {
    const keys = Array.isArray(path) ? (path as unknown[]).map(String) : [];
    const last = keys.pop();
    let place = state;
    for (const key of keys) place = isContainer(place) ? place[key] : undefined;
    if (last === undefined || last === '__proto__' || !isContainer(place))
      throw new RangeError(`A message of a widget has bytes for ${JSON.stringify(path)}, which is not in its state.`);
    place[last] = buffers[index];
  }
};

const isContainer = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

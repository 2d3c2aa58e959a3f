/** Coordinates of a curve's points, in one drawing. */
interface Drawing {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** Largest distance of a left-out point from the drawn curve, as a fraction of an axis. */
export const thinningBound = 1e-3;

/** Largest distance between kept points, so that the mouse finds a cut everywhere. */
const longestGap = 0.02;

/**
 * Points of a ROC curve that are enough to draw it, first and last included.
 *
 * No point that is left out lies farther than {@link thinningBound} from the line through its kept neighbours, neither in
 * the plane of the efficiencies (whose axes have length 1) nor in signal efficiency against log10 of the background
 * efficiency, four decades a unit: a displayed rejection moves by less than 1 %. The curve is at most 2 long,
 * so the area below moves by less than 2e-3, in practice by some 1e-5. (Ramer 1972, Douglas and Peucker 1973.)
 */
export const thinCurve = (signal: Float64Array, background: Float64Array): readonly number[] => {
  const last = signal.length - 1;
  const linear: Drawing = { x: background, y: signal };
  const logarithmic: Drawing = { x: signal, y: background.map((value) => Math.log10(value) / 4) };
  const kept = new Set([0, last]);
  const pending: [number, number][] = [];
  // Without background a point has no place on the log axis: the curve is cut where the first background event comes in.
  let start = 0;
  for (let i = 1; i <= last; i++) {
    if ((background[i] as number) > 0 === (background[i - 1] as number) > 0) continue;
    kept.add(i - 1).add(i);
    pending.push([start, i - 1]);
    start = i;
  }
  pending.push([start, last]);
  for (let segment = pending.pop(); segment; segment = pending.pop()) {
    const [from, to] = segment;
    if (to - from < 2) continue;
    const drawings = (background[from] as number) > 0 ? [linear, logarithmic] : [linear];
    const { split, distance } = farthest(drawings, from, to);
    const isLong = distanceSquared(linear, from, to) > longestGap ** 2;
    if (distance <= thinningBound && !isLong) continue;
    const middle = distance > thinningBound ? split : (from + to) >> 1;
    kept.add(middle);
    pending.push([from, middle], [middle, to]);
  }
  return [...kept].sort((a, b) => a - b);
};

const distanceSquared = ({ x, y }: Drawing, from: number, to: number): number =>
  ((x[to] as number) - (x[from] as number)) ** 2 + ((y[to] as number) - (y[from] as number)) ** 2;

/** The point between two others that is farthest from the straight line between them in any of the drawings. */
const farthest = (drawings: readonly Drawing[], from: number, to: number): { split: number; distance: number } => {
  let split = from + 1;
  let largest = 0;
  for (const drawing of drawings) {
    const { x, y } = drawing;
    const [x0, y0] = [x[from] as number, y[from] as number];
    const [dx, dy] = [(x[to] as number) - x0, (y[to] as number) - y0];
    const scale = 1 / (distanceSquared(drawing, from, to) || Infinity);
    for (let i = from + 1; i < to; i++) {
      const px = (x[i] as number) - x0;
      const py = (y[i] as number) - y0;
      const along = Math.min(1, Math.max(0, (px * dx + py * dy) * scale));
      const distance = (px - along * dx) ** 2 + (py - along * dy) ** 2;
      if (distance > largest) {
        largest = distance;
        split = i;
      }
    }
  }
  return { split, distance: Math.sqrt(largest) };
};

/** Finds the nearest of a set of points, which can be taken out one after another. */
export interface NearestEvents {
  /** Number of the nearest point that is still there, or -1. */
  nearest(of: Float32Array): number;
  remove(point: number): void;
}

/**
 * A k-d tree (J. Bentley, Commun. ACM 18 (1975) 509): points in the middle of each range are nodes, axes take turns.
 *
 * @param points Row-major, points x width.
 */
export const nearestEvents = (points: Float32Array, width: number): NearestEvents => {
  const count = points.length / width;
  const coordinate = (point: number, axis: number): number => points[point * width + axis] as number;
  const order = Int32Array.from({ length: count }, (_, point) => point);
  const place = new Int32Array(count);
  /** Points left in the range whose middle this place is. */
  const left = new Int32Array(count);
  const isGone = new Uint8Array(count);
  const build = (start: number, stop: number, axis: number): void => {
    if (start >= stop) return;
    order.subarray(start, stop).sort((a, b) => coordinate(a, axis) - coordinate(b, axis));
    const middle = (start + stop) >> 1;
    left[middle] = stop - start;
    place[order[middle] as number] = middle;
    build(start, middle, (axis + 1) % width);
    build(middle + 1, stop, (axis + 1) % width);
  };
  build(0, count, 0);

  const search = (of: Float32Array): number => {
    let best = -1;
    let bestDistance = Infinity;
    const visit = (start: number, stop: number, axis: number): void => {
      if (start >= stop) return;
      const middle = (start + stop) >> 1;
      if (left[middle] === 0) return;
      const point = order[middle] as number;
      if (isGone[point] === 0) {
        let distance = 0;
        for (let i = 0; i < width; i++) distance += (coordinate(point, i) - (of[i] as number)) ** 2;
        if (distance < bestDistance) [best, bestDistance] = [point, distance];
      }
      const beyond = (of[axis] as number) - coordinate(point, axis);
      const next = (axis + 1) % width;
      const sides = [
        [start, middle],
        [middle + 1, stop],
      ] as const;
      const [near, far] = beyond < 0 ? sides : [sides[1], sides[0]];
      visit(near[0], near[1], next);
      if (beyond ** 2 < bestDistance) visit(far[0], far[1], next);
    };
    visit(0, count, 0);
    return best;
  };
  return {
    nearest: search,
    remove: (point) => {
      if (isGone[point] === 1) return;
      isGone[point] = 1;
      const target = place[point] as number;
      let [start, stop] = [0, count];
      for (;;) {
        const middle = (start + stop) >> 1;
        left[middle] = (left[middle] as number) - 1;
        if (middle === target) return;
        if (target < middle) stop = middle;
        else start = middle + 1;
      }
    },
  };
};

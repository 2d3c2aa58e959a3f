import { randomSource, Table } from '../src/data/index.ts';

/** One list of numbers an event. */
export const lists = (events: readonly (readonly number[])[]) => {
  const offsets = Int32Array.from([0, ...events.map(() => 0)]);
  events.forEach((event, i) => (offsets[i + 1] = (offsets[i] as number) + event.length));
  const values = Float32Array.from(events.flat());
  return { kind: 'jagged', offsets, content: { kind: 'flat', type: 'float32', values } } as const;
};

const side = 8;
const amplitude = 1.6;

/** Noise of unit spread, and in signal a bright square of 2 x 2 pixels somewhere: with the exact likelihood ratio. */
export const spotImages = (events: number, seed: number): { readonly table: Table; readonly score: Float64Array } => {
  const random = randomSource(seed);
  const isSignal = Uint8Array.from({ length: events }, (_, i) => i % 2);
  const places = (side - 1) ** 2;
  const square = (place: number): readonly number[] => {
    const corner = Math.floor(place / (side - 1)) * side + (place % (side - 1));
    return [corner, corner + 1, corner + side, corner + side + 1];
  };
  const images = Array.from(isSignal, (label) => {
    const image = Array.from({ length: side * side }, () => random.normal());
    const place = random.below(places);
    if (label === 1) square(place).forEach((pixel) => (image[pixel] = (image[pixel] as number) + amplitude));
    return image.map(Math.fround);
  });
  const score = Float64Array.from(images, (image) => {
    let sum = 0;
    for (let place = 0; place < places; place++) {
      const bright = square(place).reduce((all, pixel) => all + (image[pixel] as number), 0);
      sum += Math.exp(amplitude * bright - 2 * amplitude ** 2);
    }
    return Math.log(sum / places);
  });
  return { table: Table.from({ image: lists(images), isSignal }, { name: 'spots', label: 'isSignal' }), score };
};

/** How a model sees an event: one number a feature, a set of particles, or an image of pixels. */
export type InputLayout =
  | { readonly kind: 'features' }
  /** Particles in jagged columns; of more than `most`, the first ones count. */
  | { readonly kind: 'particles'; readonly most?: number }
  /** An image of `shape`, height x width x channels: a jagged column of so many numbers an event, or so many columns. */
  | { readonly kind: 'image'; readonly shape: readonly [height: number, width: number, channels: number] };

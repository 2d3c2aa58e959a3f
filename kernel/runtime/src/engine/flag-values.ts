/** What the shared flag says. */
export const flagValues = {
  none: 0,
  /** Raised by another thread: whatever runs now is to stop. */
  stop: 1,
  /** The interrupt has arrived; only loops that go on although their cell has ended are to stop. */
  settle: 2,
} as const;

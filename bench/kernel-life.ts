/** What the driver reports of one kernel, from its launch to its shutdown. Times are seconds. */
export interface Life {
  readonly ready: number;
  readonly ready_cpu: number;
  readonly first: number;
  readonly first_cpu: number;
  readonly first_shown: string;
  readonly cells: readonly number[];
  readonly cell_cpu: number;
  readonly cells_shown: readonly string[];
  readonly completions: readonly number[];
  readonly matches: readonly number[];
  readonly resident_bytes: number;
  readonly proportional_bytes: number;
}

/** What one life consists of. */
export interface LifePlan {
  readonly kernel: string;
  readonly first: string;
  readonly cells: readonly string[];
  /** Code to complete at its end, after the cells. */
  readonly complete?: readonly string[];
  /** Seconds to wait before memory is looked at. */
  readonly settle?: number;
}

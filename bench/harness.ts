import { median, relativeSpread } from './statistics.ts';

/** One timing of one case. */
export interface Sample {
  readonly case: string;
  readonly seconds: number;
  /** Processor time of the process that did the work, where it is cheap to know. */
  readonly cpuSeconds?: number;
  /** What came out, for comparison with the peer's. */
  readonly result: unknown;
  /** Of ours: what it is compared with where that is ours as well, for example the same on one thread. */
  readonly against?: Omit<Sample, 'case' | 'against'>;
}

/** A benchmark: one call of `ours` or `theirs` times every case once. */
export interface Benchmark {
  readonly name: string;
  /** For example `ipykernel 7.4.0`. */
  readonly peer: string;
  /** How the comparison is made, in a line or two, for the reader of the table. */
  readonly notes: readonly string[];
  ours(round: number): Promise<readonly Sample[]>;
  theirs(round: number): Promise<readonly Sample[]>;
  /** Whether the results of one case agree. */
  agree(ours: unknown, theirs: unknown, name: string): boolean;
  /** What is measured once and has no peer. */
  figures?(): Promise<readonly Figure[]>;
  close(): Promise<void>;
}

/** One number, as printed. */
export interface Figure {
  readonly case: string;
  readonly value: number;
  readonly unit: 'ms' | 'MB' | 'x';
  /** The most that it is meant to be. */
  readonly limit?: number;
}

/** One case, as printed. Times are medians over the rounds; `ratio` is ours over the peer's. */
export interface Row {
  readonly bench: string;
  readonly case: string;
  readonly peer: string;
  readonly rounds: number;
  readonly ours_s: number;
  readonly peer_s: number;
  readonly ratio: number;
  readonly agree: boolean;
}

/** A row with what only the readable table shows. */
export interface DetailedRow {
  readonly row: Row;
  readonly oursSpread: number;
  readonly peerSpread: number;
  readonly oursCpuSeconds?: number;
  readonly peerCpuSeconds?: number;
}

interface Pair {
  readonly ours: Sample[];
  readonly theirs: Sample[];
}

const cpuMedian = (samples: readonly Sample[]): number | undefined => {
  const seconds = samples.flatMap(({ cpuSeconds }) => (cpuSeconds === undefined ? [] : [cpuSeconds]));
  return seconds.length === 0 ? undefined : median(seconds);
};

const summarise = (benchmark: Benchmark, name: string, { ours, theirs }: Pair): DetailedRow => {
  if (ours.length !== theirs.length)
    throw new Error(`Case "${name}" ran ${ours.length} times here and ${theirs.length} times in the peer.`);
  const times = { ours: ours.map(({ seconds }) => seconds), theirs: theirs.map(({ seconds }) => seconds) };
  const cpu = { ours: cpuMedian(ours), theirs: cpuMedian(theirs) };
  const [ours_s, peer_s] = [median(times.ours), median(times.theirs)];
  return {
    row: {
      bench: benchmark.name,
      case: name,
      peer: benchmark.peer,
      rounds: ours.length,
      ours_s,
      peer_s,
      ratio: ours_s / peer_s,
      agree: ours.every((sample, round) => benchmark.agree(sample.result, theirs[round]?.result, name)),
    },
    oursSpread: relativeSpread(times.ours),
    peerSpread: relativeSpread(times.theirs),
    ...(cpu.ours !== undefined && { oursCpuSeconds: cpu.ours }),
    ...(cpu.theirs !== undefined && { peerCpuSeconds: cpu.theirs }),
  };
};

/**
 * Runs a benchmark and its peer in turns: a warm-up of each that does not count, then `rounds` rounds in which they
 * alternate in going first, so that a slow moment of the machine meets both.
 */
export const compare = async (
  benchmark: Benchmark,
  options: { readonly rounds: number; readonly onRound?: (round: number) => void },
): Promise<readonly DetailedRow[]> => {
  if (!Number.isInteger(options.rounds) || options.rounds < 5)
    throw new RangeError(`${options.rounds} rounds asked, at least 5 are needed.`);
  const cases = new Map<string, Pair>();
  const keep = (side: keyof Pair, samples: readonly Sample[]): void => {
    for (const sample of samples) {
      const pair = cases.get(sample.case) ?? { ours: [], theirs: [] };
      cases.set(sample.case, pair);
      pair[side].push(sample);
      if (sample.against !== undefined) pair.theirs.push({ ...sample.against, case: sample.case });
    }
  };
  await benchmark.ours(0);
  await benchmark.theirs(0);
  for (let round = 1; round <= options.rounds; round++) {
    const order = round % 2 === 1 ? (['ours', 'theirs'] as const) : (['theirs', 'ours'] as const);
    for (const side of order) keep(side, await benchmark[side](round));
    options.onRound?.(round);
  }
  return [...cases].map(([name, pair]) => summarise(benchmark, name, pair));
};

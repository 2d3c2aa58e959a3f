import type { Benchmark, Sample } from './harness.ts';
import { startPeer } from './peer-process.ts';
import { median } from './statistics.ts';

/** What the driver reports of one kernel, from its launch to its shutdown. */
interface Life {
  readonly ready: number;
  readonly ready_cpu: number;
  readonly first: number;
  readonly first_cpu: number;
  readonly first_shown: string;
  readonly cells: readonly number[];
  readonly cell_cpu: number;
  readonly cells_shown: readonly string[];
}

const cellsARound = 20;

/** Each cell is new text and uses the one before, as in a notebook that grows. */
const typescriptCell = (i: number): string =>
  `const x${i}: number = ${i === 0 ? '1' : `x${i - 1} + 1`};\nconsole.log(x${i} * 2);`;
const pythonCell = (i: number): string => `x${i} = ${i === 0 ? '1' : `x${i - 1} + 1`}\nprint(x${i} * 2)`;

const samples = (life: Life): readonly Sample[] => [
  { case: 'launch to ready', seconds: life.ready, cpuSeconds: life.ready_cpu, result: '' },
  { case: 'launch to first result', seconds: life.first, cpuSeconds: life.first_cpu, result: life.first_shown },
  { case: 'one more cell', seconds: median(life.cells), cpuSeconds: life.cell_cpu, result: life.cells_shown.join() },
];

/** Our kernel and ipykernel, both driven by the same program through jupyter_client. */
export const kernelBenchmark = async (): Promise<Benchmark> => {
  const driver = startPeer('kernel_driver.py');
  const { ipykernel } = await driver.ask<{ ipykernel: string }>({ op: 'version' });
  const live = async (kernel: string, cell: (i: number) => string): Promise<readonly Sample[]> =>
    samples(
      await driver.ask<Life>({
        op: 'run',
        kernel,
        first: '1 + 1',
        cells: Array.from({ length: cellsARound }, (_, i) => cell(i)),
      }),
    );
  return {
    name: 'kernel',
    peer: `ipykernel ${ipykernel}`,
    notes: [
      `A round launches a kernel, runs "1 + 1", then ${cellsARound} cells that differ, declare a typed constant and print; "one more cell" is their median.`,
      'The TypeScript kernel type-checks each cell before it runs it; ipykernel checks nothing. CPU time is that of the kernel process and its children.',
    ],
    ours: () => live('cygnet', typescriptCell),
    theirs: () => live('python3', pythonCell),
    agree: (ours, theirs) => ours === theirs,
    close: () => driver.close(),
  };
};

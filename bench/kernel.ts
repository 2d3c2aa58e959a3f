import type { Benchmark, Sample } from './harness.ts';
import { kernelFigures } from './kernel-figures.ts';
import type { Life, LifePlan } from './kernel-life.ts';
import { denoVersion, peerFolder, writeKernelSpecs } from './kernel-specs.ts';
import { startPeer } from './peer-process.ts';
import { median } from './statistics.ts';

const cellsARound = 20;
const completions = Array.from({ length: 10 }, () => 'x1');

/** Each cell is new text and uses the one before, as in a notebook that grows. */
const typescriptCell = (i: number): string =>
  `const x${i}: number = ${i === 0 ? '1' : `x${i - 1} + 1`};\nconsole.log(x${i} * 2);`;
const pythonCell = (i: number): string => `x${i} = ${i === 0 ? '1' : `x${i - 1} + 1`}\nprint(x${i} * 2)`;

const samples = (life: Life): readonly Sample[] => [
  { case: 'launch to ready', seconds: life.ready, cpuSeconds: life.ready_cpu, result: '' },
  { case: 'launch to first result', seconds: life.first, cpuSeconds: life.first_cpu, result: life.first_shown },
  { case: 'one more cell', seconds: median(life.cells), cpuSeconds: life.cell_cpu, result: life.cells_shown.join() },
  { case: 'completion', seconds: median(life.completions), result: '' },
];

/** Our kernel beside ipykernel, tslab's and Deno's, all driven by the same program through jupyter_client. */
export const kernelBenchmarks = async (): Promise<readonly Benchmark[]> => {
  const specs = writeKernelSpecs();
  const driver = startPeer('kernel_driver.py', { JUPYTER_PATH: specs.folder });
  const { ipykernel, tslab } = await driver.ask<{ ipykernel: string; tslab: string }>({ op: 'version' });
  const live = (plan: LifePlan): Promise<Life> => driver.ask<Life>({ op: 'run', ...plan });
  const round = async (kernel: string, cell: (i: number) => string): Promise<readonly Sample[]> => {
    const cells = Array.from({ length: cellsARound }, (_, i) => cell(i));
    return samples(await live({ kernel, first: '1 + 1', cells, complete: completions }));
  };
  const against = (peer: string, kernel: string, cell: (i: number) => string, note: string): Benchmark => ({
    name: 'kernel',
    peer,
    notes: [note],
    ours: () => round('cygnet', typescriptCell),
    theirs: () => round(kernel, cell),
    agree: (ours, theirs) => ours === theirs,
    close: () => Promise.resolve(),
  });
  const [first, ...others] = [
    against(
      `ipykernel ${ipykernel}`,
      'python3',
      pythonCell,
      `A round launches a kernel, runs "1 + 1", then ${cellsARound} cells that differ, declare a typed constant and print, then ${completions.length} completions; "one more cell" and "completion" are medians. CPU time is that of the kernel process and its children. ipykernel checks no types.`,
    ),
    against(`tslab ${tslab}`, 'tslab', typescriptCell, 'tslab checks types as we do.'),
    ...(specs.hasDeno ? [against(`Deno ${denoVersion}`, 'deno', typescriptCell, 'Deno checks no types.')] : []),
  ];
  if (first === undefined) throw new Error('There is no kernel to compare with.');
  const missing = `Deno's kernel is not here, so it has no rows. To have them: npm install --prefix ${peerFolder} deno@${denoVersion}`;
  return [{ ...first, notes: [...first.notes, ...(specs.hasDeno ? [] : [missing])] }, ...others].map(
    (benchmark, i, all) =>
      i < all.length - 1
        ? benchmark
        : { ...benchmark, figures: () => kernelFigures(live), close: () => driver.close() },
  );
};

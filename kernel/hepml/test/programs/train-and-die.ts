/** Trains with a checkpoint and is killed after so many epochs, without a chance to tidy up. */
import { writeFileSync } from 'node:fs';
import { fitModel } from '../../src/train/index.ts';
import { resumable } from '../resumable-training.ts';

const [folder, epochs] = process.argv.slice(2) as [string, string];
await fitModel(resumable.model, resumable.table, {
  ...resumable.options,
  checkpoint: folder,
  onProgress: ({ steps }) => {
    if (steps.length <= Number(epochs)) return;
    writeFileSync(`${folder}/killed`, '');
    process.kill(process.pid, 'SIGKILL');
  },
});

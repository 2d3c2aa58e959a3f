/** `npm run build`: the TypeScript rooms and the JupyterLab extension, from changed sources. */
import { buildExtension, buildPackages } from './setup/build-steps.mjs';
import { readOptions } from './setup/options.mjs';
import { exitCodeOf, stopOnSignals } from './setup/processes.mjs';
import { report } from './setup/run-steps.mjs';

readOptions({
  command: 'npm run build',
  summary: 'Builds the kernel packages and the JupyterLab extension.',
  options: {},
});
stopOnSignals();
try {
  await buildPackages({ echo: true });
  await buildExtension({ echo: true });
  console.log(
    'Built. A running JupyterLab shows the new extension after a reload, and the new kernel after a kernel restart.',
  );
} catch (error) {
  process.exitCode = report(error, exitCodeOf);
}

/** `npm start`: sets up what is missing, then opens JupyterLab with the kernel, the extension, the datasets and the tutorials. */
import { consentToRoot } from './setup/consent.mjs';
import { hasDisplay, startJupyterLab } from './setup/jupyterlab.mjs';
import { readOptions } from './setup/options.mjs';
import { shown } from './setup/paths.mjs';
import { choosePort, defaultPort } from './setup/ports.mjs';
import { prepare } from './setup/prepare.mjs';
import { exitCodeOf, stopPrograms } from './setup/processes.mjs';
import { report } from './setup/run-steps.mjs';

const { values } = readOptions({
  command: 'npm start --',
  summary: 'Sets Cygnet up where needed and opens JupyterLab on 127.0.0.1. Ctrl-C stops it.',
  options: {
    'no-browser': { type: 'boolean', default: false, help: 'only print the address' },
    port: { type: 'string', value: 'N', help: `the port to use (else ${defaultPort}, or the next free one)` },
    light: { type: 'boolean', default: false, help: 'without TensorFlow: networks train on tfjs-wasm' },
    'allow-root': { type: 'boolean', default: false, help: 'do not ask when started as root outside a container' },
  },
});

try {
  await consentToRoot({ allowRoot: values['allow-root'] });
  if (values.port !== undefined) await choosePort(values.port); // a port in use shows before minutes of set-up
  const setUp = await prepare({ light: values.light, quiet: true });
  console.log(
    setUp.done.length > 0
      ? `Set up in ${setUp.seconds.toFixed(0)} s.`
      : `Set-up is complete (checked in ${setUp.seconds.toFixed(1)} s).`,
  );
  const port = await choosePort(values.port);
  if (values.port === undefined && port !== defaultPort) console.log(`Port ${defaultPort} is in use; taking ${port}.`);
  const { address, seconds, ended, log } = await startJupyterLab({
    port,
    browser: !values['no-browser'] && hasDisplay(),
    light: values.light,
  });
  console.log(
    `JupyterLab answers after ${seconds.toFixed(1)} s. Open it at\n\n    ${address}\n\nIts log is ${shown(log)}. Ctrl-C stops it.`,
  );
  process.exitCode = await endOf(ended);
} catch (error) {
  stopPrograms();
  process.exitCode = report(error, exitCodeOf);
}

/** After Ctrl-C JupyterLab gets ten seconds to end its kernels. */
async function endOf(ended) {
  let stopped = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.once(signal, () => {
      stopped = true;
      console.log('\nStopping JupyterLab …');
      setTimeout(() => stopPrograms('SIGKILL'), 10_000).unref();
    });
  }
  const code = await ended;
  return stopped ? 0 : code;
}

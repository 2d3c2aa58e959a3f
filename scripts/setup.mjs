/** `npm run setup`: everything that `npm start` needs, without starting it. */
import { readOptions } from './setup/options.mjs';
import { prepareOrExit } from './setup/prepare.mjs';

const { values } = readOptions({
  command: 'npm run setup --',
  summary:
    'Sets Cygnet up inside this folder: npm packages, a Python environment, the build. Run again, it does only what is missing.',
  options: {
    light: {
      type: 'boolean',
      default: false,
      help: 'without TensorFlow (saves 1.3 GB; networks then train on tfjs-wasm)',
    },
    test: { type: 'boolean', default: false, help: 'with the Python packages that the tests compare with' },
    gpu: { type: 'boolean', default: false, help: 'not available yet' },
  },
});

const { done, seconds } = await prepareOrExit(values);
console.log(
  done.length === 0
    ? `Everything is set up (checked in ${seconds.toFixed(1)} s).`
    : `Set up in ${seconds.toFixed(0)} s. Next: npm start`,
);

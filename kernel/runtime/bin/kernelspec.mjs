/** Writes the kernelspec by which Jupyter finds this kernel. Needs nothing built. */
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));

/** The contents of `kernel.json`. */
export const kernelSpec = ({ venv, node, clone }) => ({
  argv: [node, path.join(clone, 'kernel/runtime/bin/cygnet-kernel.mjs'), '{connection_file}'],
  display_name: 'Cygnet (TypeScript)',
  language: 'typescript',
  interrupt_mode: 'message',
  env: {
    CYGNET_PYTHON_ENV: venv,
    // Compiled JavaScript is kept between starts: the TypeScript compiler alone is 9 MB of source.
    NODE_COMPILE_CACHE: path.join(clone, '.cygnet/compile-cache'),
    CYGNET_HISTORY_FILE: path.join(clone, '.cygnet/history.jsonl'),
    // ONNX Runtime would otherwise report its use to its maker, and leave files in the home folder.
    ORT_DISABLE_TELEMETRY: '1',
  },
  metadata: { debugger: false },
});

/**
 * Writes `<venv>/share/jupyter/kernels/cygnet/{kernel.json,logo-svg.svg}` and returns that folder.
 *
 * @param {{ venv: string, node: string, clone: string }} options absolute paths: the Python environment that has
 *   Jupyter and the native libraries, the Node 24 program, and the folder of this repository
 */
export const writeKernelspec = ({ venv, node, clone }) => {
  const folder = path.join(venv, 'share/jupyter/kernels/cygnet');
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    path.join(folder, 'kernel.json'),
    `${JSON.stringify(kernelSpec({ venv, node, clone }), undefined, 2)}\n`,
  );
  cpSync(path.join(here, 'logo-svg.svg'), path.join(folder, 'logo-svg.svg'));
  return folder;
};

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { missing, present } from './report.mjs';
import { pythonPackageVersion } from './places.mjs';

const setUp = 'npm run setup';

/** What the set-up puts together: JupyterLab, the kernel, the extension and the engines. */
export function parts(here) {
  return [
    jupyterLab(here),
    kernel(here),
    extension(here),
    library(),
    tensorFlow(here),
    xgboost(here),
    onnxRuntime(),
    codecs(here),
  ];
}

function jupyterLab({ sitePackages }) {
  const version = pythonPackageVersion(sitePackages, 'jupyterlab');
  return version ? present('JupyterLab', version) : missing('JupyterLab', 'not installed', setUp);
}

function kernel({ environment }) {
  const file = environment && path.join(environment, 'share', 'jupyter', 'kernels', 'cygnet', 'kernel.json');
  if (!file || !existsSync(file)) return missing('kernel', 'no kernelspec "cygnet"', setUp);
  const { argv, display_name: name } = JSON.parse(readFileSync(file, 'utf8'));
  const absent = argv.slice(0, 2).find((part) => !existsSync(part));
  return absent
    ? missing('kernel', `${file} names ${absent}, which is not there`, setUp)
    : present('kernel', `${name} (${file})`);
}

function extension({ environment }) {
  const folder = environment && path.join(environment, 'share', 'jupyter', 'labextensions', '@cygnet', 'extension');
  const file = folder && path.join(folder, 'package.json');
  if (!file || !existsSync(file)) return missing('extension', 'not installed', setUp);
  return present('extension', `@cygnet/extension ${JSON.parse(readFileSync(file, 'utf8')).version}`);
}

function library() {
  const built = new URL('../../dist/index.js', import.meta.url);
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  return existsSync(built)
    ? present('library', `cygnet ${version}`)
    : missing('library', `cygnet ${version}, not built`, setUp);
}

/**
 * Loads a wheel's shared library in a Python of its own and asks for its version: a file that is there may still need
 * something that is not.
 */
function ask({ environment, sitePackages }, files, code) {
  const file = sitePackages && files.map((name) => path.join(sitePackages, name)).find((name) => existsSync(name));
  if (!file) return { reason: 'not installed' };
  const program = `import ctypes, sys\nlib = ctypes.CDLL(sys.argv[1])\n${code}`;
  const answer = spawnSync(`${environment}/bin/python`, ['-I', '-c', program, file], {
    encoding: 'utf8',
    timeout: 60_000,
  });
  if (answer.status === 0) return { version: answer.stdout.trim() };
  return { reason: `${file} does not load: ${answer.stderr.trim().split('\n').pop() || 'it crashed'}` };
}

function tensorFlow(here) {
  const files = ['tensorflow/libtensorflow_cc.so.2', 'tensorflow/libtensorflow_cc.2.dylib'];
  const { version, reason } = ask(
    here,
    files,
    'lib.TF_Version.restype = ctypes.c_char_p\nprint(lib.TF_Version().decode())',
  );
  if (version) return present('TensorFlow', `${version}, loads`, { required: false });
  return missing('TensorFlow', reason, `${setUp}; without it networks train on tfjs-wasm`, { required: false });
}

function xgboost(here) {
  const files = ['xgboost/lib/libxgboost.so', 'xgboost/lib/libxgboost.dylib'];
  const code =
    'v = [ctypes.c_int() for _ in range(3)]\nlib.XGBoostVersion(*map(ctypes.byref, v))\nprint(".".join(str(x.value) for x in v))';
  const { version, reason } = ask(here, files, code);
  const openMp = process.platform === 'darwin' ? '; on macOS it needs OpenMP: brew install libomp' : '';
  return version ? present('XGBoost', `${version}, loads`) : missing('XGBoost', reason, setUp + openMp);
}

/** The libraries that decompress ROOT files; their names carry a hash of their build. */
function codecs(here) {
  const folders = here.sitePackages ? ['imagecodecs.libs', 'imagecodecs/.dylibs'] : [];
  const files = folders.flatMap((folder) => {
    const full = path.join(here.sitePackages, folder);
    return existsSync(full) ? readdirSync(full).map((name) => `${folder}/${name}`) : [];
  });
  const text = (name) => `lib.${name}.restype = ctypes.c_char_p\nprint(lib.${name}().decode())`;
  const found = [
    ['libdeflate', 'lib.libdeflate_zlib_decompress\nprint("")'],
    ['libzstd', text('ZSTD_versionString')],
    ['liblz4', text('LZ4_versionString')],
    ['liblzma', text('lzma_version_string')],
  ].map(([name, code]) => {
    const pattern = new RegExp(`/${name}[-.].*(so|dylib)`);
    const { version, reason } = ask(
      here,
      files.filter((file) => pattern.test(file)),
      code,
    );
    return reason === undefined
      ? { have: `${name.slice(3)} ${version}`.trim() }
      : { lack: `${name.slice(3)}: ${reason}` };
  });
  const lacking = found.filter(({ lack }) => lack !== undefined);
  const have = found.flatMap(({ have: one }) => one ?? []).join(', ');
  if (lacking.length === 0) return present('codecs of ROOT files', have, { required: false });
  const lack = lacking.map((one) => one.lack).join('; ');
  return missing(
    'codecs of ROOT files',
    [have, lack].filter(Boolean).join('; '),
    `${setUp}; without them Node's own read, about half as fast`,
    { required: false },
  );
}

function onnxRuntime() {
  try {
    const manifest = createRequire(import.meta.url).resolve('onnxruntime-node/package.json');
    const { version } = JSON.parse(readFileSync(manifest, 'utf8'));
    const bin = path.join(path.dirname(manifest), 'bin');
    const native = readdirSync(bin).some((api) =>
      existsSync(path.join(bin, api, process.platform, process.arch, 'onnxruntime_binding.node')),
    );
    return native
      ? present('ONNX Runtime', version)
      : missing(
          'ONNX Runtime',
          `${version} has nothing for ${process.platform} ${process.arch}`,
          'export needs it to verify a model',
        );
  } catch (error) {
    return missing('ONNX Runtime', error.code === 'MODULE_NOT_FOUND' ? 'not installed' : error.message, setUp);
  }
}

import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Stands in for npm: notes the call, and installs a node_modules folder as small as the scripts need it. */
const npm = (node: string) => `#!/bin/sh
echo "npm $*" >> "$CALLS"
case "$FAKE_NPM" in
  offline) echo "npm error code ENOTFOUND"; echo "npm error network request to https://packages.invalid/koffi failed, reason: getaddrinfo ENOTFOUND packages.invalid"; exit 1 ;;
  slow) echo started >> "$CALLS"; (/bin/sleep 2; echo survived >> "$CALLS") & wait ;;
esac
/bin/mkdir -p node_modules/.bin node_modules/typescript/bin
/bin/ln -sf "${node}" node_modules/.bin/node
echo "require('node:fs').mkdirSync('kernel/hepml/dist', { recursive: true }); require('node:fs').writeFileSync('kernel/hepml/dist/index.js', '')" > node_modules/typescript/bin/tsc
echo '{ "packages": {} }' > node_modules/.package-lock.json
`;

/** Stands in for Python, its venv, pip and JupyterLab. */
const python = (version: string, missing: readonly string[], jupyter: string) => `#!/bin/sh
case "$1 $2" in
  "-I -c") echo '{"version": [${version.split('.').join(', ')}], "path": "'"$0"'", "missing": ${JSON.stringify(missing)}}'; exit 0 ;;
esac
echo "python $*" >> "$CALLS"
case "$2" in
  venv)
    /bin/mkdir -p "$3/bin" "$3/lib/python3.12/site-packages"
    /bin/cp "$0" "$3/bin/python"; echo "version = 3.12.1" > "$3/pyvenv.cfg"; echo "$3" > "$3/bin/activate"; : > "$3/bin/pip" ;;
  pip)
    for list; do :; done
    case "$list $FAKE_PIP" in
      *tensorflow*offline) echo "WARNING: Retrying: NewConnectionError: Failed to establish a new connection: [Errno -2] Name or service not known"; echo "ERROR: No matching distribution found for tensorflow-cpu==2.21.0"; exit 1 ;;
      *full) echo "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device"; exit 1 ;;
      *hash) echo "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE."; exit 1 ;;
    esac
    for name in jupyterlab tensorflow uproot; do /bin/mkdir -p "\${0%/bin/python}/lib/python3.12/site-packages/$name"; done ;;
  jupyterlab) exec ${jupyter} "$@" ;;
esac
`;

/** Answers `/api/status` as JupyterLab does, to those who have the token; ends on SIGTERM. */
export const fakeJupyter = `
import http from 'node:http';
const port = Number(process.argv.find((argument) => argument.startsWith('--ServerApp.port=')).split('=')[1]);
if (process.env.FAKE_JUPYTER === 'broken') { console.error('ImportError: no module named traitlets'); process.exit(1); }
http.createServer((request, reply) => {
  reply.statusCode = request.headers.authorization === 'token ' + process.env.JUPYTER_TOKEN ? 200 : 403;
  reply.end(JSON.stringify({ args: process.argv.slice(2), config: process.env.JUPYTER_CONFIG_DIR }));
}).listen(port, '127.0.0.1');
process.on('SIGTERM', () => { console.log('shut down'); process.exit(0); });
`;

function write(file: string, text: string): void {
  writeFileSync(file, text);
  chmodSync(file, 0o755);
}

export const plantNpm = (folder: string): void => write(path.join(folder, 'npm'), npm(process.execPath));

export function plantPython(
  folder: string,
  jupyter: string,
  options: { name?: string; version?: string; missing?: readonly string[] } = {},
): void {
  const { name = 'python3', version = '3.12.1', missing = [] } = options;
  write(path.join(folder, name), python(version, missing, `"${process.execPath}" "${jupyter}"`));
}

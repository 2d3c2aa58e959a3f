#!/usr/bin/env node
// Starts a kernel: cygnet-kernel.mjs <connection file>. Run by Jupyter; see kernelspec.mjs.
const connectionFile = process.argv.at(-1);
if (process.argv.length < 3) {
  process.stderr.write(
    'Usage: cygnet-kernel <connection file>. Jupyter starts kernels: choose "Cygnet (TypeScript)" there.\n',
  );
  process.exit(2);
}
if (Number(process.versions.node.split('.')[0]) < 24) {
  process.stderr.write(
    `The Cygnet kernel needs Node 24, this is ${process.version}. Run "npm run setup" in Cygnet's folder.\n`,
  );
  process.exit(2);
}
const { startKernel } = await import('../dist/start.js');
startKernel(connectionFile);

/** Lines that begin with `%` and cells that begin with `%%`: what they mean and how they are run. Node's builtins only. */
export { magicHelp, magicNames } from './magic-list.ts';
export { ensureManifest, installedVersions, npmCall, npmFailure, npmRefusal } from './npm-install.ts';
export { parseMagics, type Magic, type MagicCell } from './parse-magics.ts';
export { runProgram, type ProgramEnd, type RunningProgram } from './run-program.ts';

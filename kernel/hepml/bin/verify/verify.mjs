const usage = 'cygnet verify FOLDER [--compile] [--json]';

/** Checks the folder of an exported model and prints what it found; returns the exit status. */
export async function verify(args) {
  const strange = args.find((argument) => argument.startsWith('-') && !['--compile', '--json'].includes(argument));
  const folders = args.filter((argument) => !argument.startsWith('-'));
  if (strange !== undefined || folders.length !== 1) {
    console.error(`${strange === undefined ? 'Give one folder' : `Unknown option "${strange}"`}.\n${usage}`);
    return 2;
  }
  const exporters = await library();
  if (!exporters) {
    console.error('The library is not built. Run: npm run setup');
    return 2;
  }
  try {
    const report = await exporters.verify(folders[0], { compile: args.includes('--compile') });
    console.log(args.includes('--json') ? JSON.stringify(report, undefined, 2) : asTable(report));
    return report.ok ? 0 : 1;
  } catch (error) {
    if (error?.name !== 'CygnetError') throw error;
    console.error(error.message);
    return 1;
  }
}

async function library() {
  try {
    return (await import('cygnet')).exporters;
  } catch (error) {
    if (error?.code === 'ERR_MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

const marks = { ok: 'ok     ', failed: 'FAILED ', 'not run': 'not run' };

function asTable({ folder, target, ok, checks }) {
  const width = Math.max(...checks.map(({ what }) => what.length));
  const lines = checks.map(({ what, result, found }) => `${marks[result]}  ${what.padEnd(width)}  ${found}`);
  return [`${folder} (${target})`, ...lines, '', conclusion(ok, checks)].join('\n');
}

function conclusion(ok, checks) {
  if (!ok) return 'Do not use this export before the lines marked FAILED are explained.';
  return checks.every(({ result }) => result === 'ok')
    ? 'This export is as it was written, and gives the scores that it promises.'
    : 'The files are as they were written; the scores were not checked.';
}

import * as util from 'node:util';

/**
 * Reads a command's options. `--help` prints and ends; an unknown option, a missing value or an option that npm kept for
 * itself (`npm start --light` instead of `npm start -- --light`) ends in one sentence and exit code 2.
 * @param {{ command: string, summary: string, options: Record<string, { type: 'boolean' | 'string', help: string, value?: string, default?: unknown }>, positionals?: string }} spec
 * @param {readonly string[]} [argv]
 */
export function readOptions(spec, argv = process.argv.slice(2), env = process.env) {
  if (Number(process.versions.node.split('.')[0]) < 20) {
    console.error(
      `Node 20 or newer is needed; this is ${process.version}. Get one from https://nodejs.org or your package manager.`,
    );
    process.exit(1);
  }
  const known = { ...spec.options, help: { type: 'boolean', help: 'show this and end' } };
  try {
    const keptByNpm = Object.keys(spec.options).find((name) => isKeptByNpm(name, env));
    if (keptByNpm)
      throw new Error(`npm kept --${keptByNpm} for itself. Write two dashes before it: ${spec.command} --${keptByNpm}`);
    const { values, positionals } = util.parseArgs({
      args: [...argv],
      options: stripped(known),
      allowPositionals: true,
      strict: true,
    });
    if (values.help) {
      console.log(helpText(spec, known));
      process.exit(0);
    }
    if (positionals.length > 0 && !spec.positionals) throw new Error(`Unexpected argument "${positionals[0]}".`);
    return { values, positionals };
  } catch (error) {
    console.error(usageError(error, known, spec.command));
    process.exit(2);
  }
}

function stripped(options) {
  return Object.fromEntries(
    Object.entries(options).map(([name, { type, default: initial }]) => [
      name,
      initial === undefined ? { type } : { type, default: initial },
    ]),
  );
}

/** npm turns `npm start --light` into the variable npm_config_light, and a `--no-` option into an empty or false one. */
function isKeptByNpm(name, env) {
  if (name.startsWith('no-')) {
    const value = env[`npm_config_${name.slice(3).replaceAll('-', '_')}`];
    return value === '' || value === 'false';
  }
  return env[`npm_config_${name.replaceAll('-', '_')}`] !== undefined;
}

function usageError(error, known, command) {
  const unknown = /^Unknown option '([^']+)'/.exec(error.message)?.[1];
  const sentence = unknown ? `Unknown option ${unknown}.` : error.message;
  const names = Object.keys(known).map((name) => `--${name}`);
  return `${sentence}\nOptions: ${names.join(', ')}. More: ${command} --help`;
}

function helpText(spec, known) {
  const rows = Object.entries(known).map(([name, { value, help }]) => [`--${name}${value ? ` ${value}` : ''}`, help]);
  const width = Math.max(...rows.map(([name]) => name.length));
  return [
    `${spec.command} ${spec.positionals ?? ''}`.trim(),
    spec.summary,
    '',
    ...rows.map(([name, help]) => `  ${name.padEnd(width)}  ${help}`),
  ].join('\n');
}

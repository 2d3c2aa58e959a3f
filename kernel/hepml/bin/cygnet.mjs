#!/usr/bin/env node
/** The `cygnet` command. Plain JavaScript on Node's builtins: it works before anything is built, to say what is missing. */
import { examine } from './doctor/examine.mjs';
import { asText } from './doctor/report.mjs';
import { convert, convertUsage } from './files/convert.mjs';
import { inspect, inspectUsage } from './files/inspect.mjs';
import { verify } from './verify/verify.mjs';

const usage = `cygnet doctor [--json]              report versions, engines and devices, what is missing and the remedy
cygnet verify FOLDER [--json]       check an exported model: files as in its manifest, scores as it promises
                     [--compile]    for a C++ header, compile and run it: only if you trust where it comes from
${inspectUsage}
${convertUsage}
cygnet --help                       this text`;

const [command, ...rest] = process.argv.slice(2);
const strange = rest.find((argument) => argument !== '--json' && argument !== '--help');

const usageOf = { inspect: inspectUsage, convert: convertUsage };

if (command === undefined || command === '--help' || command === 'help' || rest.includes('--help')) {
  console.log(usageOf[command] ?? usage);
} else if (command === 'verify') {
  process.exitCode = await verify(rest);
} else if (command === 'inspect') {
  process.exitCode = await inspect(rest);
} else if (command === 'convert') {
  process.exitCode = await convert(rest);
} else if (command !== 'doctor') {
  console.error(`Unknown command "${command}".\n${usage}`);
  process.exitCode = 2;
} else if (strange !== undefined) {
  console.error(`Unknown option "${strange}".\n${usage}`);
  process.exitCode = 2;
} else {
  const findings = examine();
  const ok = findings.every((finding) => finding.ok || !finding.required);
  console.log(rest.includes('--json') ? JSON.stringify({ ok, findings }, undefined, 2) : asText(findings));
  process.exitCode = ok ? 0 : 1;
}

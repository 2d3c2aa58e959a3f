import { machine } from './machine.mjs';
import { parts } from './parts.mjs';
import { places } from './places.mjs';
import { tools } from './tools.mjs';

/** Everything the doctor looks at, in the order of the report. */
export function examine(env = process.env) {
  const here = places(env);
  return [...machine(here), ...tools(here), ...parts(here)];
}

import { runCpp } from '../cpp-compiler.ts';
import { cppHeader } from '../cpp-header.ts';
import { namespaceOf } from '../cpp-source.ts';
import type { TargetFormat } from '../target-format.ts';

/** A C++17 header without dependencies, compiled and compared by this machine's compiler. */
export const cppTarget: TargetFormat = {
  name: 'cpp',
  title: 'C++',
  ending: '.hpp',
  tolerances: { dense: 2e-6, trees: 1e-6 },
  tasks: ['signal'],
  runsCode: true,
  usage: (name) => `#include "${name}.hpp" (C++17) and call ${namespaceOf(name)}::evaluate(features).`,
  write: (written) => Buffer.from(cppHeader(written)),
  run: runCpp,
};

import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CygnetError } from '@cygnet/columns';
import { namespaceOf } from './cpp-source.ts';
import type { FileToRun, TargetScores } from './target-format.ts';

const execute = promisify(execFile);

interface Compiler {
  readonly command: readonly [string, ...string[]];
  /** First line of `--version`. */
  readonly version: string;
}

const commandOf = (text: string): [string, ...string[]] | undefined => {
  const [program, ...rest] = text.trim().split(/\s+/);
  return program ? [program, ...rest] : undefined;
};

/**
 * The C++ compiler of this machine: `CXX` alone when it is set, else the first of c++, g++, clang++ that answers.
 * @throws CygnetError `engine-missing` with how to get one.
 */
const findCompiler = async (env: NodeJS.ProcessEnv = process.env): Promise<Compiler> => {
  const own = commandOf(env.CXX ?? '');
  const candidates = own ? [own] : [['c++'] as const, ['g++'] as const, ['clang++'] as const];
  for (const command of candidates) {
    const [program, ...flags] = command;
    const answer = await execute(program, [...flags, '--version']).catch(() => undefined);
    const version = answer?.stdout.split('\n')[0]?.trim();
    if (version) return { command: [program, ...flags], version };
  }
  const tried = own ? `CXX is "${own.join(' ')}", which does not answer` : 'tried c++, g++ and clang++';
  throw new CygnetError(
    'engine-missing',
    `A C++ header cannot be verified here, for want of a C++ compiler (${tried}), and nothing unverified is exported. ` +
      'Install one (Debian, Ubuntu: sudo apt-get install g++; macOS: xcode-select --install; conda: conda install ' +
      'cxx-compiler) or export to "onnx".',
  );
};

const warnings = ['-std=c++17', '-O1', '-Wall', '-Wextra', '-Werror'];

/** Reads events, writes scores, raw float32 in this machine's byte order. */
const program = (header: string, space: string, width: number): string => `#include "${header}"
#include <cstdio>
#include <vector>
int main(int, char** argv) {
  static_assert(${space}::feature_count == ${width});
  std::FILE* in = std::fopen(argv[1], "rb");
  std::FILE* out = std::fopen(argv[2], "wb");
  if (!in || !out) return 2;
  std::vector<float> event(${space}::feature_count);
  while (std::fread(event.data(), sizeof(float), event.size(), in) == event.size()) {
    const float score = ${space}::evaluate(event.data());
    if (std::fwrite(&score, sizeof score, 1, out) != 1) return 3;
  }
  std::fclose(in);
  return std::fclose(out);
}
`;

const outputOf = (error: unknown): string => {
  const { stderr, message } = error as { readonly stderr?: unknown; readonly message?: string };
  const text = typeof stderr === 'string' && stderr.trim() ? stderr : (message ?? String(error));
  return text.trim().split('\n').slice(0, 5).join('\n');
};

/**
 * Compiles a header with this machine's compiler, warnings being errors, and runs it on events.
 * @throws CygnetError `engine-missing` without a compiler; `verification-failed` when it refuses the header or the
 * program fails; `cancelled`.
 */
export const runCpp = async ({ content, name, features, events, signal }: FileToRun): Promise<TargetScores> => {
  const { command, version } = await findCompiler();
  const [compiler, ...flags] = command;
  const place = await mkdtemp(join(tmpdir(), 'cygnet-cpp-'));
  const at = (file: string): string => join(place, file);
  const step = async (what: string, run: () => Promise<unknown>): Promise<void> => {
    try {
      await run();
    } catch (cause) {
      if (signal?.aborted)
        throw new CygnetError('cancelled', `Verifying ${name}.hpp was cancelled; nothing was written.`, { cause });
      throw new CygnetError('verification-failed', `${version} ${what} ${name}.hpp: ${outputOf(cause)}`, { cause });
    }
  };
  const options = signal ? { signal } : {};
  try {
    await writeFile(at('exported.hpp'), content);
    await writeFile(at('verify.cpp'), program('exported.hpp', namespaceOf(name), features.length));
    await writeFile(at('events.f32'), events);
    await step('cannot compile', () =>
      execute(compiler, [...flags, ...warnings, '-o', at('verify'), at('verify.cpp')], options),
    );
    await step('built a program that fails from', () =>
      execute(at('verify'), [at('events.f32'), at('scores.f32')], options),
    );
    const bytes = await readFile(at('scores.f32'));
    return {
      scores: new Float32Array(
        bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length - (bytes.length % 4)),
      ),
      tool: version,
    };
  } finally {
    await rm(place, { recursive: true, force: true });
  }
};

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';

const repository = resolve(import.meta.dirname, '..');
const pages = [
  'README.md',
  'docs/api.md',
  'docs/tables.md',
  'docs/architecture.md',
  'docs/reading.md',
  'docs/widgets.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'tutorials/README.md',
  'examples/README.md',
  'examples/higgs/README.md',
  'bench/README.md',
];

/** The TypeScript blocks of a page, each as a file beside the examples, where packages resolve as they do for users. */
const blocks = (page: string): readonly { readonly file: string; readonly source: string }[] =>
  [...readFileSync(join(repository, page), 'utf8').matchAll(/^```ts\n(.*?)^```$/gms)].map(([, source = ''], index) => ({
    file: join(repository, 'examples', `${page.replaceAll(/\W/g, '-')}-block-${index + 1}.ts`),
    source: `${source}\nexport {};\n`,
  }));

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2024,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  types: ['node'],
};

/** What the compiler says about files that exist only here. */
const complaints = (files: ReadonlyMap<string, string>): readonly string[] => {
  const disk = ts.createCompilerHost(options);
  const host: ts.CompilerHost = {
    ...disk,
    fileExists: (path) => files.has(path) || disk.fileExists(path),
    readFile: (path) => files.get(path) ?? disk.readFile(path),
    getSourceFile: (path, version, ...rest) => {
      const source = files.get(path);
      return source === undefined
        ? disk.getSourceFile(path, version, ...rest)
        : ts.createSourceFile(path, source, version);
    },
  };
  const program = ts.createProgram([...files.keys()], options, host);
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ file, messageText }) => `${file?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`);
};

describe('the examples in the documentation', () => {
  const files = new Map(pages.flatMap((page) => blocks(page).map(({ file, source }) => [file, source] as const)));

  test('are found', () => expect(files.size).toBeGreaterThanOrEqual(8));

  test('compile against the built types', () => {
    expect(existsSync(join(repository, 'kernel/hepml/dist/index.d.ts')), 'build first: npm run build').toBe(true);
    expect(complaints(files)).toEqual([]);
  });

  test('would be caught if they used a name that is not there', () => {
    const wrong = new Map([
      [join(repository, 'examples', 'wrong.ts'), `import { datasets } from 'cygnet';\nawait datasets.lode('higgs');\n`],
    ]);
    expect(complaints(wrong)).toHaveLength(1);
  });
});

describe.each(pages)('%s', (page) => {
  const text = readFileSync(join(repository, page), 'utf8');

  test('links only to files that are there', () => {
    const targets = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, target = '']) => target);
    expect(targets.filter((target) => !existsSync(join(repository, dirname(page), target)))).toEqual([]);
  });

  test('names only npm scripts that are there', () => {
    const { scripts } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as {
      scripts: { [name: string]: string };
    };
    const named = [...text.matchAll(/npm run ([\w:]+)/g)].map(([, name = '']) => name);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });
});

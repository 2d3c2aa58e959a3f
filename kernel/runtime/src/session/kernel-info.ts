import { createRequire } from 'node:module';
import { jupyterProtocolVersion, type JsonObject } from '../wire/index.ts';

const versionOf = (name: string): string => (createRequire(import.meta.url)(name) as { version: string }).version;

const pages = [
  ['TypeScript handbook', 'https://www.typescriptlang.org/docs/'],
  ['Node.js', 'https://nodejs.org/docs/latest-v24.x/api/'],
  ['TensorFlow.js', 'https://js.tensorflow.org/api/latest/'],
  ['XGBoost parameters', 'https://xgboost.readthedocs.io/en/stable/parameter.html'],
  ['ROOT files', 'https://root.cern/manual/'],
] as const;

/** What the kernel says about itself. */
export const kernelInfo = (): JsonObject => {
  const version = versionOf('../../package.json');
  return {
    status: 'ok',
    protocol_version: jupyterProtocolVersion,
    implementation: 'cygnet',
    implementation_version: version,
    banner: `Cygnet ${version}: TypeScript for high-energy physics (Node ${process.versions.node})`,
    debugger: false,
    supported_features: [],
    help_links: pages.map(([text, url]) => ({ text, url })),
    language_info: {
      name: 'typescript',
      version: versionOf('typescript/package.json'),
      mimetype: 'text/typescript',
      file_extension: '.ts',
      pygments_lexer: 'typescript',
      codemirror_mode: { name: 'javascript', mode: 'typescript', typescript: true },
      nbconvert_exporter: 'script',
    },
  };
};

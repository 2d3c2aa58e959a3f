/** The names that a plain Node script may use without importing them. */
export default Object.fromEntries(
  [
    'process',
    'console',
    'fetch',
    'URL',
    'Buffer',
    'setTimeout',
    'clearTimeout',
    'setInterval',
    'clearInterval',
    'performance',
    'AbortController',
    'AbortSignal',
    'TextDecoder',
    'TextEncoder',
    'module',
    'require',
    '__dirname',
    'structuredClone',
    'globalThis',
  ].map((name) => [name, 'readonly']),
);

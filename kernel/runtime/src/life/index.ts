/** What outlives a session that ends by itself, and what sees the end coming. Node's builtins only. */
export { keepEnvironmentSecret, LastWords } from './last-words.ts';
export { watchMemory } from './memory-watch.ts';

/** The main thread: runs cells and comm handlers, and sends what they print and show. */
export { Output } from './output.ts';
export { exitProcess, guardProcess } from './process-guards.ts';
export { StandardInput } from './standard-input.ts';
export { UserThread } from './user-thread.ts';

/**
 * Understands and runs cells. The compiler works on the TypeScript language service in a thread of its own
 * (`startEngineThread`); the runner executes what it compiled on the user's thread. The only room that imports
 * typescript, and only the thread loads it.
 */
export type {
  CellSource,
  CompiledCell,
  Completeness,
  Completion,
  CompileResult,
  Diagnostic,
  Engine,
  Inspection,
} from './cell.ts';
export { startEngineThread, type EngineThread } from './engine-thread.ts';
export { flagValues } from './flag-values.ts';
export { Interruption, KeyboardInterrupt } from './interruption.ts';
export { installModuleHooks } from './module-hooks.ts';
export { Runner, type CellOutcome } from './runner.ts';
export { CellPositions, installStackTraces } from './stack-traces.ts';

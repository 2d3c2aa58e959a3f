import type { Compiler } from './compiler.ts';
import type { EngineAnswer, EngineMethod, EngineRequest } from './engine-messages.ts';

/** Lets a compiler answer requests, wherever they come from. */
export const answerWith =
  (compiler: Compiler) =>
  ({ id, method, args }: EngineRequest): EngineAnswer => {
    const methods: { readonly [name in EngineMethod]: (...args: never[]) => unknown } = {
      compile: (...of: Parameters<Compiler['compile']>) => compiler.compile(...of),
      commit: (...of: Parameters<Compiler['commit']>) => compiler.commit(...of),
      names: () => compiler.names(),
      packagesChanged: () => compiler.packagesChanged(),
      reset: () => compiler.reset(),
      restore: (...of: Parameters<Compiler['restore']>) => compiler.restore(...of),
      complete: (...of: Parameters<Compiler['complete']>) => compiler.complete(...of),
      inspect: (...of: Parameters<Compiler['inspect']>) => compiler.inspect(...of),
      isComplete: (...of: Parameters<Compiler['isComplete']>) => compiler.isComplete(...of),
    };
    try {
      return { id, result: methods[method](...(args as never[])) };
    } catch (error) {
      return { id, failure: error instanceof Error ? (error.stack ?? error.message) : String(error) };
    }
  };

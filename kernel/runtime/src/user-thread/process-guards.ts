/** Keeps user code from ending the session by accident, and reports what nobody caught. */
export interface ProcessGuardOptions {
  /** An exception or rejection that no code handled. */
  readonly onUncaught: (error: unknown) => void;
  /** Node's advice about user code. */
  readonly onWarning: (warning: Error) => void;
  /** SIGINT: the terminal's way to say interrupt. */
  readonly onInterrupt: () => void;
}

/** Ends the process for real. Kept from before user code runs. */
export const exitProcess = process.exit.bind(process);

const refuse = (call: string) => (): never => {
  throw new Error(
    `${call} would end the session with everything in it. Use Restart or Shut Down of the Kernel menu instead.`,
  );
};

/** Signals that do not end the session: the interrupt, and the question whether a process exists. */
const harmless = new Set<unknown>(['SIGINT', 2, 0]);

export const guardProcess = ({ onUncaught, onWarning, onInterrupt }: ProcessGuardOptions): void => {
  const kill = process.kill.bind(process);
  process.exit = refuse('process.exit()');
  process.abort = refuse('process.abort()');
  process.kill = (pid: number, signal?: string | number): true => {
    const isOwn = [process.pid, 0, -process.pid].includes(Number(pid));
    return isOwn && !harmless.has(signal) ? refuse('process.kill() of the own process')() : kill(pid, signal);
  };
  process.on('uncaughtException', onUncaught);
  process.on('unhandledRejection', onUncaught);
  process.on('SIGINT', onInterrupt);
  process.removeAllListeners('warning');
  process.on('warning', (warning) => {
    if (!isAboutKernel(warning)) onWarning(warning);
  });
};

/** Node calls these experimental; the kernel uses them, the user has no say in it. */
const isAboutKernel = ({ name, message }: Error): boolean =>
  name === 'ExperimentalWarning' && /USE_MAIN_CONTEXT_DEFAULT_LOADER|stripTypeScriptTypes|registerHooks/.test(message);

/** Keeps user code from ending the session by accident, and reports what nobody caught. */
export interface ProcessGuardOptions {
  /** An exception or rejection that no code handled. */
  readonly onUncaught: (error: unknown) => void;
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

export const guardProcess = ({ onUncaught, onInterrupt }: ProcessGuardOptions): void => {
  process.exit = refuse('process.exit()');
  process.abort = refuse('process.abort()');
  process.on('uncaughtException', onUncaught);
  process.on('unhandledRejection', onUncaught);
  process.on('SIGINT', onInterrupt);
};

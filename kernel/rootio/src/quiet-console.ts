type Method = 'log' | 'warn' | 'error';
type Print = (...words: unknown[]) => void;
const methods: readonly Method[] = ['log', 'warn', 'error'];

let users = 0;
let restore: (() => void) | undefined;

/** Drops what JSROOT prints, and lets everything else through: other code may print while JSROOT waits for bytes. */
const silenceJsroot = (): (() => void) => {
  const own = console as unknown as Record<Method, Print>;
  const undo = methods.map((method) => {
    const original = own[method];
    const filtered: Print = (...words) => {
      if (!/jsroot/.test(new Error().stack ?? '')) original.apply(console, words);
    };
    own[method] = filtered;
    return () => {
      if (own[method] === filtered) own[method] = original;
    };
  });
  return () => undo.forEach((one) => one());
};

/** Runs work of JSROOT, which reports trouble on the console, without that noise; failures are thrown all the same. */
export const quietly = async <T>(work: () => Promise<T>): Promise<T> => {
  if (users++ === 0) restore = silenceJsroot();
  try {
    return await work();
  } finally {
    if (--users === 0) {
      restore?.();
      restore = undefined;
    }
  }
};

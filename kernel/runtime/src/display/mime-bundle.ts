import { displaySymbol, type Displayable, type MimeBundle } from '@cygnet/contract';
import { plainText } from './plain-text.ts';

/** Kept from before user code runs, which may overwrite the global. */
const OwnPromise = Promise;

const isDisplayable = (value: unknown): value is Displayable =>
  ((typeof value === 'object' && value !== null) || typeof value === 'function') &&
  typeof (value as Partial<Displayable>)[displaySymbol] === 'function';

/** Binary data travels as base64. */
export const mimeData = (data: unknown): unknown =>
  data instanceof Uint8Array ? Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('base64') : data;

const complete = (value: unknown, bundle: MimeBundle): MimeBundle => ({
  ...('text/plain' in bundle ? {} : { 'text/plain': plainText(value) }),
  ...Object.fromEntries(Object.entries(bundle).map(([mime, data]) => [mime, mimeData(data)])),
});

/**
 * What a value looks like: its own `[Symbol.for('Jupyter.display')]()`, or its text. A promise only if the value's own
 * method gives one.
 */
export const mimeBundleOf = (value: unknown): MimeBundle | Promise<MimeBundle> => {
  if (!isDisplayable(value)) return { 'text/plain': plainText(value) };
  const bundle = value[displaySymbol]();
  return bundle instanceof OwnPromise ? bundle.then((own) => complete(value, own)) : complete(value, bundle);
};

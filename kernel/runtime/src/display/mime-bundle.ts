import { displaySymbol, type Displayable, type MimeBundle } from '@cygnet/contract';
import { htmlText } from './html-text.ts';
import { imageType } from './image-type.ts';
import { fullText, plainText } from './plain-text.ts';
import { recordsTable } from './records-table.ts';

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

/** What values of JavaScript itself look like: images as such, arrays of records as tables, and everything as text. */
const plainBundle = (value: unknown): MimeBundle => {
  const image = value instanceof Uint8Array ? imageType(value) : undefined;
  if (image !== undefined) return { [image]: mimeData(value), 'text/plain': plainText(value) };
  const table = recordsTable(value);
  return { ...(table === undefined ? {} : { 'text/html': table }), 'text/plain': plainText(value) };
};

/**
 * What a value looks like: its own `[Symbol.for('Jupyter.display')]()`, or what its type suggests. A promise only if the
 * value's own method gives one.
 */
export const mimeBundleOf = (value: unknown): MimeBundle | Promise<MimeBundle> => {
  if (!isDisplayable(value)) return plainBundle(value);
  const bundle = value[displaySymbol]();
  return bundle instanceof OwnPromise ? bundle.then((own) => complete(value, own)) : complete(value, bundle);
};

/** A value to its end, in a box that scrolls; one that shows itself does that as always. */
export const fullBundleOf = (value: unknown): MimeBundle | Promise<MimeBundle> => {
  if (isDisplayable(value)) return mimeBundleOf(value);
  const text = fullText(value);
  return { 'text/html': `<pre style="max-height: 32em; overflow: auto">${htmlText(text)}</pre>`, 'text/plain': text };
};

import { double32Element, rangedElement } from './element.ts';
import type { Element } from './element.ts';

/** Bits of the mantissa that a `Float16_t` keeps when its comment says nothing. */
const defaultBits = 12;

/** A float whose mantissa is cut to `bits` bits: one byte of exponent, two of mantissa and sign. */
export const cutElement = (target: 'float32' | 'float64', bits: number): Element => ({
  type: target,
  size: 3,
  typeName: target === 'float32' ? 'Float16_t' : 'Double32_t',
  decode: (source) => {
    const count = source.length / 3;
    const words = new Uint32Array(count);
    const sign = 2 ** (bits + 1);
    for (let i = 0, at = 0; i < count; i++, at += 3) {
      const mantissa = ((source[at + 1] as number) << 8) | (source[at + 2] as number);
      const magnitude = ((source[at] as number) << 23) | ((mantissa & (sign - 1)) << (23 - bits));
      words[i] = (mantissa & sign) !== 0 ? (magnitude | 0x80000000) >>> 0 : magnitude;
    }
    const floats = new Float32Array(words.buffer);
    return target === 'float32' ? floats : Float64Array.from(floats);
  },
});

const angles: { readonly [text: string]: number } = {
  pi: Math.PI,
  twopi: 2 * Math.PI,
  '2pi': 2 * Math.PI,
  '2*pi': 2 * Math.PI,
  'pi/2': Math.PI / 2,
  'pi/4': Math.PI / 4,
};

const limitOf = (text: string): number => {
  const clean = text.trim().toLowerCase();
  const size = angles[clean.replace(/^-/, '')];
  if (size !== undefined) return clean.startsWith('-') ? -size : size;
  return /^[-+.\de]+$/.test(clean) ? Number(clean) : NaN;
};

/**
 * How a `Double32_t` or `Float16_t` is stored: its comment or title may say `[low,high]` or `[low,high,bits]`.
 * Undefined where that is not understood.
 */
export const truncatedElement = (title: string, target: 'float32' | 'float64'): Element | undefined => {
  const unranged = target === 'float64' ? double32Element : cutElement('float32', defaultBits);
  const range = /\[([^[\],]*),([^[\],]*)(?:,([^[\],]*))?\]/.exec(title);
  if (range === null) return /\[[^\]]*,/.test(title) ? undefined : unranged;
  const [low, high] = [limitOf(range[1] ?? ''), limitOf(range[2] ?? '')];
  const bits = range[3] === undefined ? 32 : Number(range[3]);
  if (!Number.isFinite(low) || !Number.isFinite(high) || !Number.isInteger(bits) || bits < 2 || bits > 32)
    return undefined;
  if (low < high) return rangedElement(target, low, high, bits);
  return bits < 15 ? cutElement(target, bits) : unranged;
};

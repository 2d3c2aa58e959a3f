import { ams, asimovSignificance, punzi, simpleSignificance } from './significance.ts';

/** What is expected after a cut. */
export interface ExpectedEvents {
  readonly signal: number;
  readonly background: number;
  /** Fraction of the signal that the cut keeps. */
  readonly signalEfficiency: number;
}

/** How a figure of merit is named and what it takes; the names are those of the functions of this room. */
export interface FigureOptions {
  /** `asimov` (default), `ams`, `punzi`, `simple` (s / sqrt(s + b)), or a function of one's own. */
  readonly figure?: 'asimov' | 'ams' | 'punzi' | 'simple' | ((expected: ExpectedEvents) => number);
  /** For `asimov`: error of the background as a fraction of it, 0.1 for 10 %; default 0. */
  readonly relativeSigmaB?: number;
  /** For `ams`; default 10. */
  readonly bReg?: number;
  /** For `punzi`; default 5. */
  readonly nSigma?: number;
}

/** A figure of merit with the text of its axis. */
export interface FigureOfMerit {
  readonly title: string;
  readonly of: (expected: ExpectedEvents) => number;
}

/** @throws RangeError for an unknown name. */
export const figureOfMerit = (options: FigureOptions): FigureOfMerit => {
  const { figure = 'asimov', relativeSigmaB = 0, bReg = 10, nSigma = 5 } = options;
  if (typeof figure === 'function') return { title: 'Figure of merit', of: figure };
  switch (figure) {
    case 'asimov':
      return {
        title: `Asimov significance Z${relativeSigmaB > 0 ? ` (σ(b)/b = ${Number((100 * relativeSigmaB).toPrecision(3))} %)` : ''}`,
        of: ({ signal, background }) => asimovSignificance(signal, background, { sigmaB: relativeSigmaB * background }),
      };
    case 'ams':
      return {
        title: `AMS (b_reg = ${bReg})`,
        of: ({ signal, background }) => ams(signal, background, { bReg }),
      };
    case 'punzi':
      return {
        title: `Punzi ε/(${nSigma}/2 + √b)`,
        of: ({ signalEfficiency, background }) => punzi(signalEfficiency, background, { nSigma }),
      };
    case 'simple':
      return { title: 's/√(s + b)', of: ({ signal, background }) => simpleSignificance(signal, background) };
    default:
      throw new RangeError(
        `No figure of merit "${String(figure)}": asimov, ams, punzi, simple, or a function of { signal, background, signalEfficiency }.`,
      );
  }
};

import { kolmogorovSmirnov, type KolmogorovSmirnov } from './kolmogorov-smirnov.ts';
import { checkSample, type Numbers, type ScoredSample } from './labelled-scores.ts';
import { commonEdges, scoreHistogram, type ScoreHistogram } from './score-histogram.ts';

/** One class of one sample. */
export interface ClassDistribution {
  readonly role: 'signal' | 'background';
  readonly sample: 'train' | 'test';
  readonly histogram: ScoreHistogram;
}

/** Agreement of training and test scores of one class. */
export interface OvertrainingTest {
  readonly role: 'signal' | 'background';
  readonly test: KolmogorovSmirnov;
}

/** Signal and background scores over common edges, and whether training and test agree. */
export interface ScoreDistributions {
  readonly edges: Float64Array;
  readonly distributions: readonly ClassDistribution[];
  /** Empty without a training sample. A small p-value hints at overtraining. */
  readonly overtraining: readonly OvertrainingTest[];
}

/**
 * Score distributions of signal and background in the test sample and, if given, the training sample, with the
 * Kolmogorov-Smirnov p-value of train against test for each class: TMVA's overtraining check, unbinned and weighted.
 * @param options.edges Bin edges; without them `bins` (40) equal bins that hold everything.
 * @throws RangeError as `rocCurve` for a sample that cannot be used.
 * @example
 * plots.scores(metrics.scoreDistributions({ train, test }), { name: 'trees' });
 */
export const scoreDistributions = (options: {
  readonly test: ScoredSample;
  readonly train?: ScoredSample;
  readonly bins?: number;
  readonly edges?: Numbers;
}): ScoreDistributions => {
  const { test, train, bins } = options;
  const samples = train
    ? ([
        ['test', test],
        ['train', train],
      ] as const)
    : ([['test', test]] as const);
  for (const [, sample] of samples) checkSample(sample);
  const edges = options.edges
    ? Float64Array.from(options.edges)
    : commonEdges(
        samples.map(([, { scores }]) => scores),
        bins === undefined ? {} : { bins },
      );
  const distributions = samples.flatMap(([sample, events]) =>
    (['signal', 'background'] as const).map((role) => {
      const { values, weights } = ofClass(events, role);
      return { role, sample, histogram: scoreHistogram(values, { edges, weights }) };
    }),
  );
  const overtraining = train
    ? (['signal', 'background'] as const).map((role) => ({
        role,
        test: kolmogorovSmirnov(ofClass(train, role), ofClass(test, role)),
      }))
    : [];
  return { edges, distributions, overtraining };
};

const ofClass = ({ scores, labels, weights }: ScoredSample, role: 'signal' | 'background') => {
  const wanted = role === 'signal' ? 1 : 0;
  const events = Array.from({ length: scores.length }, (_, i) => i).filter((i) => labels[i] === wanted);
  return {
    values: Float64Array.from(events, (i) => scores[i] as number),
    weights: Float64Array.from(events, (i) => (weights ? (weights[i] as number) : 1)),
  };
};

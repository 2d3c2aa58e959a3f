/**
 * Figures of merit as plain numbers: ROC curves, areas, efficiencies, histograms and tests, event weights everywhere.
 * Nothing here draws. May import `@cygnet/columns` and `data`; other rooms only as types.
 */
export type { Numbers, ScoredSample } from './labelled-scores.ts';
export { efficiency, efficiencyError, type Efficiency, type EfficiencySums } from './efficiency.ts';
export { rocCurve, type RocCurve } from './roc-curve.ts';
export { auc, delongAuc, type AreaUnderCurve } from './auc.ts';
export { bootstrapAuc, type BootstrapArea } from './bootstrap-auc.ts';
export { rocBand, type RocBand, type RocBandOptions } from './roc-band.ts';
export { partialAuc, truncatedAuc } from './partial-auc.ts';
export { multiClassRoc, type MultiClassRoc } from './multi-class-roc.ts';
export { responseCurve, type ResponseBin } from './response-curve.ts';
export { compareHistograms, populationStability, separation } from './compare-histograms.ts';
export type { BinnedSample, HistogramComparison } from './compare-histograms.ts';
export { correlations, type CorrelationMatrix, type CorrelationOptions } from './correlations.ts';
export { distanceCorrelation } from './distance-correlation.ts';
export { flatness, flavoursCvm, type Flatness, type FlatnessOptions } from './flatness.ts';
export { wassersteinDistance } from './wasserstein.ts';
export { compareAuc, type AucComparison } from './compare-auc.ts';
export { precisionRecall, type PrecisionRecallCurve } from './precision-recall.ts';
export { brierScore, calibration, type CalibrationCurve } from './calibration.ts';
export { ams, asimovSignificance, expectedYield, punzi, simpleSignificance } from './significance.ts';
export type { ExpectedEvents, FigureOptions } from './figure-of-merit.ts';
export { cutScan, type CutScan, type CutScanOptions, type OptimumSpread, type ScannedCut } from './cut-scan.ts';
export { rejectionAt, type WorkingPoint } from './working-point.ts';
export { commonEdges, scoreHistogram, type ScoreHistogram } from './score-histogram.ts';
export { kolmogorovSmirnov, type KolmogorovSmirnov, type WeightedValues } from './kolmogorov-smirnov.ts';
export {
  scoreDistributions,
  type ClassDistribution,
  type OvertrainingTest,
  type ScoreDistributions,
} from './score-distributions.ts';
export { classQuality, type ClassQuality, type ClassSample } from './class-quality.ts';
export { classScores } from './class-scores.ts';
export { permutationImportance, type FeatureImportance } from './permutation-importance.ts';
export { regressionQuality, type RegressionQuality } from './regression-quality.ts';
export { roc, scores, type LabelledEvents, type Scorer } from './model-scores.ts';

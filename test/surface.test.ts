import * as columns from '@cygnet/columns';
import * as contract from '@cygnet/contract';
import * as kernel from '@cygnet/kernel';
import * as rootio from '@cygnet/rootio';
import * as cygnet from 'cygnet';
import { describe, expect, test } from 'vitest';

/** What a door offers at run time. A name that comes or goes changes this file in the same commit, so it is a decision. */
const names = (door: object): readonly string[] => Object.keys(door).sort();

describe('the library offers', () => {
  test('its namespaces, train, Table and its errors', () =>
    expect(names(cygnet)).toMatchInlineSnapshot(`
      [
        "CygnetError",
        "Table",
        "TableStream",
        "datasets",
        "exporters",
        "features",
        "isCygnetError",
        "metrics",
        "models",
        "plots",
        "root",
        "train",
      ]
    `));
  test('datasets', () =>
    expect(names(cygnet.datasets)).toMatchInlineSnapshot(`
      [
        "card",
        "list",
        "load",
        "optimum",
      ]
    `));
  test('root', () =>
    expect(names(cygnet.root)).toMatchInlineSnapshot(`
      [
        "codecs",
        "fileSource",
        "httpSource",
        "nodeCodecs",
        "open",
        "readTable",
        "stream",
      ]
    `));
  test('features', () =>
    expect(names(cygnet.features)).toMatchInlineSnapshot(`
    [
      "fitStandardiser",
      "fitTableStandardiser",
      "identityStandardiser",
      "standardise",
      "standardiseTable",
    ]
  `));
  test('models', () =>
    expect(names(cygnet.models)).toMatchInlineSnapshot(`
      [
        "boostedTrees",
        "convolution",
        "deepSets",
        "dense",
        "energyFlow",
        "evaluateBlueprint",
        "particleNet",
        "particleTransformer",
      ]
    `));
  test('metrics', () =>
    expect(names(cygnet.metrics)).toMatchInlineSnapshot(`
      [
        "ams",
        "asimovSignificance",
        "auc",
        "bootstrapAuc",
        "brierScore",
        "calibration",
        "classQuality",
        "classScores",
        "commonEdges",
        "compareAuc",
        "compareHistograms",
        "correlations",
        "cutScan",
        "delongAuc",
        "distanceCorrelation",
        "efficiency",
        "efficiencyError",
        "expectedYield",
        "flatness",
        "flavoursCvm",
        "kolmogorovSmirnov",
        "multiClassRoc",
        "partialAuc",
        "populationStability",
        "precisionRecall",
        "punzi",
        "regressionQuality",
        "rejectionAt",
        "responseCurve",
        "roc",
        "rocBand",
        "rocCurve",
        "scoreDistributions",
        "scoreHistogram",
        "scores",
        "separation",
        "simpleSignificance",
        "truncatedAuc",
        "wassersteinDistance",
      ]
    `));
  test('plots', () =>
    expect(names(cygnet.plots)).toMatchInlineSnapshot(`
      [
        "ShownPlot",
        "canRenderPng",
        "roc",
        "scores",
        "significance",
        "thinningBound",
        "training",
      ]
    `));
  test('exporters', () =>
    expect(names(cygnet.exporters)).toMatchInlineSnapshot(`
      [
        "cpp",
        "exportModel",
        "lwtnn",
        "onnx",
        "targets",
        "verify",
        "xgboost",
      ]
    `));
});

describe('by their doors, the other packages offer', () => {
  test('contract', () =>
    expect(names(contract)).toMatchInlineSnapshot(`
      [
        "darkTheme",
        "displaySymbol",
        "exampleExportedModel",
        "exampleModelSummary",
        "exampleRocPlot",
        "exampleScorePlot",
        "exampleSignificancePlot",
        "exampleTrainingProgress",
        "isArrayOf",
        "isModelExportReply",
        "isModelExportRequest",
        "isNumber",
        "isNumberOrNull",
        "isOptional",
        "isRecord",
        "isRocPlot",
        "isScorePlot",
        "isSignificancePlot",
        "isString",
        "isTrainingProgress",
        "isVerification",
        "lightTheme",
        "modelExportTarget",
        "notebookHost",
        "notebookHostKey",
        "pValueText",
        "plainText",
        "plotlyMime",
        "protocolVersion",
        "rocFigure",
        "rocPlotMime",
        "scoreFigure",
        "scorePlotMime",
        "significanceFigure",
        "significancePlotMime",
        "trainingFigure",
        "trainingMime",
        "valueWithError",
      ]
    `));
  test('columns', () =>
    expect(names(columns)).toMatchInlineSnapshot(`
      [
        "BadExpression",
        "CygnetError",
        "allColumnNames",
        "automaticRange",
        "binFinder",
        "binSums2D",
        "checkWeights",
        "closeNames",
        "columnLength",
        "columnTypeName",
        "compileExpression",
        "concatColumns",
        "didYouMean",
        "fillHistogram",
        "fillHistogram2D",
        "findColumn",
        "flattenColumn",
        "histogram",
        "histogram2D",
        "isConstantName",
        "isCygnetError",
        "newHistogram",
        "newHistogram2D",
        "newHistogramOf",
        "newNumericArray",
        "numericTypeOf",
        "parseExpression",
        "recordColumn",
        "sliceColumn",
        "takeColumn",
      ]
    `));
  test('rootio', () =>
    expect(names(rootio)).toMatchInlineSnapshot(`
    [
      "decompressLz4",
      "memorySource",
      "openRoot",
    ]
  `));
  test('the kernel', () =>
    expect(names(kernel)).toMatchInlineSnapshot(`
    [
      "startKernel",
    ]
  `));
});

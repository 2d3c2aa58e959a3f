import { expect, test } from 'vitest';
import { boostedTrees, dense } from './index.ts';

test('descriptions are plain data with their defaults filled in', () => {
  expect(boostedTrees({ trees: 50 })).toMatchObject({
    kind: 'boosted trees',
    trees: 50,
    maxDepth: 4,
    learningRate: 0.1,
  });
  expect(JSON.parse(JSON.stringify(dense()))).toEqual({
    kind: 'dense network',
    hidden: [64, 64],
    activation: 'elu',
    dropout: 0.1,
    standardise: true,
  });
});

test.each([
  [() => boostedTrees({ trees: 0 }), RangeError, /"trees" is 0; allowed: a whole number, at least 1/],
  [() => boostedTrees({ trees: 2.5 }), TypeError, /"trees" is 2.5/],
  [() => boostedTrees({ learningRate: 0 }), RangeError, /"learningRate" is 0; allowed: a number, above 0, at most 1/],
  [() => boostedTrees({ depth: 3 } as never), TypeError, /no option "depth"; allowed: trees, maxDepth/],
  [() => boostedTrees({ xgboost: { objective: 'reg:squarederror' } }), RangeError, /sets objective/],
  [() => dense({ dropout: 1 }), RangeError, /"dropout" is 1; allowed: a number, at least 0, below 1/],
  [() => dense({ hidden: [64, -1] }), RangeError, /"hidden\[1\]" is -1/],
  [() => dense({ hidden: 64 as never }), TypeError, /"hidden" must list/],
  [() => dense({ activation: 'relo' as never }), RangeError, /"activation" is "relo"; allowed: linear, relu/],
])('a wrong option is refused by name, value and what is allowed (%#)', (describeModel, kind, message) => {
  expect(describeModel).toThrow(kind);
  expect(describeModel).toThrow(message);
});

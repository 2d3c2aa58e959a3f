import * as columns from '@cygnet/columns';
import { expect, test } from 'vitest';

test('the door offers these names', () => {
  expect(Object.keys(columns).sort()).toMatchInlineSnapshot(`
    [
      "BadExpression",
      "CygnetError",
      "automaticRange",
      "closeNames",
      "columnLength",
      "columnTypeName",
      "compileExpression",
      "concatColumns",
      "didYouMean",
      "fillHistogram",
      "flattenColumn",
      "histogram",
      "isConstantName",
      "isCygnetError",
      "newHistogram",
      "newNumericArray",
      "numericTypeOf",
      "parseExpression",
      "sliceColumn",
      "takeColumn",
    ]
  `);
});

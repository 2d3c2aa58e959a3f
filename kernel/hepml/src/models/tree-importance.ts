import { CygnetError } from '@cygnet/columns';
import type { TreeImportance } from './trained-model.ts';

interface GrownTree {
  readonly left_children: readonly number[];
  readonly split_indices: readonly number[];
  readonly loss_changes: readonly number[];
  readonly sum_hessian: readonly number[];
}

/** Walks the nodes that can be reached: pruning leaves dead ones behind in XGBoost's arrays. */
const innerNodes = (tree: GrownTree & { readonly right_children: readonly number[] }): readonly number[] => {
  const inner: number[] = [];
  const waiting = [0];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const left = tree.left_children[node] as number;
    if (left === -1) continue;
    inner.push(node);
    waiting.push(left, tree.right_children[node] as number);
  }
  return inner;
};

interface XgboostJson {
  readonly learner: {
    readonly gradient_booster: {
      readonly model?: { readonly trees: readonly (GrownTree & { readonly right_children: readonly number[] })[] };
    };
  };
}

/** Gain and cover of each feature out of XGBoost's JSON model; features without a split are left out. */
export const treeImportance = (json: unknown, features: readonly string[]): readonly TreeImportance[] => {
  const { model } = (json as XgboostJson).learner.gradient_booster;
  if (model === undefined) throw new CygnetError('unsupported', 'This XGBoost model has no trees.');
  const sums = features.map((feature) => ({ feature, splits: 0, totalGain: 0, totalCover: 0 }));
  for (const tree of model.trees)
    for (const node of innerNodes(tree)) {
      const own = sums[tree.split_indices[node] as number];
      if (own === undefined)
        throw new CygnetError('bad-file', 'A tree splits on a feature that the model does not have.');
      own.splits++;
      own.totalGain += tree.loss_changes[node] as number;
      own.totalCover += tree.sum_hessian[node] as number;
    }
  return sums
    .filter(({ splits }) => splits > 0)
    .map(({ totalCover, ...rest }) => ({
      ...rest,
      gain: rest.totalGain / rest.splits,
      cover: totalCover / rest.splits,
    }))
    .sort((a, b) => b.totalGain - a.totalGain);
};

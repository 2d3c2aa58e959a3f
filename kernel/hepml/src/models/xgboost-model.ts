import { CygnetError } from '@cygnet/columns';
import type { InputFeature, TreeBlueprint, TreesBlueprint } from './blueprint.ts';

/** The parts of XGBoost's JSON model that we read (its schema: doc/model.schema in the XGBoost repository). */
interface XgboostTree {
  readonly left_children: readonly number[];
  readonly right_children: readonly number[];
  readonly split_indices: readonly number[];
  /** Threshold of an inner node, value of a leaf. */
  readonly split_conditions: readonly number[];
  readonly default_left: readonly number[];
}

interface XgboostModel {
  readonly version: readonly number[];
  readonly learner: {
    readonly learner_model_param: { readonly base_score: string };
    readonly gradient_booster: { readonly name: string; readonly model: { readonly trees: readonly XgboostTree[] } };
    readonly objective: { readonly name: string };
  };
}

/** Nodes that can be reached, in depth-first order: pruning leaves dead ones behind in XGBoost's arrays. */
const reachable = (tree: XgboostTree, node = 0): readonly number[] => {
  const [left, right] = [tree.left_children[node] ?? -1, tree.right_children[node] ?? -1];
  return left === -1 ? [node] : [node, ...reachable(tree, left), ...reachable(tree, right)];
};

const treeBlueprint = (tree: XgboostTree): TreeBlueprint => {
  const nodes = reachable(tree);
  const place = new Map(nodes.map((node, index) => [node, index]));
  const child = (children: readonly number[]) => (node: number) => place.get(children[node] as number) ?? -1;
  const isLeaf = (node: number): boolean => tree.left_children[node] === -1;
  const condition = (node: number): number => tree.split_conditions[node] as number;
  return {
    left: Int32Array.from(nodes, child(tree.left_children)),
    right: Int32Array.from(nodes, child(tree.right_children)),
    feature: Int32Array.from(nodes, (node) => (isLeaf(node) ? 0 : (tree.split_indices[node] as number))),
    threshold: Float32Array.from(nodes, (node) => (isLeaf(node) ? 0 : condition(node))),
    missingLeft: Uint8Array.from(nodes, (node) => (isLeaf(node) ? 0 : (tree.default_left[node] as number))),
    value: Float32Array.from(nodes, (node) => (isLeaf(node) ? condition(node) : 0)),
  };
};

/** XGBoost 3 writes the base score as a vector, `[3.64E-1]`; older ones as a number. */
const baseScore = (text: string): number => Math.fround(Number(text.replace(/[[\]]/g, '')));

/** Margin of a probability in float32, as XGBoost computes it. */
const logit = (probability: number): number => {
  const odds = Math.fround(Math.fround(1 / probability) - 1);
  return Math.fround(-Math.log(odds));
};

/**
 * XGBoost's JSON model as plain trees.
 *
 * @throws CygnetError `unsupported` for anything but a tree booster with logistic loss.
 */
export const treesBlueprint = (json: unknown, features: readonly InputFeature[]): TreesBlueprint => {
  const { learner } = json as XgboostModel;
  const { name, model } = learner.gradient_booster;
  if (name !== 'gbtree' || learner.objective.name !== 'binary:logistic') {
    throw new CygnetError(
      'unsupported',
      `An XGBoost model with booster "${name}" and objective "${learner.objective.name}" cannot be read. Known: gbtree with binary:logistic.`,
    );
  }
  return {
    kind: 'trees',
    features,
    trees: model.trees.map(treeBlueprint),
    baseMargin: logit(baseScore(learner.learner_model_param.base_score)),
  };
};

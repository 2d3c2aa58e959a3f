import { CygnetError } from '@cygnet/columns';
import type { InputFeature, Link, TreeBlueprint, TreesBlueprint } from './blueprint.ts';
import { outputNames, type Task } from './task.ts';

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
    readonly gradient_booster: {
      readonly name: string;
      readonly model: { readonly trees: readonly XgboostTree[]; readonly tree_info: readonly number[] };
    };
    readonly objective: { readonly name: string };
  };
}

/** Nodes that can be reached, in depth-first order: pruning leaves dead ones behind in XGBoost's arrays. */
const reachable = (tree: XgboostTree, node = 0): readonly number[] => {
  const [left, right] = [tree.left_children[node] ?? -1, tree.right_children[node] ?? -1];
  return left === -1 ? [node] : [node, ...reachable(tree, left), ...reachable(tree, right)];
};

const treeBlueprint = (tree: XgboostTree, output: number): TreeBlueprint => {
  const nodes = reachable(tree);
  const place = new Map(nodes.map((node, index) => [node, index]));
  const child = (children: readonly number[]) => (node: number) => place.get(children[node] as number) ?? -1;
  const isLeaf = (node: number): boolean => tree.left_children[node] === -1;
  const condition = (node: number): number => tree.split_conditions[node] as number;
  return {
    output,
    left: Int32Array.from(nodes, child(tree.left_children)),
    right: Int32Array.from(nodes, child(tree.right_children)),
    feature: Int32Array.from(nodes, (node) => (isLeaf(node) ? 0 : (tree.split_indices[node] as number))),
    threshold: Float32Array.from(nodes, (node) => (isLeaf(node) ? 0 : condition(node))),
    missingLeft: Uint8Array.from(nodes, (node) => (isLeaf(node) ? 0 : (tree.default_left[node] as number))),
    value: Float32Array.from(nodes, (node) => (isLeaf(node) ? condition(node) : 0)),
  };
};

/** XGBoost 3 writes the base scores as a vector, `[3.64E-1]`, one an output or one for all; older ones as a number. */
const baseScores = (text: string, outputs: number): readonly number[] => {
  const scores = text
    .replace(/[[\]]/g, '')
    .split(',')
    .map((score) => Math.fround(Number(score)));
  return scores.length === outputs ? scores : Array.from({ length: outputs }, () => scores[0] as number);
};

/** Margin of a probability in float32, as XGBoost computes it. */
const logit = (probability: number): number => {
  const odds = Math.fround(Math.fround(1 / probability) - 1);
  return Math.fround(-Math.log(odds));
};

/** How margins become predictions, by XGBoost's objective. */
const linkOf: { readonly [objective: string]: Link } = {
  'binary:logistic': 'sigmoid',
  'multi:softprob': 'softmax',
  'reg:squarederror': 'identity',
  'reg:absoluteerror': 'identity',
  'reg:pseudohubererror': 'identity',
  'reg:quantileerror': 'identity',
};

/**
 * XGBoost's JSON model as plain trees.
 *
 * @throws CygnetError `unsupported` for anything but a tree booster with an objective that the library sets.
 */
export const treesBlueprint = (json: unknown, features: readonly InputFeature[], task: Task): TreesBlueprint => {
  const { learner } = json as XgboostModel;
  const { name, model } = learner.gradient_booster;
  const link = linkOf[learner.objective.name];
  if (name !== 'gbtree' || link === undefined) {
    throw new CygnetError(
      'unsupported',
      `An XGBoost model with booster "${name}" and objective "${learner.objective.name}" cannot be read. Known: gbtree with ${Object.keys(linkOf).join(', ')}.`,
    );
  }
  const outputs = outputNames(task);
  const scores = baseScores(learner.learner_model_param.base_score, outputs.length);
  return {
    kind: 'trees',
    features,
    outputs,
    link,
    trees: model.trees.map((tree, index) => treeBlueprint(tree, model.tree_info[index] as number)),
    baseMargins: link === 'sigmoid' ? scores.map(logit) : scores,
  };
};

import type { TreeBlueprint, TreesBlueprint } from '../models/index.ts';
import { signalMargin } from './tree-checks.ts';

/** XGBoost's reader tells integers and floats apart by their spelling: a float has a point or an exponent. */
const float = (value: number): string => {
  const digits = String(Number(Math.fround(value).toPrecision(9)))
    .replace('e', 'E')
    .replace('E+', 'E');
  return /[.E]/.test(digits) ? digits : `${digits}E0`;
};

const list = (items: readonly number[], text: (item: number) => string): string => `[${items.map(text).join(',')}]`;

/** XGBoost's own mark of a node without a parent. */
const noParent = 2147483647;

/** Nodes so ordered that siblings stand side by side: XGBoost 1.7 takes the place after the left child for the right one. */
const siblingsTogether = (tree: TreeBlueprint): readonly number[] => {
  const order = [0];
  for (const node of order) {
    const left = tree.left[node] as number;
    if (left !== -1) order.push(left, tree.right[node] as number);
  }
  return order;
};

const treeJson = (tree: TreeBlueprint, id: number, width: number, extra: number): string => {
  const order = siblingsTogether(tree);
  const place = new Map(order.map((node, index) => [node, index]));
  const isLeaf = (node: number): boolean => tree.left[node] === -1;
  const child = (children: Int32Array) => (node: number) =>
    isLeaf(node) ? -1 : (place.get(children[node] as number) as number);
  const parents = order.map(() => noParent);
  order.forEach((node, index) => {
    if (!isLeaf(node)) for (const side of [tree.left, tree.right]) parents[child(side)(node)] = index;
  });
  const value = (node: number): number => (isLeaf(node) ? Math.fround(extra + (tree.value[node] as number)) : 0);
  const condition = (node: number): number => (isLeaf(node) ? value(node) : (tree.threshold[node] as number));
  const inner = (of: Int32Array | Uint8Array) => (node: number) => (isLeaf(node) ? 0 : (of[node] as number));
  const zeros = order.map(() => 0);
  const ints = (of: (node: number) => number): string => list(order.map(of), String);
  const floats = (of: (node: number) => number): string => list(order.map(of), float);
  return `{${[
    `"base_weights":${floats(value)}`,
    '"categories":[],"categories_nodes":[],"categories_segments":[],"categories_sizes":[]',
    `"default_left":${ints(inner(tree.missingLeft))}`,
    `"id":${id}`,
    `"left_children":${ints(child(tree.left))}`,
    `"loss_changes":${list(zeros, float)}`,
    `"parents":${list(parents, String)}`,
    `"right_children":${ints(child(tree.right))}`,
    `"split_conditions":${floats(condition)}`,
    `"split_indices":${ints(inner(tree.feature))}`,
    `"split_type":${list(zeros, String)}`,
    `"sum_hessian":${list(zeros, float)}`,
    `"tree_param":{"num_deleted":"0","num_feature":"${width}","num_nodes":"${order.length}","size_leaf_vector":"1"}`,
  ].join(',')}}`;
};

/** XGBoost's Python package refuses names with one of `[`, `]`, `<`, and a name twice: then the file has none. */
const featureNames = (names: readonly string[]): readonly string[] => {
  const allowed = names.map((name) => name.replace(/[[\]<]/g, '_'));
  return new Set(allowed).size === allowed.length ? allowed : [];
};

/**
 * Trees as XGBoost's JSON model (its schema: doc/model.schema in the XGBoost repository), written so that older readers
 * give the scores of today's (run with 1.7.6 and 3.2.0): those misread today's base score, so the margin that it stands
 * for is in the leaves of the first tree, and the base score is 0.5, whose margin is 0.
 */
export const xgboostJson = (blueprint: TreesBlueprint): string => {
  const { features, trees } = blueprint;
  const baseMargin = signalMargin(blueprint);
  const width = features.length;
  const trunk = trees.map((tree, id) => treeJson(tree, id, width, id === 0 ? baseMargin : 0));
  const names = featureNames(features.map(({ name }) => name));
  const model = [
    `"gbtree_model_param":{"num_parallel_tree":"1","num_trees":"${trees.length}"}`,
    `"iteration_indptr":${list([...trees.keys(), trees.length], String)}`,
    `"tree_info":${list(
      trees.map(() => 0),
      String,
    )}`,
    `"trees":[${trunk.join(',\n')}]`,
  ].join(',');
  const learner = [
    '"attributes":{}',
    `"feature_names":${JSON.stringify(names)}`,
    `"feature_types":${JSON.stringify(names.map(() => 'float'))}`,
    `"gradient_booster":{"model":{${model}},"name":"gbtree"}`,
    '"learner_model_param":{"base_score":"5E-1","boost_from_average":"1","num_class":"0",' +
      `"num_feature":"${width}","num_target":"1"}`,
    '"objective":{"name":"binary:logistic","reg_loss_param":{"scale_pos_weight":"1"}}',
  ].join(',');
  return `{"learner":{${learner}},"version":[2,1,0]}\n`;
};

import type { TreeBlueprint, TreesBlueprint } from '../models/index.ts';
import { floatLiteral, initialiser } from './cpp-source.ts';
import { signalMargin } from './tree-checks.ts';

/** A node as C++ initialises it; children are places in the table of all nodes. */
const nodeOf = (tree: TreeBlueprint, node: number, start: number): string => {
  const left = tree.left[node] as number;
  if (left === -1) return `{${floatLiteral(tree.value[node] as number)}, -1, 0, 0, 0}`;
  const right = tree.right[node] as number;
  const [toLeft, toRight] = [start + left, start + right];
  const threshold = floatLiteral(tree.threshold[node] as number);
  return `{${threshold}, ${tree.feature[node]}, ${toLeft}, ${toRight}, ${tree.missingLeft[node] === 1 ? toLeft : toRight}}`;
};

/** Tables of trees in C++, and the body of `evaluate`: the margins add up in the order of training. */
export const cppTrees = (blueprint: TreesBlueprint): { readonly detail: string; readonly evaluate: string } => {
  const { trees } = blueprint;
  const baseMargin = signalMargin(blueprint);
  let nodeCount = 0;
  const roots = trees.map((tree) => {
    const root = nodeCount;
    nodeCount += tree.left.length;
    return root;
  });
  const nodes = trees.flatMap((tree, t) => Array.from(tree.left, (_, node) => nodeOf(tree, node, roots[t] as number)));
  return {
    detail: `/// A leaf has feature -1 and its value; another node sends an event left when x < value.
struct Node {
  float value;
  std::int32_t feature;
  std::int32_t left;
  std::int32_t right;
  std::int32_t missing;
};
inline constexpr int tree_count = ${trees.length};
inline constexpr std::int32_t roots[tree_count] = ${initialiser(roots.map(String), 16)};
inline constexpr Node nodes[${nodeCount}] = ${initialiser(nodes, 3)};`,
    evaluate: `  float margin = ${floatLiteral(baseMargin)};
  for (int tree = 0; tree < detail::tree_count; ++tree) {
    const detail::Node* node = detail::nodes + detail::roots[tree];
    while (node->feature >= 0) {
      const float x = features[node->feature];
      node = detail::nodes + (detail::is_missing(x) ? node->missing : x < node->value ? node->left : node->right);
    }
    margin += node->value;
  }
  return detail::logistic(margin);`,
  };
};

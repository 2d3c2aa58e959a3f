import { CygnetError } from '@cygnet/columns';
import type { ModelBlueprint, TreesBlueprint } from '../models/index.ts';

const refuse = (message: string): never => {
  throw new CygnetError('export-refused', message);
};

/**
 * @throws CygnetError `export-refused` unless a model is made of trees with children, features and numbers that exist.
 * Children come after their parents, so that every walk ends.
 */
export function refuseUnlessTrees(blueprint: ModelBlueprint): asserts blueprint is TreesBlueprint {
  if (blueprint.kind !== 'trees') return refuse('The model is not made of trees.');
  const { features, trees, outputs, baseMargins } = blueprint;
  if (features.length === 0) refuse('The model has no input features.');
  if (trees.length === 0) refuse('The model has no trees.');
  if (baseMargins.length !== outputs.length)
    refuse(`${baseMargins.length} base margins for ${outputs.length} outputs.`);
  baseMargins.forEach((margin) => {
    if (!Number.isFinite(margin)) refuse(`The base margin is ${margin}.`);
  });
  trees.forEach((tree, t) => {
    if (!(tree.output in outputs)) refuse(`Tree ${t} adds to output ${tree.output}, which the model does not have.`);
    tree.left.forEach((left, node) => {
      const right = tree.right[node] as number;
      const isChild = (child: number): boolean => child > node && child < tree.left.length;
      if (left === -1) {
        if (!Number.isFinite(tree.value[node])) refuse(`Leaf ${node} of tree ${t} is ${tree.value[node]}.`);
      } else if (!isChild(left) || !isChild(right)) refuse(`Node ${node} of tree ${t} has no such child.`);
      else if (!Number.isFinite(tree.threshold[node]))
        refuse(`Node ${node} of tree ${t} splits at ${tree.threshold[node]}.`);
      else if (!((tree.feature[node] as number) in features))
        refuse(`Node ${node} of tree ${t} splits on a feature that the model does not have.`);
    });
  });
}

/**
 * The base margin of a classifier of signal against background.
 * @throws CygnetError `export-refused` for other trees.
 */
export const signalMargin = ({ link, outputs, baseMargins }: TreesBlueprint): number => {
  if (link !== 'sigmoid' || outputs.length !== 1)
    refuse(`The trees give ${outputs.join(', ')}, not one signal probability.`);
  return baseMargins[0] as number;
};

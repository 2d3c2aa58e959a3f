/**
 * The common representation of a trained model: plain numbers that every exporter and every evaluator reads.
 * All arithmetic it stands for is in float32, in the order written here.
 */

/** One input, in the order the model was trained with. */
export interface InputFeature {
  readonly name: string;
  /** For example `GeV`; empty when dimensionless or unknown. */
  readonly unit: string;
  /** Range seen in training. */
  readonly min: number;
  readonly max: number;
}

export type Activation = 'linear' | 'relu' | 'sigmoid' | 'tanh' | 'elu' | 'selu' | 'softplus';

/** Fully connected layer: `activation(x W + b)`. */
export interface DenseLayer {
  readonly inputs: number;
  readonly outputs: number;
  /** Row-major, `inputs` x `outputs`. */
  readonly weights: Float32Array;
  readonly bias: Float32Array;
  readonly activation: Activation;
}

/**
 * How raw outputs become predictions: `identity`, `sigmoid` of the only one (signal probability), `softmax` over all
 * (class probabilities), `mean-and-sigma` (the second of two is the logarithm of the standard deviation).
 */
export type Link = 'identity' | 'sigmoid' | 'softmax' | 'mean-and-sigma';

/** A feed-forward network with its preprocessing: `x -> isNaN(x) ? fill : x -> (x - mean) * inverseScale -> layers -> link`. */
export interface DenseBlueprint {
  readonly kind: 'dense';
  /** Names of the outputs, for example `['signal']`. */
  readonly outputs: readonly string[];
  readonly link: Link;
  readonly features: readonly InputFeature[];
  readonly fill: Float32Array;
  readonly mean: Float32Array;
  readonly inverseScale: Float32Array;
  /** The last layer is linear and gives one number an output; the link comes behind it. */
  readonly layers: readonly DenseLayer[];
}

/** One binary tree in arrays over its nodes; node 0 is the root. `left[i] === -1` marks a leaf. */
export interface TreeBlueprint {
  /** Number of the output that the tree adds to. */
  readonly output: number;
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly feature: Int32Array;
  /** An event goes left when `x < threshold`. */
  readonly threshold: Float32Array;
  /** 1: an event whose value is NaN goes left. */
  readonly missingLeft: Uint8Array;
  /** Leaf value (margin); 0 at inner nodes. */
  readonly value: Float32Array;
}

/** An ensemble of trees: `link(base margin + sum of leaf values)` for each output. */
export interface TreesBlueprint {
  readonly kind: 'trees';
  readonly features: readonly InputFeature[];
  /** Names of the outputs, for example `['signal']`. */
  readonly outputs: readonly string[];
  readonly link: Link;
  readonly trees: readonly TreeBlueprint[];
  /** One an output. */
  readonly baseMargins: readonly number[];
}

export type ModelBlueprint = DenseBlueprint | TreesBlueprint;

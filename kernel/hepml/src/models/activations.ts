import type { Activation } from './blueprint.ts';

/** Every activation by name. */
export const activationNames: readonly Activation[] = ['linear', 'relu', 'sigmoid', 'tanh', 'elu', 'selu', 'softplus'];

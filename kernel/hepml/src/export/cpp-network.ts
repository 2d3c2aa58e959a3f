import { CygnetError } from '@cygnet/columns';
import type { Activation, DenseBlueprint } from '../models/index.ts';
import { floatTable } from './cpp-source.ts';
import { signalLayers } from './network-checks.ts';

const activations: { readonly [name in Activation]: string | null } = {
  linear: null,
  relu: 'x > 0.0f ? x : 0.0f',
  sigmoid: 'logistic(x)',
  tanh: 'std::tanh(x)',
  elu: 'x > 0.0f ? x : std::expm1(x)',
  selu: '1.05070099f * (x > 0.0f ? x : 1.67326324f * std::expm1(x))',
  softplus: '(x > 0.0f ? x : 0.0f) + std::log1p(std::exp(-std::fabs(x)))',
};

const dense = `/// out = in * weights + bias; weights are inputs x outputs.
template <int Inputs, int Outputs>
inline void dense(const float* in, const float* weights, const float* bias, float* out) noexcept {
  for (int o = 0; o < Outputs; ++o) out[o] = 0.0f;
  for (int i = 0; i < Inputs; ++i)
    for (int o = 0; o < Outputs; ++o) out[o] += in[i] * weights[i * Outputs + o];
  for (int o = 0; o < Outputs; ++o) out[o] += bias[o];
}`;

/**
 * Tables and functions of a network in C++, and the body of `evaluate`.
 * @throws CygnetError `export-refused` for an activation that is not known here.
 */
export const cppNetwork = (blueprint: DenseBlueprint): { readonly detail: string; readonly evaluate: string } => {
  const { features, fill, mean, inverseScale } = blueprint;
  const layers = signalLayers(blueprint);
  const used = new Set(layers.map(({ activation }) => activation));
  const functions = [...used].map((name) => {
    if (!Object.hasOwn(activations, name))
      throw new CygnetError(
        'export-refused',
        `Layer ${layers.findIndex(({ activation }) => activation === name)} has activation "${name}", which the C++ ` +
          'writer does not know.',
      );
    return activations[name] === null || name === 'sigmoid'
      ? undefined
      : `inline float ${name}(float x) noexcept { return ${activations[name]}; }`;
  });
  const tables = layers.flatMap(({ weights, bias }, i) => [
    floatTable(`weights_${i}`, weights),
    floatTable(`bias_${i}`, bias),
  ]);
  const steps = layers.flatMap(({ inputs, outputs, activation }, i) => {
    const [from, to] = i % 2 ? ['b', 'a'] : ['a', 'b'];
    const call = activation === 'sigmoid' ? 'logistic' : activation;
    return [
      `  detail::dense<${inputs}, ${outputs}>(${from}, detail::weights_${i}, detail::bias_${i}, ${to});`,
      ...(activations[activation] === null
        ? []
        : [`  for (int i = 0; i < ${outputs}; ++i) ${to}[i] = detail::${call}(${to}[i]);`]),
    ];
  });
  const widest = Math.max(features.length, ...layers.map(({ outputs }) => outputs));
  return {
    detail: [
      floatTable('fill', fill),
      floatTable('mean', mean),
      floatTable('inverse_scale', inverseScale),
      ...tables,
      ...functions.filter((line) => line !== undefined),
      dense,
    ].join('\n'),
    evaluate: [
      `  float a[${widest}];`,
      `  float b[${widest}];`,
      '  for (int i = 0; i < feature_count; ++i) {',
      '    const float x = detail::is_missing(features[i]) ? detail::fill[i] : features[i];',
      '    a[i] = (x - detail::mean[i]) * detail::inverse_scale[i];',
      '  }',
      ...steps,
      `  return ${layers.length % 2 ? 'b' : 'a'}[0];`,
    ].join('\n'),
  };
};

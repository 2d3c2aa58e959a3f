import { cygnetVersion } from '../track/index.ts';
import { cppNetwork } from './cpp-network.ts';
import { commentText, initialiser, namespaceOf, stringLiteral } from './cpp-source.ts';
import { cppTrees } from './cpp-trees.ts';
import { refuseUnlessNetwork } from './network-checks.ts';
import type { WrittenModel } from './target-format.ts';
import { refuseUnlessTrees } from './tree-checks.ts';

/**
 * A model as one C++17 header that needs the standard library only: constant tables, the names and units of its inputs,
 * and `float evaluate(const float*)`, which allocates nothing and may run in many threads.
 * @throws CygnetError `export-refused` for a model with a part that C++ cannot be written for, naming it.
 */
export const cppHeader = ({ model, blueprint, name }: WrittenModel): string => {
  const { features } = blueprint;
  const space = namespaceOf(name);
  const texts = (of: (feature: (typeof features)[number]) => string): string =>
    initialiser(
      features.map((feature) => stringLiteral(of(feature))),
      4,
    );
  const { detail, evaluate } = partsOf(blueprint);
  return `// ${commentText(`${model.kind} "${model.name}"`)}, written by cygnet ${cygnetVersion}; trained ${commentText(model.provenance.trainedAt)}.
// C++17, standard library only. Preprocessing and missing values (NaN) are treated inside, under -ffast-math too.
//
//   #include "${name}.hpp"
//   float score = ${space}::evaluate(features);  // features: ${features.length} floats in the order of feature_names
#pragma once

#include <cmath>
#include <cstdint>
#include <cstring>

namespace ${space} {

inline constexpr int feature_count = ${features.length};
inline constexpr const char* feature_names[feature_count] = ${texts((feature) => feature.name)};
inline constexpr const char* feature_units[feature_count] = ${texts((feature) => feature.unit)};

namespace detail {

static_assert(sizeof(float) == 4, "IEEE 754 single precision is needed");
/// Whether a value is NaN, by its bits: compilers may assume that there is none.
inline bool is_missing(float x) noexcept {
  std::uint32_t bits = 0;
  std::memcpy(&bits, &x, sizeof bits);
  return (bits & 0x7fffffffu) > 0x7f800000u;
}
inline float logistic(float x) noexcept { return 1.0f / (1.0f + std::exp(-x)); }
${detail}

}  // namespace detail

/// Signal probability in [0, 1] of one event: feature_count values, in the order and units above; NaN is missing.
inline float evaluate(const float* features) noexcept {
${evaluate}
}

}  // namespace ${space}
`;
};

const partsOf = (blueprint: WrittenModel['blueprint']): { readonly detail: string; readonly evaluate: string } => {
  if (blueprint.kind === 'trees') {
    refuseUnlessTrees(blueprint);
    return cppTrees(blueprint);
  }
  refuseUnlessNetwork(blueprint);
  return cppNetwork(blueprint);
};

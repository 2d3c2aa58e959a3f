import type { WheelLibrary } from './python-environment.ts';

/** TensorFlow's C API, in the wheels `tensorflow-cpu` and `tensorflow` for Linux and macOS. */
export const tensorFlowLibrary: WheelLibrary = {
  name: 'TensorFlow',
  paths: ['tensorflow/libtensorflow_cc.so.2', 'tensorflow/libtensorflow_cc.2.dylib'],
};

/** What TensorFlow's other libraries stand on: tensors and status objects live here. */
export const tensorFlowFrameworkLibrary: WheelLibrary = {
  name: 'TensorFlow',
  paths: ['tensorflow/libtensorflow_framework.so.2', 'tensorflow/libtensorflow_framework.2.dylib'],
};

/** XGBoost's C API, in its wheels for Linux, macOS and Windows. */
export const xgboostLibrary: WheelLibrary = {
  name: 'XGBoost',
  paths: ['xgboost/lib/libxgboost.so', 'xgboost/lib/libxgboost.dylib', 'xgboost/lib/xgboost.dll'],
};

const ofImagecodecs = (name: string, file: string): WheelLibrary => ({
  name: `${name} (in the wheel imagecodecs)`,
  paths: [`imagecodecs.libs/${file}[-.]*so*`, `imagecodecs/.dylibs/${file}[-.]*dylib`],
});

/** ROOT's compression methods as C libraries, which the wheel `imagecodecs` brings along for itself. */
export const codecLibraries = {
  zlib: ofImagecodecs('libdeflate', 'libdeflate'),
  zstd: ofImagecodecs('zstd', 'libzstd'),
  lz4: ofImagecodecs('lz4', 'liblz4'),
  lzma: ofImagecodecs('lzma', 'liblzma'),
} as const;

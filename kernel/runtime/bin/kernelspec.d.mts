export interface KernelspecOptions {
  /** Python environment that has Jupyter and the native libraries. */
  readonly venv: string;
  /** The Node 24 program. */
  readonly node: string;
  /** Folder of this repository. */
  readonly clone: string;
}
export function kernelSpec(options: KernelspecOptions): Record<string, unknown>;
/** Writes the kernelspec into the environment and returns its folder. */
export function writeKernelspec(options: KernelspecOptions): string;

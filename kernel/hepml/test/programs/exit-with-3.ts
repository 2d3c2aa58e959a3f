/** Loads TensorFlow, then leaves with an exit code of its own. */
import { tensorEngine } from '../../src/train/tensor-engine.ts';

await tensorEngine();
process.exit(3);

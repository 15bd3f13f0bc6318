// The definition of the kernels in plain TypeScript, by theme: every function is its formula in kernels.ts, read aloud,
// and its sums run in order. The tests hold the compiled module to it.

import type { BindKernels } from "./kernels.ts";
import { activations } from "./reference/activations.ts";
import { affine } from "./reference/affine.ts";
import { losses } from "./reference/losses.ts";
import { optimizers } from "./reference/optimizers.ts";
import { pairs } from "./reference/pairs.ts";
import { sweeps } from "./reference/sweeps.ts";
import { vectors } from "./reference/vectors.ts";

export const referenceKernels: BindKernels = (memory) => {
  const single = {
    ...vectors(memory),
    ...affine(memory),
    ...activations(memory),
    ...losses(memory),
    ...pairs(memory),
    ...optimizers(memory),
  };
  return { ...single, ...sweeps(memory, single) };
};

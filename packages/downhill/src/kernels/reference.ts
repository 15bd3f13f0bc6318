// The definition of the kernels in plain TypeScript, by theme: every function is its formula in kernels.ts, read aloud,
// and its sums run in order. All is computed in float64; a store rounds to the element. The tests hold the compiled
// module to it.

import type { BindKernels } from "./kernels.ts";
import { activations } from "./reference/activations.ts";
import { affine } from "./reference/affine.ts";
import { losses } from "./reference/losses.ts";
import { optimizers } from "./reference/optimizers.ts";
import { pairs } from "./reference/pairs.ts";
import { sweeps } from "./reference/sweeps.ts";
import { vectors } from "./reference/vectors.ts";
import { viewsOf } from "./reference/views.ts";

export const referenceKernels: BindKernels = (memory, element) => {
  const views = viewsOf(memory, element);
  const single = {
    ...vectors(views),
    ...affine(views),
    ...activations(views),
    ...losses(views),
    ...pairs(views),
    ...optimizers(views),
  };
  return { ...single, ...sweeps(views, single) };
};

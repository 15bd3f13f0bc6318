// The definition of the kernels in plain TypeScript, one file per theme: every function computes its formula in kernels.ts,
// and its sums run in order. All is computed in float64 and rounded to the element type when it is stored. The contract
// tests compare the compiled module with these functions.

import type { BindKernels } from "./kernels.ts";
import { activations } from "./reference/activations.ts";
import { affine } from "./reference/affine.ts";
import { columns } from "./reference/columns.ts";
import { dualSlopes } from "./reference/dualSlopes.ts";
import { losses } from "./reference/losses.ts";
import { optimizers } from "./reference/optimizers.ts";
import { pairs } from "./reference/pairs.ts";
import { smoothHinge } from "./reference/smoothHinge.ts";
import { sparse } from "./reference/sparse.ts";
import { sweepSparse } from "./reference/sweepSparse.ts";
import { sweeps } from "./reference/sweeps.ts";
import { vectors } from "./reference/vectors.ts";
import { viewsOf } from "./reference/views.ts";

export const referenceKernels: BindKernels = (memory, elementType) => {
  const views = viewsOf(memory, elementType);
  const single = {
    ...vectors(views),
    ...affine(views),
    ...columns(views),
    ...sparse(views),
    ...activations(views),
    ...losses(views),
    ...dualSlopes(views),
    ...smoothHinge(views),
    ...pairs(views),
    ...optimizers(views),
  };
  return { ...single, ...sweeps(views, single), ...sweepSparse(views, single) };
};

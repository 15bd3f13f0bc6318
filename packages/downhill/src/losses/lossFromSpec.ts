import { crossEntropy } from "./crossEntropy.ts";
import { halfSquared } from "./halfSquared.ts";
import { hinge } from "./hinge.ts";
import { logistic } from "./logistic.ts";
import type { Loss, LossSpec } from "./loss.ts";
import { squaredHinge } from "./squaredHinge.ts";

const makers: Record<LossSpec["loss"], (outputs: number) => Loss> = {
  halfSquared,
  logistic,
  hinge,
  squaredHinge,
  crossEntropy,
};

/** Makes the loss of a spec. */
export const lossFromSpec = ({ loss, outputs }: LossSpec): Loss => makers[loss](outputs);

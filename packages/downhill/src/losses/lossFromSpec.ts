import { crossEntropy } from "./crossEntropy.ts";
import { halfSquared } from "./halfSquared.ts";
import { hinge } from "./hinge.ts";
import { limitedSlope } from "./limitedSlope.ts";
import { logistic } from "./logistic.ts";
import type { Loss, LossSpec } from "./loss.ts";
import { poisson } from "./poisson.ts";
import { squaredHinge } from "./squaredHinge.ts";

const makers: Partial<Record<LossSpec["loss"], (outputs: number) => Loss>> = {
  halfSquared,
  logistic,
  hinge,
  squaredHinge,
  crossEntropy,
  poisson,
};

/** Makes the loss of a spec. */
export const lossFromSpec = (spec: LossSpec): Loss => makers[spec.loss]?.(spec.outputs) ?? limitedSlope(spec);

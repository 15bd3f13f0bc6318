import type { Optimizer } from "../../optimizers/optimizer.ts";
import { optimizerFromSpec } from "../../optimizers/optimizerFromSpec.ts";
import { plain } from "../../optimizers/plain.ts";
import type { RateSpec } from "../../optimizers/spec.ts";

/**
 * The same optimizer with any constant learning rate. It is plain descent where the optimizer chooses its own rates, or
 * contains a function of the user.
 */
export function optimizerWithRate({ spec }: Optimizer): (learningRate: number) => Optimizer {
  if (spec?.["rate"] === undefined) return plain;
  return (learningRate) => optimizerFromSpec({ ...spec, rate: learningRate satisfies RateSpec });
}

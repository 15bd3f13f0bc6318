// Only this file imports all the others of its folder.
import { InputTypeError, requireKnown, requireOneOf, requirePositive, show } from "../core/check.ts";
import { adaGrad, scaleByAdaGrad } from "./adaGrad.ts";
import { adam, scaleByAdam } from "./adam.ts";
import { adamW, addDecayedParams } from "./adamW.ts";
import { automatic } from "./automatic.ts";
import { clipByNorm } from "./clipByNorm.ts";
import { descent } from "./descent.ts";
import { dog } from "./dog.ts";
import { addMomentum, momentum } from "./momentum.ts";
import { addNesterov, nesterov } from "./nesterov.ts";
import type { Optimizer } from "./optimizer.ts";
import { plain } from "./plain.ts";
import { rmsProp, scaleByRmsProp } from "./rmsProp.ts";
import { constant, cosine, exponential, inverseTime, type Schedule, step, warmUp } from "./schedules.ts";
import type { OptimizerSpec, RateSpec, ScheduleSpec, TransformSpec } from "./spec.ts";
import type { Transform } from "./transform.ts";

// Each maker checks its own arguments. Their type is `never` because the contents of a spec are not known.
type Makers<Part> = Readonly<Record<string, (rate: never, options: never) => Part>>;

const schedules: Makers<Schedule> = { constant, cosine, exponential, inverseTime, step, warmUp };

const named: Makers<Optimizer> = { adaGrad, adam, adamW, momentum, nesterov, plain, rmsProp };

/** The optimizers that compute their learning rate. */
const automatics: Readonly<Record<string, () => Optimizer>> = { automatic, dog };

const transforms: Readonly<Record<string, (options: never) => Transform>> = {
  ...{ addDecayedParams, addMomentum, addNesterov, scaleByAdaGrad, scaleByAdam, scaleByRmsProp },
  clipByNorm: ({ largest }: { largest: number }) => clipByNorm(largest),
};

const FUNCTION_NAME = "optimizerFromSpec";

/**
 * Makes the optimizer of a spec. Its learning rates and directions have the same bits as those of the original.
 *
 * @throws TypeError for an unknown name or option; RangeError for a value outside its range
 *
 * @example
 * ```ts
 * import { adam, optimizerFromSpec } from "downhill";
 *
 * const text = JSON.stringify(adam(0.01).spec);
 * text; // '{"optimizer":"adam","rate":0.01,"beta1":0.9,"beta2":0.999,"epsilon":1e-8}'
 * optimizerFromSpec(JSON.parse(text)).name; // "adam"
 * ```
 */
export function optimizerFromSpec(spec: OptimizerSpec): Optimizer {
  const { optimizer, rate, ...rest } = spec ?? {};
  requireOneOf(FUNCTION_NAME, "optimizer", optimizer, [...Object.keys(automatics), "descent", ...Object.keys(named)]);
  if (optimizer in automatics) return checked(automatics[optimizer]!(), spec);
  const rateAt = rateFrom(rate as RateSpec);
  if (optimizer !== "descent") return checked(named[optimizer]!(rateAt as never, rest as never), spec);
  const parts = rest["transforms"];
  if (!Array.isArray(parts)) {
    throw new InputTypeError(
      `${FUNCTION_NAME}: transforms must be a list of specs, got ${show(parts)}. Pass [] for none.`,
    );
  }
  return checked(descent(rateAt, ...parts.map(transformFrom)), spec);
}

function rateFrom(rate: RateSpec): number | Schedule {
  if (typeof rate === "object" && rate !== null) return scheduleFrom(rate);
  requirePositive(FUNCTION_NAME, "rate", rate);
  return rate;
}

function scheduleFrom(spec: ScheduleSpec): Schedule {
  const { schedule, rate, ...options } = spec;
  requireOneOf(FUNCTION_NAME, "schedule", schedule, Object.keys(schedules));
  return checked(schedules[schedule]!(rateFrom(rate) as never, options as never), spec);
}

function transformFrom(spec: TransformSpec): Transform {
  const { transform, ...options } = spec;
  requireOneOf(FUNCTION_NAME, "transform", transform, Object.keys(transforms));
  return checked(transforms[transform]!(options as never), spec);
}

/** @throws TypeError when the spec has an option that the part does not have. */
function checked<Part extends { readonly spec?: object }>(made: Part, spec: object): Part {
  requireKnown(FUNCTION_NAME, spec, Object.keys(made.spec!));
  return made;
}

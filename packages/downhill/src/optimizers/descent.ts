import { requireKnown, requirePositive } from "../core/check.ts";
import { withSpec } from "../core/spec.ts";
import type { Optimizer } from "./optimizer.ts";
import { constant, rateSpec, type Schedule } from "./schedules.ts";
import type { OptimizerSpec, TransformSpec } from "./spec.ts";
import type { Transform } from "./transform.ts";

/**
 * An optimizer made of transforms: params −= rate(t) · direction, where the direction is the gradient after each transform in
 * turn. The other optimizers, except `automatic`, are made with it.
 *
 * @param rate  the learning rate: a number above 0, or a schedule
 * @param transforms  `addMomentum`, `addNesterov`, `scaleByAdaGrad`, `scaleByRmsProp`, `scaleByAdam`, `addDecayedParams`,
 *   `clipByNorm`, or your own
 * @throws RangeError when a constant rate is not above 0
 *
 * @example
 * ```ts
 * import { clipByNorm, cosine, descent, logisticRegression, scaleByAdam } from "downhill";
 *
 * const optimizer = descent(cosine(0.1, { updates: 100 }), clipByNorm(1), scaleByAdam());
 * const model = logisticRegression({ optimizer, batchSize: 2, epochs: 50 });
 * model.fit([[0], [1], [4], [5]], ["no", "no", "yes", "yes"]).predict([[6]]); // ["yes"]
 * ```
 */
export function descent(rate: number | Schedule, ...transforms: readonly Transform[]): Optimizer {
  if (typeof rate !== "function") requirePositive("descent", "learning rate", rate);
  const rateAt = typeof rate === "function" ? rate : constant(rate);
  const slots = ends(transforms.map((transform) => transform.slots));
  const scalars = ends(transforms.map((transform) => transform.scalars ?? 0));
  const optimizer: Optimizer = {
    slots: slots.at(-1)!,
    scalars: scalars.at(-1)!,
    gain: transforms.reduce<number | undefined>((gain, part) => part.gain && gain && gain * part.gain, 1),
    rate: transforms.length === 0 ? rateAt : undefined,
    schedule: rateAt,
    bind({ params, gradient, memory, scalars: numbers, kernels }) {
      const parts = transforms.map((transform, i) => ({
        transform,
        memory: memory.slice(slots[i], slots[i + 1]),
        at: { t: 0, params, scalars: numbers.subarray(scalars[i], scalars[i + 1]), kernels },
      }));
      return (t) => {
        for (const part of parts) {
          part.at.t = t;
          part.transform.apply(gradient, part.memory, part.at);
        }
        return rateAt(t);
      };
    },
  };
  return withSpec(optimizer, descentSpec(rate, transforms));
}

/** A transform's function with its options; {} gives the defaults. */
type TransformOf = (options: object) => Transform;

/**
 * A descent with a name, whose options are those of all its transforms.
 *
 * @throws TypeError when `options` has one that no transform has
 */
export function named(
  name: string,
  rate: number | Schedule,
  options: object = {},
  ...makers: readonly TransformOf[]
): Optimizer {
  const names = makers.map((make) => Object.keys(make({}).spec!).slice(1)); // the first key is not an option
  requireKnown(name, options, names.flat());
  const transforms = makers.map((make, i) =>
    make(Object.fromEntries(Object.entries(options).filter(([option]) => names[i]!.includes(option)))),
  );
  const optimizer = descent(rate, ...transforms);
  const { transform: _, ...resolved } = Object.assign({}, ...transforms.map(({ spec }) => spec)) as TransformSpec;
  const spec = optimizer.spec && { optimizer: name, rate: optimizer.spec["rate"]!, ...resolved };
  return withSpec({ ...optimizer, name }, spec);
}

/** Undefined when the learning rate or a transform has no spec. */
function descentSpec(rate: number | Schedule, parts: readonly Transform[]): OptimizerSpec | undefined {
  const rateAsSpec = rateSpec(rate);
  const transforms = parts.flatMap(({ spec }) => spec ?? []);
  if (rateAsSpec === undefined || transforms.length < parts.length) return undefined;
  return { optimizer: "descent", rate: rateAsSpec, transforms };
}

/** 0 and the cumulative sums: the ends of consecutive ranges of these lengths. */
function ends(lengths: readonly number[]): number[] {
  const sums = [0];
  for (const length of lengths) sums.push(sums.at(-1)! + length);
  return sums;
}

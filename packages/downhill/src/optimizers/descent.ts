import { requirePositive } from "../core/check.ts";
import { withSpec } from "../core/spec.ts";
import type { Optimizer } from "./optimizer.ts";
import { rateSpec, type Schedule } from "./schedules.ts";
import type { OptimizerSpec, TransformSpec } from "./spec.ts";
import type { Transform } from "./transform.ts";

/**
 * The usual optimizer: params −= rate(t) · direction, where the direction is the gradient after each transform in turn.
 *
 * @param rate  a constant > 0, or a schedule t ↦ rate with t = 1, 2, …
 * @throws RangeError when a constant rate is not above 0
 */
export function descent(rate: number | Schedule, ...transforms: readonly Transform[]): Optimizer {
  if (typeof rate === "number") requirePositive("descent", "learning rate", rate);
  const rateAt: Schedule = typeof rate === "number" ? () => rate : rate;
  const slots = ends(transforms.map((transform) => transform.slots));
  const scalars = ends(transforms.map((transform) => transform.scalars ?? 0));
  const optimizer: Optimizer = {
    slots: slots.at(-1)!,
    scalars: scalars.at(-1)!,
    gain: transforms.reduce<number | undefined>((gain, part) => part.gain && gain && gain * part.gain, 1),
    rate: transforms.length === 0 ? rateAt : undefined,
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

/** The same under a name of its own; its spec has the options of its transforms side by side. */
export function named(name: string, rate: number | Schedule, ...transforms: readonly Transform[]): Optimizer {
  const optimizer = descent(rate, ...transforms);
  const { transform: _, ...options } = Object.assign({}, ...transforms.map(({ spec }) => spec)) as TransformSpec;
  const spec = optimizer.spec && { optimizer: name, rate: optimizer.spec["rate"]!, ...options };
  return withSpec({ ...optimizer, name }, spec);
}

/** Absent when the rate or a transform has none. */
function descentSpec(rate: number | Schedule, parts: readonly Transform[]): OptimizerSpec | undefined {
  const ofRate = rateSpec(rate);
  const transforms = parts.flatMap(({ spec }) => spec ?? []);
  if (ofRate === undefined || transforms.length < parts.length) return undefined;
  return { optimizer: "descent", rate: ofRate, transforms };
}

/** 0 and the cumulative sums: where each of several shares begins and ends. */
function ends(lengths: readonly number[]): number[] {
  const sums = [0];
  for (const length of lengths) sums.push(sums.at(-1)! + length);
  return sums;
}

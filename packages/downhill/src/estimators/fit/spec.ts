import { InputTypeError, show } from "../../core/check.ts";
import type { Optimizer } from "../../optimizers/optimizer.ts";
import { optimizerFromSpec } from "../../optimizers/optimizerFromSpec.ts";
import type { OptimizerSpec } from "../../optimizers/spec.ts";
import { decodeNumbers, encodeNumbers } from "../saved/numberText.ts";

/** An estimator as JSON: its maker's name and the options it was given. `estimatorFromSpec` makes the same again. */
export interface EstimatorSpec {
  readonly estimator: string;
  readonly options: Readonly<Record<string, unknown>>;
}

const advice: Readonly<Record<string, string>> = {
  order: 'Use "shuffled" or "sequential".',
  optimizer: "Make it of the library's own optimizers, schedules and transforms.",
  kernels: "Leave it out.",
};

/**
 * The spec of an estimator made by `maker` with these options.
 *
 * @throws TypeError for an option that is code: an order, an optimizer or a part of one that the user wrote, kernels
 */
export function estimatorSpec(maker: string, options: object): EstimatorSpec {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return { estimator: maker, options: Object.fromEntries(given.map(([name, value]) => [name, dataOf(name, value)])) };
}

function dataOf(name: string, value: unknown): unknown {
  const refuse = (got: string): never => {
    throw new InputTypeError(
      `spec: ${name} must be data for the estimator to have a spec, got ${got}. ${advice[name]}`,
    );
  };
  if (name === "optimizer") return (value as Optimizer).spec ?? refuse("one with code of its own");
  if (typeof value === "function") refuse(show(value));
  return ArrayBuffer.isView(value) ? { numbers: encodeNumbers(value as Float64Array) } : value;
}

/** The options of a spec, ready for their maker. */
export function optionsOf({ options }: EstimatorSpec): Record<string, unknown> {
  const { optimizer, start, ...others } = options as { optimizer?: OptimizerSpec; start?: { numbers?: string } };
  return {
    ...others,
    ...(optimizer === undefined ? {} : { optimizer: optimizerFromSpec(optimizer) }),
    ...(start === undefined ? {} : { start: start?.numbers === undefined ? start : decodeNumbers(start.numbers) }),
  };
}

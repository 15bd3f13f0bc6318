import { InputTypeError, show } from "../../core/check.ts";
import type { Optimizer } from "../../optimizers/optimizer.ts";
import { optimizerFromSpec } from "../../optimizers/optimizerFromSpec.ts";
import type { OptimizerSpec } from "../../optimizers/spec.ts";
import { decodeNumbers, encodeNumbers } from "../saved/numberText.ts";

/** An estimator as JSON data: the name of its function and the options. `estimatorFromSpec` makes the same estimator of it. */
export interface EstimatorSpec {
  /** The name of the function, such as "logisticRegression". */
  readonly estimator: string;
  /** The options that were passed to it. */
  readonly options: Readonly<Record<string, unknown>>;
}

const ADVICE: Readonly<Record<string, string>> = {
  order: 'Pass "shuffled", "replacement" or "sequential".',
  optimizer: "Use the optimizers, schedules and transforms of the library.",
  kernels: "Leave out kernels.",
};

/**
 * The spec of an estimator that `functionName` made of these options.
 *
 * @throws TypeError for an option that is code of the user: an order, an optimizer or a part of one, kernels
 */
export function estimatorSpec(functionName: string, options: object): EstimatorSpec {
  const passed = Object.entries(options).filter(([, value]) => value !== undefined);
  return {
    estimator: functionName,
    options: Object.fromEntries(passed.map(([name, value]) => [name, dataOf(name, value)])),
  };
}

function dataOf(name: string, value: unknown): unknown {
  const reject = (got: string): never => {
    throw new InputTypeError(`spec: ${name} must be plain data in a spec, got ${got}. ${ADVICE[name]}`);
  };
  if (name === "optimizer") return (value as Optimizer).spec ?? reject("an optimizer with code of your own");
  if (typeof value === "function") reject(show(value));
  return ArrayBuffer.isView(value) ? { numbers: encodeNumbers(value as Float64Array) } : value;
}

/** The options of a spec, for the function that makes the estimator. */
export function optionsOf({ options }: EstimatorSpec): Record<string, unknown> {
  const { optimizer, start, ...others } = options as { optimizer?: OptimizerSpec; start?: { numbers?: string } };
  return {
    ...others,
    ...(optimizer === undefined ? {} : { optimizer: optimizerFromSpec(optimizer) }),
    ...(start === undefined ? {} : { start: start?.numbers === undefined ? start : decodeNumbers(start.numbers) }),
  };
}

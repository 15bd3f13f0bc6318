// The remedies that several verdicts share.
import { numberText } from "../numberText.ts";
import type { RunContext } from "./runContext.ts";
import { choosesRates } from "./stability.ts";
import type { Remedy } from "./verdict.ts";

/** A learning rate with the digits that a person would type: 2 digits, rounded down. */
export function roundedRate(rate: number): number {
  const near = Number(rate.toPrecision(2));
  return near <= rate ? near : Number((near - Number(`1e${near.toExponential().split("e")[1]}`) / 10).toPrecision(2));
}

export const setRate = (rate: number): Remedy => {
  const learningRate = roundedRate(rate);
  return { text: `Set the learning rate to ${numberText(learningRate)}.`, options: { learningRate } };
};

/**
 * The optimizer that needs no learning rate: `automatic` in full batch for a smooth convex objective, else the default of the
 * model. If the run uses `automatic`, only raw columns have a remedy.
 */
export function chooseRates({ shape, optimizer, standardized }: RunContext): Remedy[] {
  const standardize = standardized === false;
  if (choosesRates(optimizer)) {
    return standardize ? [{ text: "Standardize the columns.", options: { standardize } }] : [];
  }
  const scaling = standardize ? "Standardize the columns, and " : "";
  const smooth = shape === "quadratic" || shape === "smooth";
  const rest = smooth
    ? "use the optimizer automatic in full batch; it computes its learning rates."
    : "leave out the optimizer and the learning rate; the model then computes them.";
  const text = scaling + (standardize ? rest : rest[0]!.toUpperCase() + rest.slice(1));
  return [
    {
      text,
      options: {
        ...(smooth
          ? { optimizer: { optimizer: "automatic" }, batchSize: "full" as const }
          : { optimizer: "default" as const }),
        ...(standardize && { standardize: true }),
      },
    },
  ];
}

export const randomStart: Remedy = { text: "Start at random parameters.", options: { start: "random" } };

export const useTanh: Remedy = {
  text: "Use the activation tanh, whose units cannot die.",
  options: { activation: "tanh" },
};

/** What helps if the learning rate is too large. For raw columns a lower rate is often so low that the run is slow, so it comes last. */
export function lowerRate(rate: number | null | undefined, current: number, context: RunContext): Remedy[] {
  const lower = rate && rate < current ? [setRate(rate)] : [];
  const others = chooseRates(context);
  return context.standardized === false ? [...others, ...lower] : [...lower, ...others];
}

/** The penalty with which separable classes have an optimum: 1 / rows, the default of classifiers. */
export const setSeparableL2 = (rows: number): Remedy[] => [
  { text: `Set l2 to ${numberText(1 / rows)} (1 / rows), so that an optimum exists.`, options: { l2: 1 / rows } },
];

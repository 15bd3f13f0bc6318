import { countText, numberText } from "../../numberText.ts";
import { chooseRates, setRate } from "../remedies.ts";
import { fallPerEntry, meanCosine, type RunView, remainingEntries, SPEED_WINDOW } from "../runView.ts";
import { choosesRates } from "../stability.ts";
import type { Remedy } from "../verdict.ts";
import type { Rule } from "./rule.ts";

const MANY = 5000; // updates
const SMALL = 0.1; // of the best learning rate
const STEEP = 1e3; // the condition number above which it is the cause
const FALL = { update: 1e-4, epoch: 1e-3 }; // the smallest share by which the objective falls per entry in a run that is not slow
const STEADY = 0.5; // the mean cosine of successive changes above which noise is not the cause

const STRAIGHT = 0.99; // the same for an objective that is not smooth: near its optimum the changes turn

/** The remaining entries of a slow run, Infinity where they are not known; null for a run that is not slow. */
function remainingIfSlow(run: RunView): number | null {
  const { context, last, first, unit, full, end } = run;
  if (end <= SPEED_WINDOW) return null;
  const { band, epochs } = context.forecast ?? {};
  const smooth = context.shape !== "convex"; // else the gradient does not become small near the optimum
  const forecast = full && band === "converges" && epochs != null ? Math.max(0, epochs - last.epoch) : null;
  const remaining = forecast ?? (full && smooth ? remainingEntries(run) : null);
  if (remaining === 0) return null;
  if (remaining !== null && remaining > MANY && remaining < Infinity) return remaining;
  if (!((meanCosine(run, 4) ?? 0) > (smooth ? STEADY : STRAIGHT))) return null;
  const far = last.gradientNorm !== null && last.gradientNorm > 0.1 * first.gradientNorm!;
  const fall = fallPerEntry(run)!;
  return far && fall >= 0 && fall < FALL[unit] ? (remaining ?? Infinity) : null;
}

const remains = ({ unit }: RunView, remaining: number): string =>
  remaining < Infinity
    ? `at this pace about ${countText(remaining, unit)} remain`
    : `the objective falls by less than ${numberText(100 * FALL[unit])} % per ${unit}, and the gradient is still large`;

export const crawling: Rule = (run) => {
  const { context, last, unit } = run;
  const remaining = remainingIfSlow(run);
  if (remaining === null) return null;
  const best = context.forecast?.best;
  const small = best != null && last.learningRate < SMALL * best;
  return {
    id: "crawling",
    rule:
      `more than ${MANY} updates remain, or the objective falls by less than ${FALL[unit]} of itself per ${unit} while the ` +
      "gradient is above a tenth of the first one",
    sentence: small
      ? `The learning rate ${numberText(last.learningRate)} is too small: ${remains(run, remaining)}. The learning rate ` +
        `${numberText(best)}, which is ${numberText(best / last.learningRate, 2)} times as large, needs fewer.`
      : `The run is slow: ${remains(run, remaining)}.`,
    numbers: { learningRate: last.learningRate, ...(remaining < Infinity && { remaining }), ...(small && { best }) },
    remedies: [
      ...(small && (context.forecast?.bestEpochs ?? 0) <= MANY ? [setRate(best)] : []),
      ...chooseRates(context),
    ],
  };
};

/** It is tried before `crawling`, and holds only where the learning rate is not the cause. */
export const ravine: Rule = (run) => {
  const { standardized, optimizer, shape, forecast, curvature } = run.context;
  const condition = curvature?.condition ?? 0;
  const small = forecast?.best != null && run.last.learningRate < SMALL * forecast.best;
  const remaining = condition > STEEP && !small ? remainingIfSlow(run) : null;
  if (remaining === null) return null;
  const standardize: Remedy[] =
    standardized === false && choosesRates(optimizer)
      ? [{ text: "Standardize the columns.", options: { standardize: true } }]
      : [];
  const adam: Remedy[] =
    shape === "other" && optimizer?.optimizer !== "adam"
      ? [
          {
            text: "Use the optimizer adam with the learning rate 0.01.",
            options: { optimizer: { optimizer: "adam", rate: 0.01 } },
          },
        ]
      : [];
  return {
    id: "ravine",
    rule: `the condition number is above ${STEEP}, and more than ${MANY} updates remain`,
    sentence:
      `The objective is a narrow valley: its largest curvature is about ${numberText(condition, 2)} times the smallest one, so ` +
      `no learning rate suits all directions, and ${remains(run, remaining)}.`,
    numbers: { condition, ...(remaining < Infinity && { remaining }) },
    remedies: [...standardize, ...adam, ...chooseRates(run.context)],
  };
};

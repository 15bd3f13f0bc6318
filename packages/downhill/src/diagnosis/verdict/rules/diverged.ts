import { changeText, numberText } from "../../numberText.ts";
import { lowerRate } from "../remedies.ts";
import { objectiveOf, type RunView, startValue, valueName } from "../runView.ts";
import type { Verdict } from "../verdict.ts";
import { goodRate } from "./largeRate.ts";
import type { Rule } from "./rule.ts";

const RISE = 1e6;

export const diverged: Rule = (run) => {
  const { divergence, stopped } = run.context;
  if (divergence?.update === 0) return notStarted(divergence.what);
  if (divergence) return divergedAt(run, divergence, `diverged at update ${numberText(divergence.update, 9)}`);
  const [start, value] = [startValue(run), objectiveOf(run.last)];
  if (stopped !== "diverged" && value <= RISE * Math.abs(start)) return null;
  const what = `the ${valueName(run)} rose ${changeText(start, value)}`;
  return divergedAt(run, { ...run.last, what }, stopped === "diverged" ? "diverged" : "diverges");
};

function notStarted(what: string): Verdict {
  return {
    id: "diverged",
    rule: "a number is not finite before the first update",
    sentence: `The run could not start: ${what} before the first update. No learning rate helps; the numbers of the data are too large.`,
    numbers: { update: 0 },
    remedies: [{ text: "Standardize the columns.", options: { standardize: true } }],
  };
}

function divergedAt(
  run: RunView,
  { what, update, learningRate }: { readonly what: string; readonly update: number; readonly learningRate: number },
  happens: string,
): Verdict {
  const limit = run.context.forecast?.limit;
  const rate = run.context.forecast?.best ?? goodRate(run); // a slow rate is better than none
  const stable = limit != null && limit < learningRate;
  return {
    id: "diverged",
    rule: "a number is not finite, or objective > 1e6 · start",
    sentence:
      `The run ${happens} with the learning rate ${numberText(learningRate)}: ${what}.` +
      (stable ? aboutLimit(run, limit) : ""),
    numbers: { update, learningRate, ...(stable && { limit }) },
    remedies: lowerRate(rate, learningRate, run.context),
  };
}

/** With batches and for networks a run above the limit can be stable all the same. */
const aboutLimit = ({ context, full }: RunView, limit: number): string =>
  full && context.shape !== "other"
    ? ` The largest stable learning rate is about ${numberText(limit)}.`
    : ` Above the learning rate ${numberText(limit)}, steps can overshoot.`;

import { changeText, countText, numberText } from "../../numberText.ts";
import { lowerRate } from "../remedies.ts";
import { mean, objectiveOf, valueName } from "../runView.ts";
import { goodRate } from "./largeRate.ts";
import type { Rule } from "./rule.ts";

const UPDATES = 16; // in each of the two windows that are compared, in full batch
const EPOCHS = { min: 3, max: 10 }; // the same with batches
const VISIBLE = 1e-3; // the smallest rise, as a share of the objective
const CLEAR = 0.4; // the smallest rise, as a share of the swings; a smaller one can be chance
const SETTLED = 1e-3; // of the first gradient; nearer to the optimum, a rise can be a rounding error

/** The last rule before "healthy": the objective rises, whatever the optimizer is. */
export const rising: Rule = (run) => {
  const { context, first, last, full, end, unit } = run;
  const count = full ? UPDATES : Math.min(EPOCHS.max, Math.max(EPOCHS.min, Math.floor(end / 4)));
  const values = run.recent(2 * count).map(objectiveOf);
  if (values.length === 0 || (last.gradientNorm ?? Infinity) < SETTLED * first.gradientNorm!) return null;
  const [from, to] = [mean(values.slice(0, count)), mean(values.slice(count))];
  const swing = Math.max(...values) - Math.min(...values);
  if (!(to - from > Math.max(VISIBLE * Math.abs(from), CLEAR * swing))) return null;
  return {
    id: "zigzag",
    rule: `mean objective of ${countText(count, unit)} above that of the ${count} before`,
    sentence: `The mean ${valueName(run).replace("mean ", "")} of ${countText(count, unit)} rose ${changeText(from, to)} with the learning rate ${numberText(last.learningRate)}.`,
    numbers: { learningRate: last.learningRate, from, to },
    remedies: lowerRate(goodRate(run), last.learningRate, context),
  };
};

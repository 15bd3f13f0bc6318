import { numberText } from "../../numberText.ts";
import { chooseRates } from "../remedies.ts";
import { mean, meanCosine, measured, objectiveOf, type RunView, valueName } from "../runView.ts";
import { choosesRates } from "../stability.ts";
import type { Remedy } from "../verdict.ts";
import type { Rule } from "./rule.ts";

const EPOCHS = 3; // the least number of epochs in each of the two windows that are compared
const MANY_EPOCHS = 10; // the greatest
const VISIBLE = 1e-3; // the size of the swings, as a share of the objective, from which the noise matters
const FALLING = 0.99; // a learning rate that falls to less than this share lowers the noise by itself
const LOWER = 0.5; // a learning rate that will fall to less than this share will lower the noise
const LARGER_BATCH = 8;

export const noiseFloor: Rule = (run) => {
  const { context, last, full, end } = run;
  const epochs = Math.min(MANY_EPOCHS, Math.max(EPOCHS, Math.floor(end / 4)));
  const recent = run.recent(2 * epochs);
  if (full || recent.length === 0 || last.learningRate < FALLING * recent[0]!.learningRate) return null;
  if (context.lastRate !== undefined && context.lastRate < LOWER * last.learningRate) return null;
  const values = recent.map(objectiveOf);
  const [earlier, later] = [mean(values.slice(0, epochs)), mean(values.slice(epochs))];
  const swing = Math.max(...values) - Math.min(...values);
  const noisy = last.signalToNoise === null ? (meanCosine(run, 2 * epochs) ?? 1) < 0 : last.signalToNoise < 1;
  // A fall that is small beside the swings is no fall.
  if (!noisy || !(earlier - later < 0.25 * swing) || !(swing > VISIBLE * Math.abs(later))) return null;
  const floor = floorOf(run);
  return {
    id: "noiseFloor",
    rule: `mean objective of ${epochs} epochs not below that of the ${epochs} before, and opposite changes or signal < noise`,
    sentence:
      `The ${valueName(run)} no longer falls, because batches of ${numberText(context.batchRows, 9)} ${context.batchRows === 1 ? "row" : "rows"} are noisy: with the learning rate ` +
      `${numberText(last.learningRate)} it moves up and down around ${numberText(mean(values))}.` +
      (floor === null ? "" : ` Smaller steps would lower it by something like ${numberText(floor, 2)}.`),
    numbers: {
      learningRate: last.learningRate,
      batchRows: context.batchRows,
      objective: mean(values),
      swing,
      ...(floor !== null && { floor }),
    },
    remedies: quieter(run),
  };
};

/**
 * How far the noise keeps plain descent above the optimum, within a factor of about four: rate / 4 · variance of the gradients of
 * batches. It is larger near the limit of the rate, and smaller if a batch still has an effect several epochs later, because each
 * epoch uses every row once. Null where it is not known.
 */
function floorOf(run: RunView): number | null {
  const { shape, optimizer } = run.context;
  const noise = measured(run, "gradientNoise");
  return noise === null || optimizer?.optimizer !== "plain" || shape === "convex"
    ? null
    : (run.last.learningRate * noise) / 4;
}

/** For a convex objective an optimizer that needs no learning rate, because it reaches the optimum; a learning rate that falls; else larger batches. */
function quieter({ context, last }: RunView): Remedy[] {
  const { optimizer, batchRows, examples, shape } = context;
  const rate = last.learningRate;
  const updates = last.epoch * Math.ceil(examples / batchRows);
  const decay: Remedy = {
    text: "Let the learning rate fall along a cosine.",
    options: { optimizer: { ...optimizer!, rate: { schedule: "cosine", rate, updates, last: rate / 100 } } },
  };
  const rows = Math.min(LARGER_BATCH * batchRows, examples);
  const larger: Remedy = { text: `Use batches of ${numberText(rows, 9)} rows.`, options: { batchSize: rows } };
  const hasRate = optimizer !== undefined && !choosesRates(optimizer);
  return [...(shape !== "other" ? chooseRates(context) : hasRate ? [] : [larger]), ...(hasRate ? [decay] : [])];
}

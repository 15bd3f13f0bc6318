import type { OptimizerSpec } from "../../../optimizers/spec.ts";
import { ruleOfSpec } from "../../forecast/updateRule.ts";
import { changeText, countText, numberText } from "../../numberText.ts";
import { lowerRate } from "../remedies.ts";
import {
  earlierValue,
  fallPerEntry,
  MANY,
  mean,
  meanCosine,
  measured,
  objectiveOf,
  type RunView,
  startValue,
  valueName,
} from "../runView.ts";
import { choosesRates, productOfGrowth, stableProduct } from "../stability.ts";
import type { Verdict } from "../verdict.ts";
import type { Rule } from "./rule.ts";

const RISING = 5; // changes of the objective, of which at least 4 must be rises
const GROWTH = 1.5; // over these changes
const PROOF = 1e-9; // a relative rise above rounding
const HIGH = 10; // times the objective at the start
const ABOVE = 1.1; // the same for the last value and the last mean of batches, if the learning rate is constant
const ABOVE_EPOCHS = 3;
const TURNS = 8; // pairs of successive changes
const OPPOSITE = -0.5; // the mean cosine of these pairs
const SHRINKING = 0.0168; // 0.6⁸: if the changes shrink by more in 8 updates, the run is fast all the same
const FALLING = 0.99; // a learning rate that falls to less than this share in 8 updates becomes small enough by itself
const SWINGS = 16; // updates without a new lowest value
const SWINGS_IN_WAVES = 40; // the same for adam and other optimizers that remember gradients
const SWING = 1e-3; // the size of the swings, as a share of the objective
const STILL = 1e-6; // a change of this share of the parameters is about a rounding error in float32
const SETTLED = 1e-3; // a gradient below this share of the first one is near the optimum
const NEAR = 1.1; // a learning rate up to this multiple of the best one is not too large
const FAST = 1.25; // a run that needs at most this multiple of the fewest epochs is not too slow

/**
 * Half the largest stable learning rate of a quadratic objective, estimated from the factor by which the last change of the
 * parameters was larger than the one before; undefined where the update is not known.
 */
function stableRate({ context: { optimizer }, full, before, last }: RunView): number | undefined {
  const [earlier, later] = [before(1)?.change, last.change];
  if (!full || !earlier || !later) return undefined;
  const product = productOfGrowth(optimizer, later / earlier);
  return product && (0.5 * stableProduct(optimizer)! * last.learningRate) / product;
}

/** A learning rate that works, from the forecast, or from the growth of a quadratic objective; undefined where none is known. */
export function goodRate(run: RunView): number | undefined {
  const { forecast, shape } = run.context;
  if ((forecast?.bestEpochs ?? 0) > MANY) return undefined;
  if (forecast?.best != null) return forecast.best;
  if (forecast?.guaranteed != null) return 0.5 * forecast.guaranteed;
  return shape === "quadratic" && run.end > 1 ? stableRate(run) : undefined;
}

/** Whether the forecast proves that a run with the current learning rate converges. */
const isStable = ({ context: { forecast }, last }: RunView): boolean =>
  forecast?.band === "converges" && forecast.limit != null && last.learningRate < forecast.limit;

export const exploding: Rule = (run) => {
  const { context, last } = run;
  if (isStable(run)) return null;
  const growth = growthOf(run);
  if (growth === null) return null;
  const { from, period } = growth;
  const to = objectiveOf(last);
  const rate = goodRate(run);
  return {
    id: "exploding",
    rule: `objective > ${HIGH} · start, with batches > ${ABOVE} · start, and the mean of ${ABOVE_EPOCHS} epochs too; plain: ${RISING - 1} rises in ${RISING} updates to > ${GROWTH} times, for least squares 1 rise`,
    sentence: `The learning rate ${numberText(last.learningRate)} is too large: the ${valueName(run)} rose ${changeText(from, to)} ${period}.`,
    numbers: { learningRate: last.learningRate, from, to },
    remedies: lowerRate(rate, last.learningRate, context),
  };
};

/** Where an objective that grows began to grow; null if it does not grow. */
function growthOf(run: RunView): { readonly from: number; readonly period: string } | null {
  const { context, first, last, full } = run;
  const to = objectiveOf(last);
  if (full && context.optimizer?.optimizer === "plain") {
    const from = earlierValue(run, RISING);
    if (from !== undefined && to > GROWTH * from && rises(run) >= RISING - 1)
      return { from, period: `in ${RISING} updates` };
    // −η‖g‖² + η²/2 gᵀHg > 0 implies η > 2/L for a quadratic function, so one rise is a proof.
    const before = earlierValue(run, 1);
    const near = (last.gradientNorm ?? 0) < SETTLED * first.gradientNorm!; // there, a rise can be a rounding error
    if (context.shape === "quadratic" && before !== undefined && !near && to > (1 + PROOF) * before) {
      return { from: before, period: "in one update" };
    }
  }
  // Momentum, batches and networks have smaller rises that end by themselves.
  const start = startValue(run);
  return to > HIGH * Math.abs(start) || staysAbove(run, start) ? { from: start, period: "since the start" } : null;
}

/** Whether batches with a constant learning rate keep the objective above that of the start. */
function staysAbove({ context, full, last, recent }: RunView, start: number): boolean {
  if (full || choosesRates(context.optimizer)) return false;
  const epochs = recent(ABOVE_EPOCHS);
  if (epochs.length === 0 || last.learningRate < FALLING * epochs[0]!.learningRate) return false;
  return Math.min(objectiveOf(last), mean(epochs.map(objectiveOf))) > start + (ABOVE - 1) * Math.abs(start);
}

/** The number of rises in the last changes of the objective. */
function rises(run: RunView): number {
  let count = 0;
  for (let back = 0; back < RISING; back++) if (earlierValue(run, back)! > earlierValue(run, back + 1)!) count++;
  return count;
}

export const zigzag: Rule = (run) => {
  const { context, full, first, last, before } = run;
  if (!full || choosesRates(context.optimizer)) return null;
  if (last.learningRate < FALLING * (before(TURNS) ?? first).learningRate) return null;
  const unstable = !isStable(run);
  return (unstable ? swings(run) : null) ?? jumps(run) ?? (unstable ? climbs(run) : null);
};

/** Successive changes have opposite directions, and the objective falls. */
function jumps(run: RunView): Verdict | null {
  const { context, last, before } = run;
  const { best, epochs, bestEpochs } = context.forecast ?? {};
  const cosine = meanCosine(run, TURNS) ?? 0;
  const earlier = before(TURNS)!;
  if (!(cosine < OPPOSITE && objectiveOf(last) < objectiveOf(earlier)) || context.shape === "convex") return null;
  if (last.change! < SHRINKING * earlier.change!) return null;
  const compared = best != null && epochs != null && bestEpochs != null;
  if ((compared && epochs <= FAST * bestEpochs) || (best != null && last.learningRate <= NEAR * best)) return null;
  return {
    id: "zigzag",
    rule: `mean cosine of ${TURNS} pairs of successive changes < ${OPPOSITE}, and the objective falls`,
    sentence:
      `The learning rate ${numberText(last.learningRate)} is large: the updates overshoot, so each one has almost the opposite ` +
      "direction to the one before. " +
      (compared
        ? `The run needs ${countText(epochs, "epoch")}; the learning rate ${numberText(best)} needs ${countText(bestEpochs, "epoch")}.`
        : "The objective still falls."),
    numbers: { learningRate: last.learningRate, cosine, ...(compared && { epochs, bestEpochs }) },
    remedies: lowerRate(best, last.learningRate, context),
  };
}

/** The objective has had no new lowest value for many updates, and it is not near the optimum. */
function swings(run: RunView): Verdict | null {
  const { context, first, last, before } = run;
  const updates = patience(context.optimizer);
  const earlier = before(updates);
  const settled = (last.gradientNorm ?? Infinity) < SETTLED * first.gradientNorm! || last.change! < STILL * last.norm;
  if (earlier === undefined || last.lowest < earlier.lowest || settled) return null;
  const values = run.recent(updates).map(objectiveOf);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  if (!(high - low > SWING * Math.abs(low))) return null;
  const rate = goodRate(run);
  return {
    id: "zigzag",
    rule: `no new lowest objective in ${updates} updates, and gradient > ${SETTLED} · first`,
    sentence:
      `The run does not settle with the learning rate ${numberText(last.learningRate)}: the objective was between ` +
      `${numberText(low)} and ${numberText(high)} in the last ${updates} updates, and its lowest value before was ${numberText(last.lowest)}.`,
    numbers: { learningRate: last.learningRate, low, high, lowest: last.lowest, updates },
    remedies: lowerRate(rate, last.learningRate, context),
  };
}

/** The objective is higher than 16 updates before, or than at the start, away from an optimum. */
function climbs(run: RunView): Verdict | null {
  const { context, first, last } = run;
  const { from, entries } = fallPerEntry(run)!;
  const to = objectiveOf(last);
  const settled = run.end > 1 && (last.gradientNorm ?? Infinity) < SETTLED * first.gradientNorm!;
  if (settled || !(to - from > SWING * Math.abs(from))) return null;
  const rate = goodRate(run);
  return {
    id: "zigzag",
    rule: `objective > its value ${entries} updates before`,
    sentence: `The objective rose ${changeText(from, to)} in ${countText(entries, "update")} with the learning rate ${numberText(last.learningRate)}.`,
    numbers: { learningRate: last.learningRate, from, to, updates: entries },
    remedies: lowerRate(rate, last.learningRate, context),
  };
}

/** Updates without a new lowest objective: 16 for plain descent; with momentum, which rises in waves, 4 / (1 − decay) or 40. */
function patience(spec: OptimizerSpec | undefined): number {
  const rule = spec && ruleOfSpec(spec);
  return rule ? Math.max(SWINGS, Math.round(4 / (1 - rule.decay))) : SWINGS_IN_WAVES;
}

/** It is tried before `zigzag`, because successive changes are opposite here too. */
export const edge: Rule = (run) => {
  const { context, last, recent, full } = run;
  const product = stableProduct(context.optimizer);
  const sharpness = measured(run, "sharpness");
  if (context.shape !== "other" || !full || sharpness === null || product === undefined) return null;
  const limit = product / sharpness;
  const share = last.learningRate / limit;
  const values = recent(2 * SWINGS).map(objectiveOf);
  if (!(share > 0.9 && share < 1.3) || values.length === 0) return null;
  if (!(mean(values.slice(SWINGS)) < mean(values.slice(0, SWINGS)))) return null;
  return {
    id: "edge",
    rule: "0.9 < learning rate / largest stable rate < 1.3, and the mean objective falls",
    sentence:
      `The run is at the edge of stability: the largest curvature has grown to about ${numberText(sharpness)}, for which ` +
      `learning rates up to about ${numberText(limit)} are stable, and the run uses ${numberText(last.learningRate)}. ` +
      "Small waves of the objective are normal here.",
    numbers: { learningRate: last.learningRate, sharpness, limit, share },
    remedies: [],
  };
};

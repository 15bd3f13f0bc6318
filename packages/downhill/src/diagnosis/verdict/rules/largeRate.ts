import { countText, numberText } from "../../numberText.ts";
import { chooseRates, setRate } from "../remedies.ts";
import { meanCosine, objectiveOf, type RunView, startValue } from "../runView.ts";
import { choosesRates, productOfGrowth, stableProduct } from "../stability.ts";
import type { Verdict } from "../verdict.ts";
import type { Rule } from "./rule.ts";

const RISING = 5; // changes of the objective, of which at least 4 must be rises
const GROWTH = 1.5; // over these changes
const HIGH = 10; // times the objective at the start
const TURNS = 8; // pairs of successive changes
const OPPOSITE = -0.5; // the mean cosine of these pairs
const SHRINKING = 0.0168; // 0.6⁸: if the changes shrink by more in 8 updates, the run is fast all the same
const FALLING = 0.99; // a learning rate that falls to less than this share in 8 updates becomes small enough by itself
const SWINGS = 16; // entries without a new lowest value
const SWING = 1e-3; // the size of the swings, as a share of the objective or of the parameters
const SETTLED = 1e-3; // a gradient below this share of the first one is near the optimum
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
  if (forecast?.best != null) return forecast.best;
  if (forecast?.guaranteed != null) return 0.5 * forecast.guaranteed;
  return shape === "quadratic" ? stableRate(run) : undefined;
}

/** Whether the forecast proves that a run with the current learning rate converges. */
const isStable = ({ context: { forecast }, last }: RunView): boolean =>
  forecast?.band === "converges" && forecast.limit != null && last.learningRate < forecast.limit;

export const exploding: Rule = (run) => {
  const { context, last, unit, full, end } = run;
  if (isStable(run)) return null;
  const start = startValue(run);
  const values = [
    ...(end === RISING && full ? [start] : []),
    ...run.recent(Math.min(end, RISING + 1)).map(objectiveOf),
  ];
  const rises = values.filter((value, i) => i > 0 && value > values[i - 1]!).length;
  const [from, to] = [values[0]!, objectiveOf(last)];
  const high = to > HIGH * Math.abs(start);
  // Batches, momentum and networks have rises that end by themselves, so the objective must also be above its start.
  const steady = full && context.shape !== "other" && context.optimizer?.optimizer === "plain";
  const rising = values.length > RISING && rises >= RISING - 1 && to > GROWTH * from && (steady || to > start);
  if (!rising && !high) return null;
  const rate = goodRate(run);
  return {
    id: "exploding",
    rule: `the objective rose in at least ${RISING - 1} of ${RISING} ${unit}s and to more than ${GROWTH} times, or it is above ${HIGH} times that of the start`,
    sentence:
      `The learning rate ${numberText(last.learningRate)} is too large: ` +
      (rising
        ? `the objective rose from ${numberText(from)} to ${numberText(to)} in ${RISING} ${unit}s.`
        : `the objective is ${numberText(to)} now, and was ${numberText(start)} at the start.`),
    numbers: { learningRate: last.learningRate, from: rising ? from : start, to },
    remedies: [...(rate && rate < last.learningRate ? [setRate(rate)] : []), ...chooseRates(context)],
  };
};

export const zigzag: Rule = (run) => {
  const { context, full, last, before } = run;
  const earlier = before(TURNS);
  if (!full || choosesRates(context.optimizer) || earlier === undefined) return null;
  if (last.learningRate < FALLING * earlier.learningRate) return null;
  return jumps(run) ?? (isStable(run) ? null : swings(run));
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
  if (compared && epochs <= FAST * bestEpochs) return null;
  return {
    id: "zigzag",
    rule: `the mean cosine of the last ${TURNS} pairs of successive changes is below ${OPPOSITE}, the changes shrink slowly, and the objective falls`,
    sentence:
      `The learning rate ${numberText(last.learningRate)} is large: each update jumps across the valley of the objective, ` +
      "almost in the opposite direction to the update before. " +
      (compared
        ? `The run needs ${countText(epochs, "epoch")}; the learning rate ${numberText(best)} needs ${countText(bestEpochs, "epoch")}.`
        : "The objective still falls."),
    numbers: { learningRate: last.learningRate, cosine, ...(compared && { epochs, bestEpochs }) },
    remedies: [...(best != null && best < last.learningRate ? [setRate(best)] : []), ...chooseRates(context)],
  };
}

/** The parameters move to and fro without a new lowest value of the objective. */
function swings(run: RunView): Verdict | null {
  const { context, trace, end, first, last } = run;
  const values = run.recent(SWINGS).map(objectiveOf);
  const earlier = trace.slice(Math.max(0, end - 2 * SWINGS), Math.max(0, end - SWINGS)).map(objectiveOf);
  if (earlier.length === 0) return null;
  const [low, high] = [Math.min(...values), Math.max(...values)];
  if (low < Math.min(...earlier) || (last.gradientNorm ?? Infinity) < SETTLED * first.gradientNorm!) return null;
  let turns = 0;
  for (let i = 2; i < SWINGS; i++) {
    if ((values[i]! - values[i - 1]!) * (values[i - 1]! - values[i - 2]!) < 0) turns++;
  }
  const swinging = turns >= 4 && high - low > SWING * Math.abs(low);
  const moving = last.change! > SWING * last.norm;
  if (!moving || !(swinging || (meanCosine(run, TURNS) ?? 0) < OPPOSITE)) return null;
  const rate = goodRate(run);
  return {
    id: "zigzag",
    rule: `no new lowest objective in ${SWINGS} updates, and it turned at least 4 times, or the mean cosine of successive changes is below ${OPPOSITE}`,
    sentence:
      `The run does not settle with the learning rate ${numberText(last.learningRate)}: the parameters jump to and fro, and ` +
      `the objective stays between ${numberText(low)} and ${numberText(high)}.`,
    numbers: { learningRate: last.learningRate, low, high },
    remedies: [...(rate && rate < last.learningRate ? [setRate(rate)] : []), ...chooseRates(context)],
  };
}

export const edge: Rule = (run) => {
  const { context, last, before } = run;
  const product = stableProduct(context.optimizer);
  if (context.shape !== "other" || !run.full || last.sharpness === null || product === undefined) return null;
  const limit = product / last.sharpness;
  const share = last.learningRate / limit;
  const earlier = before(TURNS);
  if (!(share > 0.9 && share < 1.3) || earlier === undefined || !(objectiveOf(last) < objectiveOf(earlier)))
    return null;
  return {
    id: "edge",
    rule: "the objective is not convex and falls, and learning rate / largest stable rate is between 0.9 and 1.3",
    sentence:
      `The run is at the edge of stability: the largest curvature has grown to about ${numberText(last.sharpness)}, for which ` +
      `learning rates up to about ${numberText(limit)} are stable, and the run uses ${numberText(last.learningRate)}. ` +
      "Small waves of the objective are normal here.",
    numbers: { learningRate: last.learningRate, sharpness: last.sharpness, limit, share },
    remedies: [],
  };
};

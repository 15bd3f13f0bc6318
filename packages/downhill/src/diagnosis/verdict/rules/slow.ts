import { countText, numberText } from "../../numberText.ts";
import { chooseRates, setRate } from "../remedies.ts";
import { fallPerEntry, MANY, meanCosine, ROUNDING, type RunView, remainingEntries, SPEED_WINDOW } from "../runView.ts";
import type { Remedy } from "../verdict.ts";
import type { Rule } from "./rule.ts";

const SMALL = 0.1; // of the best learning rate
const STEEP = 1e3; // the condition number above which it is the cause
const FALL = { update: 1e-4, epoch: 1e-3 }; // the smallest share by which the objective falls per entry in a run that is not slow
const STEADY = 0.5; // the mean cosine of successive changes above which noise is not the cause
const STRAIGHT = 0.99; // the same for an objective that is not smooth: near its optimum the changes turn
const EXACT = 1e-9; // of the first gradient: such a run is at the optimum

/** A run that is slow. */
interface Slowness {
  /** The estimated number of remaining entries; null where it is not known. */
  readonly remaining: number | null;
  /** A clause that says why: "at this pace about 48,000 updates remain". */
  readonly clause: string;
}

function slowness(run: RunView): Slowness | null {
  const { context, last, first, before, unit, full, end } = run;
  if (end < SPEED_WINDOW) return null;
  const { band, epochs } = context.forecast ?? {};
  const smooth = context.shape !== "convex"; // else the gradient does not become small near the optimum
  const forecast = full && band === "converges" && epochs != null ? Math.max(0, epochs - last.epoch) : null;
  const remaining = forecast ?? (full && smooth ? remainingEntries(run) : null);
  if (remaining !== null && remaining > MANY && remaining < Infinity) {
    return { remaining, clause: `at this pace about ${countText(remaining, unit)} remain` };
  }
  const fall = fallPerEntry(run)!.share;
  const share = last.gradientNorm === null ? null : last.gradientNorm / first.gradientNorm!;
  const atOptimum = share !== null && share < EXACT;
  if (context.stopped === "epochs" && full && end > MANY && fall > ROUNDING && !atOptimum) {
    return { remaining: null, clause: `it has not converged after ${countText(end, "update")}` };
  }
  if (remaining === 0 || !((meanCosine(run, 4) ?? 0) > (smooth ? STEADY : STRAIGHT))) return null;
  if (share === null || share < 0.1 || fall < 0 || fall >= FALL[unit]) return null;
  const earlier = before(SPEED_WINDOW - 2)!;
  if (context.averaged || last.learningRate < 0.99 * earlier.learningRate || last.change! < 0.5 * earlier.change!)
    return null;
  const clause = `the objective falls by less than ${numberText(100 * FALL[unit])} % per ${unit}, and the gradient is still large`;
  return { remaining: null, clause };
}

/** Whether the learning rate is far below the best one. */
const isSmall = ({ context: { forecast }, last }: RunView): boolean =>
  forecast?.best != null && last.learningRate < SMALL * forecast.best;

/** Holds only where the learning rate is not known to be the cause. */
export const ravine: Rule = (run) => {
  const { optimizer, shape, curvature, forecast } = run.context;
  const condition = (curvature ?? forecast)?.condition ?? 0;
  const slow = condition > STEEP && !isSmall(run) ? slowness(run) : null;
  if (slow === null) return null;
  const adam: Remedy = {
    text: "Use the optimizer adam with the learning rate 0.01.",
    options: { optimizer: { optimizer: "adam", rate: 0.01 } },
  };
  return {
    id: "ravine",
    rule: `condition number > ${STEEP}, and the run is slow`,
    sentence:
      `The largest curvature of the objective is about ${numberText(condition, 2)} times the smallest one, so ` +
      `no learning rate suits all directions, and ${slow.clause}.`,
    numbers: { condition, ...(slow.remaining !== null && { remaining: slow.remaining }) },
    remedies: [...(shape === "other" && optimizer?.optimizer !== "adam" ? [adam] : []), ...chooseRates(run.context)],
  };
};

export const crawling: Rule = (run) => {
  const { context, last, unit } = run;
  const slow = slowness(run);
  if (slow === null) return null;
  const { best, bestEpochs } = context.forecast ?? {};
  const small = isSmall(run);
  return {
    id: "crawling",
    rule: `more than ${MANY} updates remain; or fall per ${unit} < ${FALL[unit]} with gradient > 0.1 · first`,
    sentence: small
      ? `The learning rate ${numberText(last.learningRate)} is too small: ${slow.clause}. The learning rate ` +
        `${numberText(best!)}, which is ${numberText(best! / last.learningRate, 2)} times as large, needs fewer.`
      : `The run is slow: ${slow.clause}.`,
    numbers: {
      learningRate: last.learningRate,
      ...(slow.remaining !== null && { remaining: slow.remaining }),
      ...(small && { best: best! }),
    },
    remedies: [...(small && (bestEpochs ?? 0) <= MANY ? [setRate(best!)] : []), ...chooseRates(context)],
  };
};

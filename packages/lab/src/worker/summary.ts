// What a run has reached at its end.

import { metricName, metricOf } from "../scenes/curveScenes.ts";
import type { ShownRun } from "../training/shownRun.ts";
import type { NamedRun } from "./chartPlans.ts";
import type { RunSummary } from "./protocol.ts";
import { hasSamePenalty, type Kept, lossNow } from "./shelf.ts";

/** Makes summaries; the metric of a run is computed once. */
export function summaries() {
  let metric: { readonly live: ShownRun["live"]; readonly update: number; readonly value: number } | null = null;
  /** @param kept  the kept runs that can be compared with the run */
  return ({ live, lab, fitted, landscape, state }: NamedRun, kept: readonly Kept[]): RunSummary => {
    const { update, params } = live.now;
    if (metric?.live !== live || metric.update !== update)
      metric = { live, update, value: metricOf(lab, fitted.model(params)) };
    const loss = lossNow(live);
    const best = landscape.optimum();
    const lower = kept
      .filter((run) => run.loss < loss && hasSamePenalty(run.state, state))
      .sort((a, b) => a.loss - b.loss)[0];
    return {
      seconds: live.seconds.at(update),
      aboveLowest: best && Math.max(0, loss - live.evaluator.at(best)),
      lower: lower ? { letter: lower.letter, loss: lower.loss } : null,
      metric: { name: metricName(lab), isHeldOut: lab.heldOut !== null, value: metric.value },
    };
  };
}

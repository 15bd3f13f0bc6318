// The loss of the run, and of the runs that are kept, against the number of updates.

import { lossCurve, type Run, type Spec } from "@downhill/plots";
import type { LossPoints } from "../training/lossTrace.ts";

/** The losses of a run. */
export interface RunLosses {
  readonly name: string;
  readonly objectives: LossPoints;
  readonly heldOut: LossPoints;
  readonly batchLosses: LossPoints;
  /** The losses that were computed before the run, where they can be. */
  readonly forecast?: LossPoints;
}

/** How the losses are drawn. */
export interface LossView {
  readonly lossScale: "linear" | "log";
  readonly lossAxis: "updates" | "epochs";
  readonly updatesPerEpoch: number;
  /** The number of updates at the end of the horizontal axis. */
  readonly end: number;
}

const FIRST_EPOCHS = 50;

/** The end of the horizontal axis: it doubles when a run reaches it, so that the lines do not move at every update. */
export function axisEnd(updates: number, updatesPerEpoch: number, epochs: number): number {
  let end = FIRST_EPOCHS * updatesPerEpoch;
  while (end < updates) end *= 2;
  return Math.max(updates, Math.min(end, epochs * updatesPerEpoch));
}

/** The spec of the chart: the present run first, then the kept ones. */
export function lossSpec(run: RunLosses, kept: readonly RunLosses[], view: LossView): Spec {
  const { lossScale, lossAxis, updatesPerEpoch, end } = view;
  const along = lossAxis === "epochs" ? 1 / updatesPerEpoch : 1;
  const line = (name: string, { updates, losses }: LossPoints): Run[] =>
    losses.length === 0 ? [] : [{ name, x: updates.map((update) => update * along), values: losses }];
  return lossCurve({
    title: "Loss",
    runs: [
      ...line(`${run.name}: training`, run.objectives),
      ...line(`${run.name}: held-out`, run.heldOut),
      ...line(`${run.name}: each batch`, run.batchLosses),
      ...(run.forecast ? line("forecast", run.forecast) : []),
      ...kept.flatMap(({ name, objectives }) => line(name, objectives)),
    ],
    xName: lossAxis === "epochs" ? "Epochs" : "Updates",
    yName: "Loss",
    yScale: lossScale,
    xEnd: end * along,
  });
}

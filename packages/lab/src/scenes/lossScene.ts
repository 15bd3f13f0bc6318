// The loss of the run, and of the runs that are kept, against the number of updates.

import { type LossMark, lossCurve, type Run, type Spec } from "@downhill/plots";
import type { LabState } from "../state/labState.ts";
import type { Epochs } from "../training/epochs.ts";
import type { LossPoints } from "../training/lossTrace.ts";

/** The losses of a run. */
export interface RunLosses {
  readonly objectives: LossPoints;
  readonly heldOut: LossPoints;
  readonly batchLosses: LossPoints;
  /** The mean losses of the batches of each stretch. */
  readonly batchMeans: LossPoints;
  /** How often the rows were used by the first updates. */
  epochsAt(update: number): number;
  /** The computing time of the first updates. */
  secondsAt(update: number): number;
}

/** The losses of a run with its name, and how the chart draws them. */
export interface NamedLosses extends RunLosses {
  readonly name: string;
  /** The number of its colour and of its marker. */
  readonly style: number;
  /** Whether its line is faint, because another run is highlighted. */
  readonly isFaint?: boolean;
  /** The losses that the run will have, while it has not begun. */
  readonly forecast?: LossPoints;
}

/** How the losses are drawn. */
export interface LossView extends Pick<LabState["view"], "lossScale" | "lossAxis" | "lossValue" | "smooth"> {
  readonly updatesPerEpoch: number;
  /** The training rows. */
  readonly rows: number;
  /** The number of updates at the end of the horizontal axis. */
  readonly end: number;
  /** The lowest known loss, for distances. */
  readonly lowest: number;
  readonly changes: readonly { readonly update: number; readonly text: string }[];
}

const COLORS = 7; // of the charts: the next run has the colour of the first one, so that it keeps its own dashes
const FIRST_EPOCHS = 50; // at the end of the first axis, unless they have many updates
const FIRST_UPDATES = 200;
const LEAST_EPOCHS = 4;
const SPAN = 20; // the least number of updates over which the smoothed line averages
const HIGH = 20; // times the loss at the start: on a linear axis, higher losses would hide the others
const SHOWN = 5; // times the loss at the start, then the end of the axis

/**
 * The end of the horizontal axis, in updates: it doubles when a run reaches it, so that the lines do not move at every update.
 *
 * @param now  the updates and the complete epochs so far
 * @param epochs  after how many epochs the run ends
 */
export function axisEnd(
  now: { readonly update: number; readonly epoch: number },
  { updatesPerEpoch, left }: Pick<Epochs, "updatesPerEpoch" | "left">,
  epochs: number,
): number {
  let end = Math.min(FIRST_EPOCHS * updatesPerEpoch, Math.max(FIRST_UPDATES, LEAST_EPOCHS * updatesPerEpoch));
  while (end < now.update) end *= 2;
  const last =
    now.epoch < epochs ? now.update + left(now.update) + (epochs - now.epoch - 1) * updatesPerEpoch : now.update;
  return Math.max(now.update, Math.min(end, last));
}

/** Where an update of a run is on the horizontal axis. @param rows  the training rows */
export function placeOnAxis(
  axis: LossView["lossAxis"],
  update: number,
  { epochsAt, secondsAt }: Pick<RunLosses, "epochsAt" | "secondsAt">,
  rows: number,
): number {
  if (axis === "updates") return update;
  return axis === "seconds" ? secondsAt(update) : epochsAt(update) * (axis === "examples" ? rows : 1);
}

const axisNames = { updates: "Updates", epochs: "Epochs", examples: "Examples", seconds: "Seconds" };

/**
 * The spec of the chart: the present run first, then the kept ones. Each run has its own colour and marker. The lines of the present run
 * differ in their dashes, and a kept run has the dashes of its style.
 */
export function lossSpec(run: NamedLosses, kept: readonly NamedLosses[], view: LossView): Spec {
  const { lossScale, lossAxis, lossValue, updatesPerEpoch, rows, end, lowest, smooth } = view;
  const place = (update: number, own: RunLosses): number => placeOnAxis(lossAxis, update, own, rows);
  const isDistance = lossValue === "distance";
  const line = (
    own: NamedLosses,
    name: string,
    { updates, losses }: LossPoints,
    look: Pick<Run, "faint" | "smoothed" | "line">,
  ): Run[] =>
    losses.length === 0
      ? []
      : [
          {
            ...{ name, style: own.style, ...look },
            x: updates.map((update) => place(update, own)),
            values: isDistance ? losses.map((loss) => loss - lowest) : losses,
          },
        ];
  const forecast =
    run.forecast && lossAxis !== "seconds" ? line(run, "forecast", run.forecast, { line: "dotted" }) : [];
  const others = [
    ...line(run, `${run.name}: held-out`, run.heldOut, { line: "dashed" }),
    ...line(run, `${run.name}: each batch`, run.batchLosses, { faint: true }),
    ...(smooth
      ? line(run, `${run.name}: smoothed`, smoothed(run.batchMeans, Math.max(SPAN, updatesPerEpoch)), {
          smoothed: true,
          line: "dashdot",
        })
      : []),
  ];
  const runs = [
    ...line(run, `${run.name}: training`, run.objectives, run.style < COLORS ? { line: "solid" } : {}),
    ...(isDistance ? [] : others),
    ...kept.flatMap((each) => line(each, each.name, each.objectives, { faint: each.isFaint ?? false })),
    ...forecast,
  ];
  const marks = view.changes.map(({ update, text }): LossMark => ({ x: place(update, run), name: text }));
  return lossCurve({
    title: isDistance ? "Distance to the lowest loss" : "Loss",
    runs,
    xName: axisNames[lossAxis],
    yName: isDistance ? "Loss − lowest loss" : "Loss",
    yScale: lossScale,
    marks,
    ...(lossAxis !== "seconds" && { xEnd: place(end, run) }),
    ...(lossScale === "linear" && axisTop(runs)),
  });
}

/** The end of a linear axis where some losses are much higher than at the start. */
function axisTop(runs: readonly Run[]): { readonly yEnd?: number } {
  const first = Math.max(...runs.map(({ values }) => Math.abs(values[0]!)).filter(Number.isFinite));
  const isHigh = runs.some(({ values }) => Array.from(values).some((value) => value > HIGH * first));
  return isHigh && first > 0 ? { yEnd: SHOWN * first } : {};
}

/** A weighted mean of the losses so far, whose weights fall by a factor e over `span` updates. */
export function smoothed({ updates, losses }: LossPoints, span: number): LossPoints {
  let [sum, weight] = [0, 0];
  const means = losses.map((loss, i) => {
    const keep = Math.exp(-(updates[i]! - (updates[i - 1] ?? updates[i]!)) / span);
    sum = keep * sum + (1 - keep || 1) * loss;
    weight = keep * weight + (1 - keep || 1);
    return sum / weight;
  });
  return { updates, losses: means };
}

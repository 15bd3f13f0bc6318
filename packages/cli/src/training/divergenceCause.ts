// Why a run diverged: the largest stable learning rate, and the columns that limit it.
import { formatNumber } from "@downhill/plots/format";
import { type ColumnShare, curvature, type Forecast, type PreparedFit } from "downhill";
import { knownOrNull } from "../errors/knownOrNull.ts";

/** The cause of a divergence, as far as it is known. */
export interface DivergenceCause {
  /** The `limit` of the forecast; null if it is not known. */
  readonly limit: number | null;
  /** Whether a run above the limit cannot settle; else its steps can overshoot, which is no proof. */
  readonly limitIsProven: boolean;
  /** The first three columns of the steepest direction, by falling share; empty if no column is the cause. */
  readonly columns: readonly ColumnShare[];
}

const MAX_COLUMNS = 3;
const NOTABLE = 0.2; // the smallest share of a column that is named

/** Looks for the cause in the curvature of the objective. */
export function divergenceCause(
  { problem, options, columns, standardized }: PreparedFit<unknown>,
  forecast: Forecast | null,
): DivergenceCause {
  const limitIsProven = forecast?.band === "diverges" || forecast?.band === "cannot settle";
  const known = { limit: forecast?.limit ?? null, limitIsProven };
  if (standardized === null) return { ...known, columns: [] };
  const { start, seed = 0 } = options;
  const own = { seed, ...(columns && { names: columns }), ...(ArrayBuffer.isView(start) && { params: start }) };
  const found = knownOrNull(() => curvature(problem, own));
  if (found === null || found.smallest === found.largest) return { ...known, columns: [] }; // the hinge
  const steepest = found.steepest.filter(({ column }) => column !== "intercept");
  const isLayer = steepest[0] !== undefined && columns?.includes(steepest[0].column) === false; // of a network
  return { ...known, columns: isLayer ? [] : steepest.slice(0, MAX_COLUMNS) };
}

/** Sentences about the cause; "" if nothing is known. */
export function causeText({ limit, limitIsProven, columns }: DivergenceCause, learningRate: number): string {
  const [first] = columns;
  const isAbove = limit !== null && learningRate > limit;
  const rate = !isAbove
    ? ""
    : limitIsProven
      ? `The largest stable learning rate for these rows is ${formatNumber(limit)}.`
      : `Above the learning rate ${formatNumber(limit)}, steps can overshoot.`;
  const column =
    first === undefined || first.share < NOTABLE
      ? ""
      : `The column ${first.column} limits it most: ${Math.round(100 * first.share)} % of the steepest direction.`;
  return [rate, column].filter((sentence) => sentence !== "").join(" ");
}

// Why a run diverged: the largest stable learning rate, and the columns that limit it.
import { formatNumber } from "@downhill/plots/format";
import { type ColumnShare, curvature, type Forecast, type PreparedFit } from "downhill";

/** The cause of a divergence, as far as it is known. */
export interface DivergenceCause {
  /** The largest learning rate with which the run could settle; null if it is not known. */
  readonly limit: number | null;
  /** The columns of the steepest direction, by falling share; empty for ratings. */
  readonly columns: readonly ColumnShare[];
}

const NOTABLE = 0.2; // the smallest share of a column that is named

/** Looks for the cause in the curvature of the objective. */
export function divergenceCause(
  { problem, options, columns, standardized }: PreparedFit<unknown>,
  forecast: Forecast | null,
): DivergenceCause {
  const limit = forecast?.limit ?? null;
  if (standardized === null) return { limit, columns: [] };
  const { start, seed = 0 } = options;
  const own = { seed, ...(columns && { names: columns }), ...(ArrayBuffer.isView(start) && { params: start }) };
  return { limit, columns: curvature(problem, own).steepest };
}

/** Sentences about the cause; "" if nothing is known. */
export function causeText({ limit, columns }: DivergenceCause, learningRate: number): string {
  const [first] = columns.filter(({ column }) => column !== "intercept");
  const isAbove = limit !== null && learningRate > limit;
  const rate = isAbove ? `The largest stable learning rate for these rows is ${formatNumber(limit)}.` : "";
  const column =
    first === undefined || first.share < NOTABLE
      ? ""
      : `The column ${first.column} limits it most: ${Math.round(100 * first.share)} % of the steepest direction.`;
  return [rate, column].filter((sentence) => sentence !== "").join(" ");
}

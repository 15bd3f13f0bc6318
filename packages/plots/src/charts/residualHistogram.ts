// A histogram of the residuals of a regression.

import { ink } from "../color/theme.ts";
import { checkGroups } from "../data/bins.ts";
import { requireTexts } from "../data/check.ts";
import { extentOf } from "../data/range.ts";
import { histogramScene, lineAt } from "../marks/histogram.ts";
import type { Scene, Size } from "../scene/scene.ts";
import { drawing, type Input, type Spec, standardSize, textOf } from "../scene/spec.ts";
import { formatNumber, formatPercent } from "../text/format.ts";

/** The spec of `residualHistogram`. */
export interface ResidualHistogram extends Spec {
  readonly kind: "residualHistogram";
  /** actual − predicted for each row, finite; at least one. */
  readonly residuals: ArrayLike<number>;
  /** Approximate number of bins, from 1 to 200. Default: the rule of Freedman and Diaconis. */
  readonly bins?: number;
  /** Name of the residuals. Default: "actual − predicted". */
  readonly xName: string;
}

/**
 * A histogram of residuals, with a line at 0. The caption has their mean, and the share of rows that are more than two
 * standard deviations away from it. A mean far from 0 means that most predictions are too low, or most too high. A share far
 * above 5 % means that some rows are predicted much worse than the others.
 *
 * @throws RangeError when there is no residual, one is not finite, or `bins` is not a whole number from 1 to 200
 *
 * @example
 * ```ts
 * import { draw, residualHistogram } from "@downhill/plots";
 *
 * const svg = draw(residualHistogram({ title: "Residuals", residuals: [-1.5, -0.5, 0, 0.25, 1.75] }));
 * ```
 */
export function residualHistogram({
  xName = "actual − predicted",
  ...rest
}: Input<ResidualHistogram, "xName">): ResidualHistogram {
  requireTexts("residualHistogram", { xName, ...textOf(rest) });
  checkGroups("residualHistogram", [{ values: rest.residuals }], rest.bins);
  return { ...rest, xName, kind: "residualHistogram", [drawing]: { defaultSize: standardSize, layout } };
}

const negligible = 1e-6; // of a mean, relative to the standard deviation
const zeroLine = { stroke: ink, width: 1.5, dash: [6, 3] };

function layout(spec: ResidualHistogram, size: Size): Scene {
  const { residuals, bins, xName } = spec;
  const { mean, deviation } = momentsOf(residuals);
  const beyond = Array.from(residuals).filter((value) => Math.abs(value - mean) > 2 * deviation).length;
  return histogramScene(spec, size, {
    groups: [{ name: "", values: residuals }],
    bins,
    height: "count",
    xName,
    yName: "Rows",
    over: (frame) => lineAt(0, frame, zeroLine),
    overItems: [{ name: "no error", key: { line: zeroLine } }],
    remark:
      `Mean ${Math.abs(mean) < negligible * deviation ? "about 0" : formatNumber(mean)}, standard deviation ${formatNumber(deviation)}; ` +
      `${formatPercent(beyond / residuals.length)} of the rows are beyond two standard deviations.`,
  });
}

/** Mean and standard deviation (dividing by n), for numbers whose squares may overflow too. */
function momentsOf(values: ArrayLike<number>): { mean: number; deviation: number } {
  const [low, high] = extentOf(values)!;
  const unit = Math.max(Math.abs(low), Math.abs(high)) || 1;
  let mean = 0;
  for (let i = 0; i < values.length; i++) mean += values[i]! / unit / values.length;
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += (values[i]! / unit - mean) ** 2 / values.length;
  return { mean: mean * unit, deviation: Math.sqrt(squares) * unit };
}

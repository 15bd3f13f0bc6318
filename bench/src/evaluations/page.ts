// docs/evaluations.md
import type { Comparison } from "./comparison.ts";
import { REMAINING } from "./comparison.ts";

const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const at = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[at]! : (sorted[at - 1]! + sorted[at]!) / 2;
};
const ratio = ({ own, scipy }: Comparison): number => (own ?? Infinity) / (scipy ?? Infinity);
const withMetrics = ({ own, metrics, scipy }: Comparison): number =>
  ((own ?? Infinity) + metrics) / (scipy ?? Infinity);
const medianOf = (cases: readonly Comparison[], each: (comparison: Comparison) => number): string =>
  median(cases.filter(({ own, scipy }) => own !== null || scipy !== null).map(each)).toFixed(2);
const shown = (count: number | null): string =>
  count === null ? "not reached" : Math.round(count).toLocaleString("en");

/** The page: a summary, and a table of all problems. */
export function evaluationsPage(comparisons: readonly Comparison[], version: string): string {
  const smooth = comparisons.filter(({ l1 }) => l1 === 0);
  const sparse = comparisons.filter(({ l1 }) => l1 > 0);
  const highest = Math.max(...comparisons.map(({ own }) => own ?? Infinity));
  const rows = comparisons.map(
    (each) =>
      `| ${each.name} | ${each.loss}${each.l1 > 0 ? `, l1 ${each.l1}` : ""} | ${each.rows.toLocaleString("en")} × ${each.columns} | ${shown(each.own)} | ${shown(each.metrics)} | ${shown(each.scipy)} | ${Number.isFinite(ratio(each)) && each.scipy !== null ? ratio(each).toFixed(2) : "–"} |`,
  );
  return `# Evaluations until the optimum

This page is written by \`npm run evaluations\` in bench/. It compares the default optimizer of full batches,
[\`automatic()\`](training.md), with the method L-BFGS-B of SciPy ${version}. Both minimise the same objective in float64, from the same
start, on the columns as they are in the table. One evaluation is the objective and its gradient over all rows. They are counted
until at most ${REMAINING.toExponential(0).replace("-", "−")} of the way from the start to the optimum remains; the optimum is the lowest value of all runs.
L-BFGS-B keeps 10 or 20 pairs of vectors, whichever needs fewer evaluations. With l1 its variables are the positive and the negative
part of each weight.

A metric of second derivatives is work that L-BFGS-B does not have. Its cost is in a column of its own, as the number of evaluations
with as many multiplications.

| problems | number | evaluations / SciPy's, median | with metrics, median |
|---|--:|--:|--:|
| without l1 | ${smooth.length} | ${medianOf(smooth, ratio)} | ${medianOf(smooth, withMetrics)} |
| with l1 | ${sparse.length} | ${medianOf(sparse, ratio)} | ${medianOf(sparse, withMetrics)} |
| all | ${comparisons.length} | ${medianOf(comparisons, ratio)} | ${medianOf(comparisons, withMetrics)} |

The highest number of evaluations of Downhill is ${shown(Number.isFinite(highest) ? highest : null)}.

| problem | loss | rows × columns | Downhill | its metrics | SciPy | ratio |
|---|---|--:|--:|--:|--:|--:|
${rows.join("\n")}
`;
}

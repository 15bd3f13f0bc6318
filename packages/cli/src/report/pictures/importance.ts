// The permutation importance of the user's columns, as bars.
import { barChart } from "@downhill/plots";
import type { Importance } from "downhill";
import { higherIsBetter, nameOfMetric } from "../../model/foldMetrics.ts";
import type { Picture } from "../figure.ts";

const MAX_BARS = 40;

/** Bars of the most important columns; none without columns. */
export function importancePictures(importance: Importance | null, where: string): Picture[] {
  if (importance === null) return [];
  const { metric, columns } = importance;
  const shown = columns.filter(({ mean }) => Number.isFinite(mean)).slice(0, MAX_BARS);
  if (shown.length === 0) return [];
  const name = nameOfMetric(metric);
  const spec = barChart({
    title: `Importance of the columns, ${where}`,
    names: shown.map(({ column }) => column),
    groups: [{ values: shown.map(({ mean }) => mean) }],
    xName: `${higherIsBetter(metric) ? "Decrease" : "Increase"} of the ${name}`,
  });
  const left = columns.length - shown.length;
  const more = left === 0 ? "" : ` ${left} less important columns are not shown.`;
  return [
    {
      spec,
      remark: `Each bar shows by how much the ${name} becomes worse when the cells of the column are shuffled among the rows (mean of 5 times). The model does not need a column whose bar is near 0, unless another column says the same.${more}`,
    },
  ];
}

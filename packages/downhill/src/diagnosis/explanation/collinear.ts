import { listed } from "../../core/check.ts";
import type { BindKernels } from "../../kernels/kernels.ts";
import type { LinearData } from "../../training/objective/objective.ts";
import { collinearColumns } from "../curvature/collinearColumns.ts";
import type { Finding } from "./finding.ts";

const NAMED = 6; // columns in a sentence

/** Columns that are constant, or sums of multiples of others and a constant. Only for linear scores. */
export function collinear(data: LinearData, kernels: BindKernels, names?: readonly string[]): Finding[] {
  const { l2 } = data;
  const sets = collinearColumns(data, kernels, names).map((set) => set.filter((name) => name !== "intercept"));
  const constant = sets.filter(({ length }) => length === 1).flat();
  const text =
    constant.length === 1
      ? "One column is constant, so its weight has no meaning"
      : `${constant.length} columns are constant, so their weights have no meaning`;
  const meaning =
    l2 > 0
      ? "Only the penalty determines how the weight is divided among them."
      : "Many weights of these columns give the same objective, so single weights have no meaning; leave out one column, or set a penalty (l2).";
  return [
    ...(constant.length > 0 ? [findingOf(`${text}: ${listed(constant, NAMED)}.`, constant, l2)] : []),
    ...sets
      .filter(({ length }) => length > 1)
      .map((columns) =>
        findingOf(
          `One of these columns is a sum of multiples of the others and a constant: ${listed(columns, NAMED)}. ${meaning}`,
          columns,
          l2,
        ),
      ),
  ];
}

const findingOf = (sentence: string, columns: readonly string[], l2: number): Finding => ({
  code: "collinear",
  sentence,
  numbers: { columns: columns.length, l2 },
  columns,
  remedies: [],
});

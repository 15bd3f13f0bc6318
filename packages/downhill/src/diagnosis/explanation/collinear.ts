import type { Problem } from "../../training/objective/objective.ts";
import { collinearColumns } from "../curvature/collinearColumns.ts";
import type { HessianOptions } from "../curvature/hessianTimes.ts";
import type { Finding } from "./finding.ts";

const NAMED = 6; // columns in a sentence

/** Columns that are constant, or sums of multiples of others and a constant. Only for linear scores. */
export function collinear(
  problem: Problem,
  l2: number,
  options: HessianOptions & { readonly names?: readonly string[] },
): Finding[] {
  return collinearColumns(problem, options).map((dependent) => {
    const columns = dependent.filter((name) => name !== "intercept");
    const named = columns.slice(0, NAMED);
    const more = columns.length - named.length;
    const list =
      more > 0 ? `${named.join(", ")} and ${more} more` : `${named.slice(0, -1).join(", ")} and ${named.at(-1)}`;
    return {
      code: "collinear",
      sentence:
        columns.length === 1
          ? `The column ${columns[0]} is constant, so its weight has no meaning.`
          : `One of the columns ${list} is a sum of multiples of the others and a constant. ` +
            (l2 > 0
              ? "Only the penalty determines how the weight is divided among them."
              : "Many weights of these columns give the same objective, so single weights have no meaning; leave out one column, or set l2."),
      numbers: { columns: columns.length },
      columns,
      remedies: [],
    };
  });
}

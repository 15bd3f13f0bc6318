import { show } from "../../../core/check.ts";
import type { Note } from "../../reading/typedTable.ts";
import type { Summary } from "../learnPreparation.ts";

const FAR = 30; // deviations

/**
 * Warnings about numbers that are far from 0 and near each other, such as years. Beside words they are not centred, so their differences are
 * small numbers beside their size, and a penalty hardly lets them count.
 */
export function uncentredWarnings(summaries: readonly Summary[]): Note[] {
  return summaries.flatMap((summary): Note[] => {
    if (!("statistics" in summary) || summary.column.kind === "date") return [];
    const { mean, median, deviation } = summary.statistics;
    if (!(Math.abs(mean) > FAR * deviation)) return [];
    const { name } = summary.column;
    const text =
      `${show(name)} is not centred, because the rows have words: its numbers differ little from their median ${median}, so the model hardly ` +
      "uses it; subtract the median from the column";
    return [{ code: "uncentred", column: name, text, level: "warning" }];
  });
}

import type { TypedRows } from "../../reading/typedParts.ts";
import type { Note } from "../../reading/typedTable.ts";
import type { Summary, WarningOptions } from "../learnPreparation.ts";
import { classWarnings } from "./classWarnings.ts";
import { identifierWarning } from "./identifierWarning.ts";
import { leakWarnings } from "./leakWarnings.ts";
import { outlierWarning } from "./outlierWarning.ts";
import { targetHasClasses } from "./targetClasses.ts";

/** Warnings about the columns that are used and about the target. */
export function warningsOf(summaries: readonly Summary[], table: TypedRows, options: WarningOptions): Note[] {
  const { dialect } = options;
  const notes: Note[] = [];
  for (const summary of summaries) {
    if (!("statistics" in summary) || summary.column.kind !== "number") continue;
    for (const note of [identifierWarning(summary, table, dialect), outlierWarning(summary, table, dialect)]) {
      if (note !== null) notes.push(note);
    }
  }
  const target = table.columns.find(({ name }) => name === options.target);
  if (target === undefined) return notes;
  const hasClasses = targetHasClasses(target, table, options);
  if (hasClasses) notes.push(...classWarnings(target, table));
  notes.push(
    ...leakWarnings(
      summaries.map(({ column }) => column),
      target,
      table,
      { hasClasses, dialect },
    ),
  );
  return notes;
}

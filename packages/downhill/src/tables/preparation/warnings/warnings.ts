import type { Note, TypedTable } from "../../reading/typedTable.ts";
import type { Summary, WarningOptions } from "../learnPreparation.ts";
import { classWarnings } from "./classWarnings.ts";
import { identifierWarning } from "./identifierWarning.ts";
import { leakWarnings } from "./leakWarnings.ts";
import { outlierWarning } from "./outlierWarning.ts";

/** Warnings about the columns that are used and about the target. */
export function warningsOf(summaries: readonly Summary[], typed: TypedTable, options: WarningOptions): Note[] {
  const { dialect } = options;
  const notes: Note[] = [];
  for (const summary of summaries) {
    if (!("statistics" in summary) || summary.column.kind !== "number") continue;
    for (const note of [
      identifierWarning(summary, typed.rows, dialect),
      outlierWarning(summary, typed.rows, dialect),
    ]) {
      if (note !== null) notes.push(note);
    }
  }
  const target = typed.columns.find(({ name }) => name === options.target);
  if (target === undefined) return notes;
  notes.push(...classWarnings(target, typed.rows, options));
  notes.push(
    ...leakWarnings(
      summaries.map(({ column }) => column),
      target,
      typed.rows,
      options,
    ),
  );
  return notes;
}

// The lines about a training before it begins: the data, the model, the columns, and the notes about them.
import { bad, bold, type Text, wrapped } from "../terminal/text.ts";
import { columnPhrases } from "../training/columnPhrases.ts";
import { dataPhrases } from "../training/dataPhrases.ts";
import { noteLines } from "../training/noteLines.ts";
import type { RunFacts } from "../training/trainedRun.ts";

/** The lines for a terminal of this width. */
export function startLines(
  facts: Pick<RunFacts, "data" | "prepared" | "parts" | "holdOut" | "options">,
  columns: number,
): Text[] {
  const { model, reason, otherwise, notes } = facts.prepared;
  const fitted = (parts: readonly Text[], indent: string): Text[] =>
    wrapped(parts, Math.max(40, columns) - indent.length - 1).map((line) => [indent, line]);
  const [rows = "", ...others] = dataPhrases(facts);
  const why = facts.options.model === undefined ? `because ${reason}` : "set with --model";
  const { warnings, information } = noteLines(notes);
  return [
    ...fitted([[bold(facts.data), "  ", rows], ...others], ""),
    ["model ", bold(model), `, ${why}`, otherwise === "" ? "" : ` (${otherwise})`],
    ...fitted(columnPhrases(facts.prepared), "  "),
    ...warnings.map((each) => ["  ", bad("warning:"), " ", each]),
    ...information.map((each) => ["  ", each]),
  ];
}

import { type CleanCells, type CleanTexts, markTest, usualMarks } from "./cleanTexts.ts";
import type { Requested } from "./columnOptions.ts";
import { dateFormat } from "./dateFormat.ts";
import { decideText, type TextDecision } from "./decideText.ts";
import type { DecisionFacts } from "./decision.ts";
import { formatOf, isNotFinite, isPlain, looksLikeNumber } from "./numberText.ts";
import { type ColumnKind, isTextKind, type ReadRule } from "./readRule.ts";

/** The rule of a column: the requested kind, or a kind that is decided from the cells. */
export function decideColumn(
  name: string,
  cells: CleanCells,
  { facts, requested }: { readonly facts: DecisionFacts; readonly requested: Requested },
): TextDecision {
  const kind = requestedKind(requested);
  const texts = cells.type === "text" ? cells : undefined;
  if (kind !== undefined) return { rule: requestedRule(kind, requested, { texts, facts }), notes: [] };
  if (texts !== undefined) return decideText(name, texts, facts);
  const decided = kindOfCells(cells.type as Exclude<CleanCells["type"], "text">);
  return { rule: { kind: decided, missing: marksOf(facts) }, notes: [] };
}

const marksOf = ({ na }: DecisionFacts): string[] => [...new Set([...usualMarks, ...na])];

function kindOfCells(type: Exclude<CleanCells["type"], "text">): ColumnKind {
  return type === "number" || type === "boolean" || type === "time" ? type : "date";
}

/** The kind, also if it follows from a format or an order. */
function requestedKind({ kind, format, order }: Requested): ColumnKind | undefined {
  if (kind !== undefined || (format === undefined && order === undefined)) return kind;
  if (order !== undefined) return "ordinal";
  const read = dateFormat(format!);
  return typeof read === "string" || read.hasDate ? "date" : "time";
}

function requestedRule(
  kind: ColumnKind,
  { format, order }: Requested,
  { texts, facts }: { readonly texts: CleanTexts | undefined; readonly facts: DecisionFacts },
): ReadRule {
  const isText = isTextKind(kind) || kind === "ordinal";
  const missing = isText ? facts.na : marksOf(facts);
  if (kind === "number" && texts !== undefined) {
    const isMissing = markTest(missing);
    const cells = texts.texts.filter((text) => !isMissing(text) && !isNotFinite(text));
    const numbers = (formatOf(cells, facts.semicolons) ?? formatOf(cells.filter(looksLikeNumber), facts.semicolons))
      ?.format;
    return { kind, ...(numbers === undefined || isPlain(numbers) ? {} : { numbers }), missing };
  }
  return {
    kind,
    ...(format === undefined ? {} : { dates: format }),
    ...(order === undefined ? {} : { order }),
    missing,
  };
}

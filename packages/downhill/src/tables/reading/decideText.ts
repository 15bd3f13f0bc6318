// Decides the kind of a column of text from the texts of all its cells.
import { show } from "../../core/check.ts";
import { type CleanTexts, markTest, usualMarks } from "./cleanTexts.ts";
import { formatsOf } from "./dateFormat.ts";
import { hasZone, isoDate, isoTime } from "./dates.ts";
import { type DecisionFacts, noteOn } from "./decision.ts";
import {
  formatOf,
  hasLeadingZero,
  isNotFinite,
  isPlain,
  isTooLong,
  looksLikeNumber,
  numberOf,
  plainFormat,
} from "./numberText.ts";
import type { ReadRule } from "./readRule.ts";
import { areTruths, truthOf } from "./truthText.ts";
import type { Note } from "./typedTable.ts";

/** A decision about a column of text. */
export interface TextDecision {
  readonly rule: ReadRule;
  readonly notes: readonly Note[];
}

const MAX_OBVIOUS_CATEGORIES = 20; // at most this number of different texts are clearly categories
const MAX_MARKS = 3; // different texts such as "n.a." and "unknown" that mark missing cells
const RARE = 0.05;
const FIRST_DATES = 100; // texts in which dates of several formats are searched for

/**
 * The kind of a column of text.
 *
 * - Booleans: all texts are true or false, yes or no, t or f, y or n.
 * - Numbers: all texts are numbers in one format. Exceptions: integers with leading zeros, and integers beyond 2^53, which a
 *   float64 cannot represent, are categories.
 * - Dates and times: all texts are dates, or times of day, of ISO 8601.
 * - Categories: all others. A column in which some texts are numbers (dates, times) and others are not has categories if it
 *   has at most 20 different texts, each in two cells on average; or if the other texts are in at least two cells and 5 % of
 *   the cells, and are more than three different texts or have digits. Otherwise it has numbers, and the other texts are errors.
 *
 * The texts "NA", "n/a", "null", "none", "nan", "-", "?" and "." are missing cells, except in categories.
 */
export function decideText(name: string, texts: CleanTexts, facts: DecisionFacts): TextDecision {
  const { na, dialect, isTarget } = facts;
  const isNa = markTest(na);
  const isMark = markTest(usualMarks);
  const live = texts.texts.filter((text) => !isNa(text));
  const cells = live.filter((text) => !isMark(text));
  const missing = [...new Set([...usualMarks, ...na])];
  const as = (kind: "number" | "category") => dialect.column(name, "kind", kind);
  const category = (...notes: Note[]): TextDecision => ({ rule: { kind: "category", missing: na }, notes });
  const decided = (rule: Omit<ReadRule, "missing">, ...notes: Note[]): TextDecision => {
    const marks = live.filter(isMark);
    if (marks.length > 0)
      notes.push(
        noteOn(name, "marks", `the text ${alternatives(marks.map(show))} in ${facts.shown} is a missing cell`),
      );
    return { rule: { ...rule, missing }, notes };
  };
  if (cells.length === 0) return category();
  if (areTruths(cells, isTarget)) {
    const word = cells.find((text) => truthOf(text) === 1 && text.toLowerCase() !== "true");
    return decided(
      { kind: "boolean" },
      ...(word === undefined
        ? []
        : [noteOn(name, "booleans", `${facts.shown} is read as true and false: ${show(word)} is true`)]),
    );
  }
  const finite = cells.filter((text) => !isNotFinite(text));
  const found = formatOf(finite, facts.semicolons);
  if (found !== undefined) {
    const zero = finite.some((text) => /[.,e]/i.test(text)) ? undefined : finite.find(hasLeadingZero);
    if (zero !== undefined) {
      const why = `it contains codes with leading zeros, such as ${zero} (${as("number")} reads it as numbers)`;
      return category(noteOn(name, "codes", `${facts.shown} is read as categories, because ${why}`));
    }
    const long = finite.find(isTooLong);
    if (long !== undefined) {
      const why = `it contains integers beyond 2^53, such as ${long} (${as("number")} rounds them to numbers)`;
      return category(noteOn(name, "codes", `${facts.shown} is read as categories, because ${why}`));
    }
    const { format, ambiguous } = found;
    const numbers = isPlain(format) ? {} : { numbers: format };
    const bracketed = finite.find((text) => text.startsWith("(") && /[1-9]/.test(text));
    if (isPlain(format) && ambiguous === undefined && bracketed === undefined) return decided({ kind: "number" });
    const example = ambiguous
      ? finite.find((text) => /[.,]/.test(text))!
      : (bracketed ?? finite.find((text) => numberOf(text, plainFormat) === undefined)!);
    const isDecimal = format.decimal === (ambiguous === "comma" ? "," : ".");
    const other = isDecimal ? "separate thousands" : `be a decimal ${ambiguous}`;
    const doubt = ambiguous ? `; every ${ambiguous} could also ${other}` : "";
    const text = `${facts.shown} is read as numbers: ${show(example)} is ${numberOf(example, format)}${doubt}`;
    return decided(
      { kind: "number", ...numbers },
      noteOn(name, "number-format", text, ambiguous ? "warning" : "information"),
    );
  }
  if (!isTarget && cells.every((text) => isoDate(text) !== undefined))
    return decided({ kind: "date" }, ...zoneNotes(name, cells, facts));
  if (!isTarget && cells.every((text) => isoTime(text) !== undefined)) return decided({ kind: "time" });
  const dates = (more: string) => {
    const text = `${facts.shown} may contain dates or times, such as ${show(cells[0])} ${more}`;
    return category(noteOn(name, "date-format", text, "warning"));
  };
  const formats = formatsOf(cells);
  if (formats.length > 0 && !isTarget) {
    const how = formats.map((format) => dialect.column(name, "format", format)).slice(0, 2);
    return dates(`(${alternatives(how)} reads them)`);
  }
  const mixed = mixedRule(cells, texts, facts);
  if (mixed?.kind === "values") return decided(mixed.rule);
  const odd = cells.slice(0, FIRST_DATES).find((_, i) => formatsOf(cells.slice(0, i + 1)).length === 0);
  if (odd !== undefined && formatsOf([odd]).length > 0 && !isTarget) return dates(`and ${show(odd)}; use one format`);
  if (mixed !== undefined) return category(mixedNote(name, mixed, facts));
  if (live.length > MAX_OBVIOUS_CATEGORIES && live.every((text) => /\d/.test(text))) {
    const text = `${facts.shown} is read as ${live.length} categories; its text contains numbers, such as ${show(live[0]!)}`;
    return category(noteOn(name, "numbers-in-text", text));
  }
  return category();
}

const mixedNote = (name: string, { odd, rule }: Mixed, { shown, dialect }: DecisionFacts): Note => {
  const remedy = odd.length <= MAX_MARKS ? ` (${dialect.option("na", ...odd)} reads this text as missing cells)` : "";
  const text = `${shown} is read as categories, because it contains ${rule.kind}s and other text, such as ${show(odd[0]!)}${remedy}`;
  return noteOn(name, "mixed-text", text, "warning");
};

function zoneNotes(name: string, cells: readonly string[], { shown }: DecisionFacts): Note[] {
  const zones = cells.filter(hasZone).length;
  if (zones === 0 || zones === cells.length) return [];
  const without = cells.find((text) => !hasZone(text))!;
  return [
    noteOn(
      name,
      "zones",
      `some times of ${shown} have no zone, such as ${show(without)}; they are read as UTC`,
      "warning",
    ),
  ];
}

interface Mixed {
  readonly kind: "category" | "values";
  /** The rule of most cells. */
  readonly rule: Omit<ReadRule, "missing">;
  /** The texts that the rule does not read. */
  readonly odd: readonly string[];
}

/** The rule of a column in which not all cells are numbers (dates, times); undefined if most are not. */
function mixedRule(
  cells: readonly string[],
  texts: CleanTexts,
  { semicolons, isTarget }: DecisionFacts,
): Mixed | undefined {
  const format = formatOf(cells.filter(looksLikeNumber), semicolons)?.format ?? plainFormat;
  const readers: readonly (readonly [Omit<ReadRule, "missing">, (text: string) => boolean])[] = [
    [
      { kind: "number", ...(isPlain(format) ? {} : { numbers: format }) },
      (text) => !isNotFinite(text) && numberOf(text, format) !== undefined,
    ],
    [{ kind: "date" }, (text) => isoDate(text) !== undefined],
    [{ kind: "time" }, (text) => isoTime(text) !== undefined],
  ];
  const countOf = new Map(texts.texts.map((text, code) => [text, texts.counts[code]!]));
  const total = cells.reduce((sum, text) => sum + countOf.get(text)!, 0);
  const [best] = (isTarget ? readers.slice(0, 1) : readers)
    .map(([rule, reads]) => {
      const odd = cells.filter((text) => !reads(text));
      return { rule, odd, count: odd.reduce((sum, text) => sum + countOf.get(text)!, 0) };
    })
    .sort((a, b) => a.count - b.count);
  if (best === undefined || best.odd.length === cells.length) return undefined;
  const { rule, odd, count } = best;
  const areObvious = cells.length <= MAX_OBVIOUS_CATEGORIES && cells.length * 2 <= total;
  const areMarks = odd.length <= MAX_MARKS && odd.every((text) => !/\d/.test(text)) && count * 2 < total;
  if (areObvious || (!areMarks && count >= Math.max(2, RARE * total))) {
    return count * 2 < total ? { kind: "category", rule, odd } : undefined;
  }
  return { kind: "values", rule, odd };
}

/** "a", "a or b", "a, b or c". */
export const alternatives = (all: readonly string[]): string =>
  all.length === 1 ? all[0]! : `${all.slice(0, -1).join(", ")} or ${all.at(-1)}`;

// Columns from which no model can learn: without values, constant, or equal to another column.
import { show } from "../../core/check.ts";
import { eachWord } from "../../data/words.ts";
import { columnOptions } from "../reading/columnOptions.ts";
import { partsOf, type TextHead, type TypedRows } from "../reading/typedParts.ts";
import type { CategoryValues, LeftOut, Note, NumberValues } from "../reading/typedTable.ts";
import type { TableOptions } from "../tableOptions.ts";
import type { Summary } from "./learnPreparation.ts";

/**
 * The columns of no use, with the reasons. Of equal columns the first by name is kept. A column whose kind was set, and whose
 * categories are all rare, has a warning.
 */
export function uselessColumns(
  summaries: readonly Summary[],
  table: TypedRows,
  options: Pick<TableOptions, "columns">,
): LeftOut[] {
  const { rows } = table;
  const kept = new Map<string, Summary[]>();
  const leftOut: LeftOut[] = [];
  for (const summary of summaries) {
    const { name } = summary.column;
    const leave = (code: string, reason: string, level: Note["level"] = "information"): void => {
      const text = `${show(name)} is left out, because ${reason}`;
      leftOut.push({ name, note: { code, column: name, text, level } });
    };
    const { missing, distinct } = variety(summary);
    if (missing === rows) leave("no-values", "it has no values in the training rows");
    else if ("counts" in summary && isWithoutWords(summary.column)) leave("no-words", "none of its texts has a word");
    else if (distinct === "one" && missing === 0) leave("constant", "all training rows have the same value");
    else if (distinct === "unique") {
      const isSet = columnOptions(options, name).kind !== undefined;
      const effect = isSet ? ", so its kind has no effect" : "";
      const reason = `none of its categories is in two training rows${effect}`;
      leave("only-rare-categories", reason, isSet ? "warning" : "information");
    } else {
      if (summary.column.kind === "words") continue; // columns with different words can divide the rows in the same way
      const key = fingerprint(summary);
      const alike = kept.get(key) ?? [];
      const same = alike.find((other) => areEqual(table, summary, other));
      if (same === undefined) kept.set(key, [...alike, summary]);
      else if (!("texts" in same.column)) leave("duplicate", `it has the same values as ${show(same.column.name)}`);
      else leave("duplicate", `its categories divide the rows in the same way as those of ${show(same.column.name)}`);
    }
  }
  return leftOut;
}

/** Whether a column has texts whose words are counted, but no words. */
function isWithoutWords({ kind, texts }: TextHead): boolean {
  if (kind !== "words") return false;
  let found = false;
  for (const text of texts) {
    eachWord(text.toLowerCase(), () => {
      found = true;
    });
    if (found) return false;
  }
  return true;
}

/** The number of missing cells, and whether the other cells are all the same, or categories that are all different. */
function variety(summary: Summary): { readonly missing: number; readonly distinct: "one" | "several" | "unique" } {
  if ("statistics" in summary) {
    const { missing, smallest, largest } = summary.statistics;
    return { missing, distinct: smallest === largest ? "one" : "several" };
  }
  const { counts, missing } = summary.counts;
  const present = counts.filter((count) => count > 0);
  if (summary.column.kind === "words") return { missing, distinct: present.length === 1 ? "one" : "several" };
  if (present.every((count) => count === 1) && missing === 0) return { missing, distinct: "unique" };
  return { missing, distinct: present.length === 1 ? "one" : "several" };
}

/** Equal for equal columns, and different for nearly all others. */
function fingerprint(summary: Summary): string {
  if ("statistics" in summary) {
    const { missing, smallest, largest, mean, median } = summary.statistics;
    return [summary.column.kind === "date", missing, smallest, largest, mean, median].join();
  }
  const { counts, missing } = summary.counts;
  return `${missing},${counts.filter((count) => count > 0).sort()}`;
}

function areEqual(table: TypedRows, a: Summary, b: Summary): boolean {
  if ("counts" in a !== "counts" in b) return false;
  const names = [a.column.name, b.column.name];
  return "counts" in a ? haveSameGroups(table, names) : haveSameNumbers(table, names);
}

function haveSameNumbers(table: TypedRows, names: readonly string[]): boolean {
  for (const { rows, columns } of partsOf<NumberValues>(table, names)) {
    const [a, b] = columns as [NumberValues, NumberValues];
    for (let row = 0; row < rows; row++) {
      if (!Object.is(a.values[a.start + row * a.step]! + 0, b.values[b.start + row * b.step]! + 0)) return false;
    }
  }
  return true;
}

/** Whether each category of one column is exactly one category of the other. */
function haveSameGroups(table: TypedRows, names: readonly string[]): boolean {
  const ofA: number[] = []; // by the codes of the column
  const ofB: number[] = [];
  for (const { rows, columns } of partsOf<CategoryValues>(table, names)) {
    const [a, b] = columns as [CategoryValues, CategoryValues];
    for (let row = 0; row < rows; row++) {
      const [left, right] = [a.codes[row]!, b.codes[row]!];
      if (left < 0 !== right < 0) return false;
      if (left < 0) continue;
      if (ofA[left] === undefined && ofB[right] === undefined) [ofA[left], ofB[right]] = [right, left];
      else if (ofA[left] !== right) return false;
    }
  }
  return true;
}

import { listed, show } from "../../../core/check.ts";
import type { ColumnHead, TypedRows } from "../../reading/typedParts.ts";
import type { Note } from "../../reading/typedTable.ts";
import { targetClasses } from "./targetClasses.ts";

const FEWEST_ROWS = 5;
const LARGEST_SHARE = 0.95;
const NAMED = 5;

/** Warnings about classes with fewer than five rows, and about a class with more than 95 % of the rows. */
export function classWarnings(target: ColumnHead, table: TypedRows): Note[] {
  const { names, counts } = targetClasses(target, table);
  const note = (code: string, text: string): Note => ({ code, column: target.name, text, level: "warning" });
  const notes: Note[] = [];
  const scarce = names.filter((_, k) => counts[k]! < FEWEST_ROWS);
  if (scarce.length > 0 && names.length > 1) {
    const shown = scarce.map((name) => `${show(name)} (${counts[names.indexOf(name)]})`);
    const subject = scarce.length === 1 ? "A class" : `${scarce.length} classes`;
    notes.push(
      note(
        "rare-class",
        `${subject} of ${show(target.name)} ${scarce.length === 1 ? "has" : "have"} fewer than ${FEWEST_ROWS} training rows, too few to learn from: ${listed(shown, NAMED)}`,
      ),
    );
  }
  const total = counts.reduce((sum, count) => sum + count, 0);
  const largest = Math.max(...counts);
  if (names.length > 1 && largest > LARGEST_SHARE * total) {
    const name = names[counts.indexOf(largest)];
    notes.push(
      note(
        "unbalanced",
        `${largest} of ${total} training rows have the class ${show(name)}, so a model that always predicts it has an accuracy of ` +
          `${(100 * (largest / total)).toFixed(1)} %: compare models by balanced accuracy or average precision`,
      ),
    );
  }
  return notes;
}

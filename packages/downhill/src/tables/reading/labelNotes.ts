// Notes about categories: spaces around them, categories that are nearly equal, and text that is different in most rows.
import { show } from "../../core/check.ts";
import { eachWord } from "../../data/words.ts";
import type { CleanCells } from "./cleanTexts.ts";
import { type DecisionFacts, noteOn } from "./decision.ts";
import type { TextHead } from "./typedParts.ts";
import type { Note } from "./typedTable.ts";

const MAX_FEW = 10; // up to this number of different texts, they are categories even if each is in one row
const MAX_SHOWN = 3;

/** The note of a column that is left out because most of its texts are in one row only; undefined if it is used. */
export function freeTextNote(
  { name, texts }: TextHead,
  countsOf: () => Uint32Array,
  { shown, dialect }: DecisionFacts,
): Note | undefined {
  if (texts.length <= MAX_FEW) return undefined;
  const counts = countsOf();
  const cells = counts.reduce((sum, count) => sum + count, 0);
  const once = counts.reduce((sum, count) => sum + Number(count === 1), 0);
  if (once * 2 <= cells) return undefined;
  const why = `${once} of its ${cells} cells have text that no other row has, such as ${show(texts[counts.indexOf(1)]!)}`;
  const uses = [
    ...(haveWords(texts) ? [`${dialect.column(name, "kind", "words")} counts its words`] : []),
    ...(counts.every((count) => count <= 1) ? [] : [`${dialect.column(name, "kind", "category")} uses it`]),
  ];
  const advice = uses.length === 0 ? "" : ` (${uses.join(", ")})`;
  return noteOn(name, "free-text", `${shown} is left out, because ${why}${advice}`);
}

const SAMPLE = 1000;
const WORDS_PER_TEXT = 3;

/** Whether the first texts have three words on average, not counting those that begin with a digit. */
function haveWords(all: readonly string[]): boolean {
  const texts = all.slice(0, SAMPLE);
  let words = 0;
  for (const text of texts) {
    const lower = text.toLowerCase();
    eachWord(lower, (from) => {
      if (lower[from]! > "9") words++;
    });
  }
  return words >= WORDS_PER_TEXT * texts.length;
}

/** Notes about spaces that were removed, and warnings about categories that differ only by case or spaces. */
export function labelNotes({ name, texts }: TextHead, cells: CleanCells, { shown }: DecisionFacts): Note[] {
  const notes: Note[] = [];
  const spaced = "untrimmed" in cells ? cells.untrimmed : undefined;
  if (spaced !== undefined) {
    notes.push(
      noteOn(name, "spaces", `the spaces around the text of ${shown} are removed, such as those of ${show(spaced)}`),
    );
  }
  const similar = new Map<string, string[]>();
  for (const text of texts) {
    const key = text.toLowerCase().replace(/[\s_-]+/g, " ");
    similar.set(key, [...(similar.get(key) ?? []), text]);
  }
  const pairs = [...similar.values()].filter((group) => group.length > 1).map((group) => group.map(show).join(" and "));
  if (pairs.length > 0) {
    const more = pairs.length > MAX_SHOWN ? `; ${pairs.length - MAX_SHOWN} more` : "";
    const which = pairs.slice(0, MAX_SHOWN).join("; ");
    notes.push(
      noteOn(
        name,
        "similar-categories",
        `categories of ${shown} differ only by case or spaces: ${which}${more}`,
        "warning",
      ),
    );
  }
  return notes;
}

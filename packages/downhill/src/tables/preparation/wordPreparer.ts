// The features of rows with words, as sparse rows.
import { entryList } from "../../core/entryList.ts";
import type { SparseMatrix } from "../../core/sparse.ts";
import { bagOfWords } from "../../data/bagOfWords.ts";
import type { CategoryValues, TypedTable } from "../reading/typedTable.ts";
import type { Dialect } from "../tableOptions.ts";
import { throwProblems } from "../throwProblems.ts";
import { widthOf } from "./featureNames.ts";
import { partPreparer } from "./partPreparer.ts";
import type { Preparation, WordsEncoding } from "./preparation.ts";
import { columnOf, type PreparedRows } from "./prepareRows.ts";
import { missingCells } from "./rowWriter.ts";

const BLOCK = 1024; // rows whose other features are in memory at the same time

/** Computes sparse rows, part by part. */
export interface WordPreparer {
  /**
   * The rows of a part: the features of the other columns that are not 0, and then those of the words.
   *
   * @param first  the index of the part's first row, for messages
   */
  matrix(part: TypedTable, first: number): SparseMatrix;
  /** The numbers of missing and unseen cells so far. Throws RangeError as `prepareRows` does. */
  finish(): Pick<PreparedRows, "missing" | "unseen">;
}

/** Makes the object that computes the features of rows by a preparation with words. */
export function wordPreparer(preparation: Preparation, dialect: Dialect): WordPreparer {
  const columns = widthOf(preparation.features);
  const features = preparation.features.filter(({ buckets }) => buckets === undefined);
  const width = features.length;
  const dense = partPreparer({ ...preparation, features }, dialect);
  let start = width;
  const words = preparation.columns.flatMap(({ name, encoding }) => {
    if (encoding.type !== "words") return [];
    const own = { name, encoding, start, cells: missingCells(name, encoding.missing === null, { dialect }) };
    start += encoding.buckets;
    return [own];
  });
  return {
    matrix(typed, first) {
      const entries = entryList(typed.rows);
      const bags = words.map(({ name, encoding, start, cells }) => {
        const { codes, texts } = columnOf(typed, name) as CategoryValues;
        const ofMissing = bagsOf([encoding.missing ?? ""], encoding);
        return { codes, ofTexts: texts.length === 0 ? ofMissing : bagsOf(texts, encoding), ofMissing, start, cells };
      });
      for (let from = 0; from < typed.rows; from += BLOCK) {
        const to = Math.min(typed.rows, from + BLOCK);
        const numbers = dense.features(typed, first, { from, to });
        for (let row = from, at = 0; row < to; row++) {
          for (let j = 0; j < width; j++, at++) if (numbers[at] !== 0) entries.add(j, numbers[at]!);
          for (const { codes, ofTexts, ofMissing, start, cells } of bags) {
            const code = codes[row]!;
            if (code < 0) cells.add(first + row);
            entries.addRow(code < 0 ? ofMissing : ofTexts, Math.max(0, code), start);
          }
          entries.endRow();
        }
      }
      return entries.matrix(columns);
    },
    finish() {
      throwProblems(
        dialect.functionName,
        words.flatMap(({ cells }) => cells.problem() ?? []),
      );
      const { missing, unseen } = dense.finish();
      return { missing: [...missing, ...words.flatMap(({ cells }) => cells.missing() ?? [])], unseen };
    },
  };
}

const known = new WeakMap<
  readonly string[],
  { readonly buckets: number; readonly seed: number; readonly bags: SparseMatrix }
>();

/** The words of texts. They are kept with the texts, because the parts of a divided table, and its copies, share their texts. */
function bagsOf(texts: readonly string[], { buckets, seed }: WordsEncoding): SparseMatrix {
  const last = known.get(texts);
  if (last?.buckets === buckets && last.seed === seed) return last.bags;
  const bags = bagOfWords(texts, { columns: buckets, seed });
  known.set(texts, { buckets, seed, bags });
  return bags;
}

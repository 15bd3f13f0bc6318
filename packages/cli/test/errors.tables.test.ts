// Tables that cannot be learnt from: exit code 3, one sentence with file and line, nothing written.
import { afterAll, beforeAll, expect, test } from "vitest";
import { $, type Case, iris, refuses, scratch, train, writeFixtures } from "./badFiles.ts";
import { downhill } from "./world.ts";

let before: string[];
beforeAll(async () => {
  before = await writeFixtures();
});
afterAll(() => scratch.remove());

const cases: Case[] = [
  [
    3,
    `train: data must be a file that exists, got ${JSON.stringify($("no.csv"))}. Check the path.`,
    train($("no.csv"), "--target", "y"),
  ],
  [
    3,

    `train: data must be a .csv, .tsv, .parquet, .json, .ndjson or .jsonl file or an SQL query, got ${JSON.stringify($("notes.docx"))}. Convert it, or rename it if only its ending is wrong.`,
    train($("notes.docx"), "--target", "y"),
  ],
  [
    3,
    `train: every line must have the 3 cells of the header, got 2 at ${$("ragged.csv")}:3. Correct the line.`,
    train($("ragged.csv"), "--target", "y"),
  ],
  [
    3,
    `train: every line must have the 2 cells of the header, got 1 at ${$("late.csv")}:30002. Correct the line.`,
    train($("late.csv"), "--target", "y"),
  ],
  [
    3,
    `train: every quote must be closed, got one that never ends at ${$("quote.csv")}:2. Close it, or double it.`,
    train($("quote.csv"), "--target", "y"),
  ],
  [
    3,
    `train: data must be UTF-8 text, got other bytes at ${$("latin.csv")}:2. Save the file as UTF-8.`,
    train($("latin.csv"), "--target", "y"),
  ],
  [
    3,

    `train: table must have rows, got the empty file ${JSON.stringify($("empty.csv"))}. Supply a header and rows.`,
    train($("empty.csv"), "--target", "y"),
  ],
  [
    3,
    `train: table must have rows, got none in ${JSON.stringify($("header.csv"))}. Supply rows.`,
    train($("header.csv"), "--target", "y"),
  ],
  [
    3,
    `train: the first line must name the columns, got "1, 2" in ${$("nameless.csv")}. Add a line of names.`,
    train($("nameless.csv"), "--target", "y"),
  ],
  [
    3,
    `train: column names must be different, got "a" twice in ${$("twice.csv")}. Rename one of them.`,
    train($("twice.csv"), "--target", "y"),
  ],
  [
    3,

    `train: column "a" must have a value in every row, got 2 missing cells, the first at ${$("missing.csv")}:4. Fill the cells in, remove their rows, or leave the column out with --drop a.`,
    train($("missing.csv"), "--target", "y"),
  ],
  [
    3,

    `train: column "a" must hold finite numbers, got NaN at ${$("infinite.csv")}:3 and 1 more. Correct the cells, remove their rows, or leave the column out with --drop a.`,
    train($("infinite.csv"), "--target", "y"),
  ],
  [
    3,

    `train: column "y" must hold finite numbers, got Infinity at ${$("target.csv")}:3. Correct the cells, or remove their rows.`,
    train($("target.csv"), "--target", "y"),
  ],
  [
    3,

    `train: column "a" must hold numbers in every row, got 1 of other text, the first "n/a" at ${$("mixed.csv")}:11. Correct the cells, take the column for categories with --column a:category, or leave the column out with --drop a.`,
    train($("mixed.csv"), "--target", "y"),
  ],
  [
    3,

    `train: text column "id" must repeat its values to be one-hot encoded, got 30 different ones in 30 rows. Leave the column out with --drop id.`,
    train($("ids.csv"), "--target", "y"),
  ],
  [
    3,

    `train: target "y" must have at least two different values, got one in 3 rows. Choose another --target, or supply rows of another value.`,
    train($("one.csv"), "--target", "y"),
  ],
  [
    3,
    `train: table must have a column beside the target, got "y" alone. Supply columns to predict it from.`,
    train($("lonely.csv"), "--target", "y"),
  ],
  [
    3,
    `train: column "rating" must hold numbers in every row, got 3 of other text, the first "good" at ${$("words.csv")}:2. Correct the cells.`,
    train($("words.csv"), "--model", "factorization", "--user", "user", "--item", "item", "--rating", "rating"),
  ],
  [
    3,

    `train: column "a" must hold numbers, text or true and false, got BIGINT[]. Convert it in a query (SELECT … FROM …), or leave the column out with --drop a.`,
    train($("nested.json"), "--target", "y"),
  ],
  [
    3,

    `train: column "day" must hold numbers, text or true and false, got INTERVAL. Convert it in a query (SELECT … FROM …), or leave the column out with --drop day.`,
    train($("days.parquet"), "--target", "y"),
  ],
  [
    3,

    `train: query must be SQL that DuckDB can run, got "Referenced column \\"z\\" not found in FROM clause!". Correct the query.`,
    train(`SELECT z FROM '${iris}'`, "--target", "y"),
  ],
];

test.each(cases)("%i: %s", (...each) => refuses(each, before));
test.each(["broken.json", "broken.parquet"])("%s is refused in one sentence", async (name) => {
  const { code, stderr } = await downhill(train($(name), "--target", "y"));
  expect(code).toBe(3);
  expect(stderr).toMatch(
    /^✖ train: data must be a readable (json|parquet) file, got ".*" in .*\. Write the file again\.\n$/,
  );
  expect(scratch.names()).toEqual(before);
});

test("a class must have rows on the training side", async () => {
  const { code, stderr } = await downhill(train($("rare.csv"), "--target", "y", "--hold-out", "0.9"));
  expect(stderr).toBe(
    '✖ train: every class must have rows on both sides of the split, got only held-out ones of "rare". ' +
      "Add rows of it, or train with --hold-out 0.\n",
  );
  expect(code).toBe(3);
});

// Tables that cannot be learnt from: exit code 3, one sentence with file and line, nothing written.
import { afterAll, beforeAll, expect, test } from "vitest";
import { $, failure, iris, scratch, train, writeFixtures } from "./badFiles.ts";

beforeAll(writeFixtures);
afterAll(() => scratch.remove());

test("a file that does not exist", async () => {
  expect(await failure(3, train($("no.csv"), "--target", "y"))).toMatchInlineSnapshot(
    `"✖ train: data must be a file that exists, got "DIR/no.csv". Check the path."`,
  );
});

test("a file of an unknown kind", async () => {
  expect(await failure(3, train($("notes.docx"), "--target", "y"))).toMatchInlineSnapshot(
    `"✖ train: data must be a .csv, .tsv, .parquet, .json, .ndjson or .jsonl file, such a file with .gz or .zst behind its name, - for standard input, or an SQL query, got "DIR/notes.docx". Convert it, or rename it if only its ending is wrong."`,
  );
});

test("a row with fewer cells than the header", async () => {
  expect(await failure(3, train($("ragged.csv"), "--target", "y"))).toMatchInlineSnapshot(
    `"✖ train: every line must have the 3 cells of the header, got 2 at DIR/ragged.csv:3. Correct the line."`,
  );
});

test("a short row far below the first rows", async () => {
  expect(await failure(3, train($("late.csv"), "--target", "y"))).toMatchInlineSnapshot(
    `"✖ train: every line must have the 2 cells of the header, got 1 at DIR/late.csv:30002. Correct the line."`,
  );
});

test("a quote that is never closed", async () => {
  expect(await failure(3, train($("quote.csv"), "--target", "y"))).toMatchInlineSnapshot(
    `"✖ train: every quote must be closed, got one that never ends at DIR/quote.csv:2. Close it, or double it."`,
  );
});

test("a file that is not UTF-8", async () => {
  expect(await failure(3, train($("latin.csv"), "--target", "y"))).toMatchInlineSnapshot(
    `"✖ train: data must be UTF-8 text, got other bytes at DIR/latin.csv:2. Save the file as UTF-8."`,
  );
});

test("an empty file", async () => {
  expect(await failure(3, train($("empty.csv"), "--target", "y"))).toMatchInlineSnapshot(
    `"✖ train: table must have rows, got the empty file "DIR/empty.csv". Supply a header and rows."`,
  );
});

test("a file with a header and no rows", async () => {
  expect(await failure(3, train($("header.csv"), "--target", "y"))).toMatchInlineSnapshot(
    `"✖ train: table must have rows, got none in "DIR/header.csv". Supply rows."`,
  );
});

test("a file without a header", async () => {
  expect(await failure(3, train($("nameless.csv"), "--target", "y"))).toMatchInlineSnapshot(
    `"✖ train: the first line must name the columns, got "1, 2" in DIR/nameless.csv. Add a line of names."`,
  );
});

test("two columns of the same name", async () => {
  expect(await failure(3, train($("twice.csv"), "--target", "y"))).toMatchInlineSnapshot(
    `"✖ train: column names must be different, got "a" twice in DIR/twice.csv. Rename one of them."`,
  );
});

test("missing cells", async () => {
  expect(await failure(3, train($("missing.csv"), "--target", "y"))).toMatchInlineSnapshot(
    `"✖ train: column "a" must have a value in every row, got 2 missing cells, the first at DIR/missing.csv:4. Fill the cells in, remove their rows, or leave the column out with --drop a."`,
  );
});

test("cells that are not finite numbers", async () => {
  expect(await failure(3, train($("infinite.csv"), "--target", "y"))).toMatchInlineSnapshot(
    `"✖ train: column "a" must hold finite numbers, got NaN at DIR/infinite.csv:3 and 1 more. Correct the cells, remove their rows, or leave the column out with --drop a."`,
  );
});

test("a target that is not finite", async () => {
  expect(await failure(3, train($("target.csv"), "--target", "y"))).toMatchInlineSnapshot(
    `"✖ train: column "y" must hold finite numbers, got Infinity at DIR/target.csv:3. Correct the cells, or remove their rows."`,
  );
});

test("other text in a column of numbers", async () => {
  expect(await failure(3, train($("mixed.csv"), "--target", "y"))).toMatchInlineSnapshot(
    `"✖ train: column "a" must hold numbers in every row, got 1 of other text, the first "n/a" at DIR/mixed.csv:11. Correct the cells, take the column for categories with --column a:category, or leave the column out with --drop a."`,
  );
});

test("a text column that does not repeat its values", async () => {
  expect(await failure(3, train($("ids.csv"), "--target", "y"))).toMatchInlineSnapshot(
    `"✖ train: text column "id" has 30 different values in 30 rows, too many for categories. Leave the column out with --drop id."`,
  );
});

test("a target with one value", async () => {
  expect(await failure(3, train($("one.csv"), "--target", "y"))).toMatchInlineSnapshot(
    `"✖ train: target "y" must have at least two different values, got one in 3 rows. Choose another --target, or supply rows of another value."`,
  );
});

test("a table with the target alone", async () => {
  expect(await failure(3, train($("lonely.csv"), "--target", "y"))).toMatchInlineSnapshot(
    `"✖ train: table must have a column beside the target, got "y" alone. Supply columns to predict it from."`,
  );
});

test("ratings that are text", async () => {
  expect(
    await failure(
      3,
      train($("words.csv"), "--model", "factorization", "--user", "user", "--item", "item", "--rating", "rating"),
    ),
  ).toMatchInlineSnapshot(
    `"✖ train: column "rating" must hold numbers in every row, got 3 of other text, the first "good" at DIR/words.csv:2. Correct the cells."`,
  );
});

test("a column of lists", async () => {
  expect(await failure(3, train($("nested.json"), "--target", "y"))).toMatchInlineSnapshot(
    `"✖ train: column "a" must hold numbers, text or true and false, got BIGINT[]. Convert it in a query (SELECT … FROM …), or leave the column out with --drop a."`,
  );
});

test("a column of intervals", async () => {
  expect(await failure(3, train($("days.parquet"), "--target", "y"))).toMatchInlineSnapshot(
    `"✖ train: column "day" must hold numbers, text or true and false, got INTERVAL. Convert it in a query (SELECT … FROM …), or leave the column out with --drop day."`,
  );
});

test("a query for a column that does not exist", async () => {
  expect(await failure(3, train(`SELECT z FROM '${iris}'`, "--target", "y"))).toMatchInlineSnapshot(
    `"✖ train: query must be SQL that DuckDB can run, got "Referenced column \\"z\\" not found in FROM clause!". Correct the query."`,
  );
});

test("a JSON file that is cut", async () => {
  expect(await failure(3, train($("broken.json"), "--target", "y"))).toMatchInlineSnapshot(
    `"✖ train: data must be a readable json file, got "Malformed JSON in file \\"DIR/broken.json\\", at byte 6 in record/value 3: unexpected end of data." in DIR/broken.json. Write the file again."`,
  );
});

test("a file that is not Parquet", async () => {
  expect(await failure(3, train($("broken.parquet"), "--target", "y"))).toMatchInlineSnapshot(
    `"✖ train: data must be a readable parquet file, got "No magic bytes found at end of file 'DIR/broken.parquet'" in DIR/broken.parquet. Write the file again."`,
  );
});

test("a class without training rows", async () => {
  expect(await failure(3, train($("rare.csv"), "--target", "y", "--hold-out", "0.9"))).toMatchInlineSnapshot(
    `"✖ train: all rows of the class "rare" are held out, so the model cannot learn it. Add rows of this class, or train with --hold-out 0."`,
  );
});

// Errors of one kind are printed together, and their advice works when it is followed.
import { afterAll, beforeAll, expect, test } from "vitest";
import { dataset, downhill, Scratch } from "./world.ts";

const scratch = new Scratch();
afterAll(() => scratch.remove());
const model = scratch.at("model.json");
const train = (path: string, ...more: string[]) =>
  downhill(["train", path, "--target", "y", "--epochs", "3", "--save", model, ...more]);

/** The text on stderr, without the path of the scratch directory. */
const errorOf = async (run: ReturnType<typeof downhill>, code = 3): Promise<string> => {
  const ran = await run;
  expect([ran.code, ran.stdout]).toEqual([code, ""]);
  return ran.stderr.replaceAll(`${scratch.path}/`, "");
};

/** 40 rows: two columns of numbers, one with "red" or "blue", and one with 0 or 1. */
const rows = Array.from({ length: 40 }, (_, i) => [
  `${i % 7}.5`,
  `${(i * i) % 11}`,
  i % 3 ? "red" : "blue",
  `${i % 2}`,
]);
const table = (changes: Readonly<Record<string, string>> = {}): string => {
  const cells = rows.map((row) => [...row]);
  for (const [at, value] of Object.entries(changes)) {
    const [row, column] = at.split(",").map(Number) as [number, number];
    cells[row]![column] = value;
  }
  return `a,b,color,y\n${cells.map((row) => row.join(",")).join("\n")}\n`;
};

beforeAll(async () => {
  expect((await train(scratch.file("good.csv", table()))).code).toBe(0);
});

test("all columns with missing cells are named at once with --missing error, with counts, first rows and a fix", async () => {
  const path = scratch.file("gaps.csv", table({ "3,0": "", "5,0": "", "4,1": "", "0,2": "" }));
  const strict = ["--missing", "error", "--hold-out", "0"];
  const stderr = await errorOf(train(path, ...strict));
  expect(stderr).toMatchInlineSnapshot(`
    "✖ train: column "a" must have no missing cells, but 2 cells are missing, the first in gaps.csv:5. Supply the values, or leave out the rows.
    train: column "b" must have no missing cells, but a cell is missing in gaps.csv:6. Supply the values, or leave out the rows.
    train: column "color" must have no missing cells, but a cell is missing in gaps.csv:2. Supply the values, or leave out the rows.
    "
  `);
  for (const [name, at] of [
    ["a", 5],
    ["b", 6],
    ["color", 2],
  ])
    expect(stderr).toMatch(new RegExp(`"${name}".*gaps\\.csv:${at}`));
  const query = `SELECT * FROM '${path}' WHERE COLUMNS(*) IS NOT NULL`; // docs/command.md gives it
  expect(await train(query, ...strict)).toMatchObject({ code: 0, stderr: expect.stringContaining("36 rows") });
  expect(await errorOf(train(`SELECT * FROM '${path}'`, ...strict))).toMatchInlineSnapshot(`
    "✖ train: column "a" must have no missing cells, but 2 cells are missing, the first in row 4 of the query. Supply the values, or leave out the rows.
    train: column "b" must have no missing cells, but a cell is missing in row 5 of the query. Supply the values, or leave out the rows.
    train: column "color" must have no missing cells, but a cell is missing in row 1 of the query. Supply the values, or leave out the rows.
    "
  `);
});

test("rows without a target are left out, and missing cells are replaced; both are printed and counted", async () => {
  const path = scratch.file("target.csv", table({ "3,0": "", "5,3": "" }));
  const { code, stderr } = await train(path);
  expect(code).toBe(0);
  expect(stderr).toContain("1 row is left out, because the target is missing\n");
  expect(stderr).toMatch(/"a" are missing: the median/);
  const evaluated = await downhill(["evaluate", model, path]);
  expect(evaluated.stderr.split("\n").slice(0, 2)).toEqual([
    "1 row without a target left out",
    "1 missing cell replaced as in training: a 1",
  ]);
});

test("cells that are not finite are reported together", async () => {
  const path = scratch.file("both.csv", table({ "3,0": "inf", "5,1": "inf", "7,1": "-inf" }));
  expect(await errorOf(train(path))).toMatchInlineSnapshot(`
    "✖ train: column "a" must contain numbers, but 1 cell is not finite: inf at both.csv:5. Correct the cell, read it as missing with --na inf or leave the column out with --drop a.
    train: column "b" must contain numbers, but 2 cells are not finite; the first is inf at both.csv:7. Correct the cells, read them as missing with --na inf,-inf or leave the column out with --drop b.
    "
  `);
});

test("several columns that do not exist: the error lists similar names", async () => {
  const line = [
    dataset("iris"),
    "--target",
    "specis",
    "--drop",
    "petal_width",
    "--drop",
    "zzz",
    "--column",
    "spal_length_cm:number",
  ];
  expect(await errorOf(downhill(["train", ...line]), 2)).toMatchInlineSnapshot(`
    "✖ train: --target "specis" is not a column of the table. Did you mean "species"? Choose one of sepal_length_cm, sepal_width_cm, petal_length_cm, petal_width_cm, species.
    train: --drop "petal_width" is not a column of the table. Did you mean "petal_width_cm"? Choose one of sepal_length_cm, sepal_width_cm, petal_length_cm, petal_width_cm, species.
    train: --drop "zzz" is not a column of the table. Choose one of sepal_length_cm, sepal_width_cm, petal_length_cm, petal_width_cm, species.
    train: --column "spal_length_cm" is not a column of the table. Did you mean "sepal_length_cm" or "petal_length_cm"? Choose one of sepal_length_cm, sepal_width_cm, petal_length_cm, petal_width_cm, species.
    "
  `);
});

test("predict and evaluate name all missing columns, cells that are not numbers, and unknown labels", async () => {
  const predict = (path: string) => errorOf(downhill(["predict", model, path]));
  expect((await train(scratch.at("good.csv"))).code).toBe(0);
  expect(await predict(scratch.file("few.csv", "b,y\n1,0\n"))).toMatchInlineSnapshot(`
    "✖ predict: the model needs the columns "a", "color", but the data have the columns b, y. Supply the missing columns.
    "
  `);
  const odd = scratch.file("odd.csv", table({ "3,0": "x", "4,0": "z", "5,1": "w" }));
  expect(await predict(odd)).toMatchInlineSnapshot(`
    "✖ predict: column "a" must contain numbers, as in the training rows, but 2 cells are not numbers; the first is "x" at odd.csv:5. Correct the cells.
    predict: column "b" must contain numbers, as in the training rows, but 1 cell is not a number: "w" at odd.csv:7. Correct the cell.
    "
  `);
  const labels = scratch.file("labels.csv", table({ "3,3": "2", "5,3": "3", "6,3": "2" }));
  expect(await errorOf(downhill(["evaluate", model, labels]))).toMatchInlineSnapshot(`
    "✖ evaluate: column "y" must hold only the classes of the model (0, 1), got 2 in labels.csv:5, 3 in labels.csv:7. Correct the cells, remove their rows, or train with such rows.
    "
  `);
});

test("more than ten errors: the others are counted", async () => {
  const drops = Array.from({ length: 13 }, (_, i) => ["--drop", `unknown${i}`]).flat();
  const stderr = await errorOf(downhill(["train", dataset("iris"), "--target", "species", ...drops]), 2);
  expect(stderr.trim().split("\n")).toHaveLength(11);
  expect(stderr).toContain("There are 3 more errors like these.\n");
});

test("a misspelt user: the error lists similar names", async () => {
  const path = scratch.file("taste.csv", "user,item,rating\nanna,tea,5\nanna,jam,2\nbob,tea,4\nbob,jam,1\n");
  const columns = "--user user --item item --rating rating --hold-out 0 --epochs 2".split(" ");
  const taste = scratch.at("taste.json");
  expect((await downhill(["train", path, "--model", "factorization", ...columns, "--save", taste])).code).toBe(0);
  expect(await errorOf(downhill(["recommend", taste, "--user", "Ana"]), 2)).toContain('Did you mean "anna"?');
  expect(await errorOf(downhill(["recommend", taste, "--user", "carl"]), 2)).not.toContain("Did you mean");
});

test("lines with too few or too many cells, and column names that occur more than once, are all named", async () => {
  const lines = table().split("\n");
  for (const [row, text] of [
    [3, "1,2"],
    [7, "1,2,red,0,5,6"],
    [9, "1"],
  ] as const)
    lines[row] = text;
  expect(await errorOf(train(scratch.file("ragged.csv", lines.join("\n"))))).toMatchInlineSnapshot(`
    "✖ train: ragged.csv:4 has 2 cells, but the header has 4. Correct this line and 2 more (lines 8, 10).
    "
  `);
  const all = [lines[0], ...Array.from({ length: 9 }, () => "1,2")].join("\n");
  expect(await errorOf(train(scratch.file("all.csv", all)))).toMatchInlineSnapshot(`
    "✖ train: all.csv:2 has 2 cells, but the header has 4. Correct this line and 8 more (lines 3, 4, 5, 6, 7, …).
    "
  `);
});

test("several options that the model does not have", async () => {
  const options = ["--target", "species", "--hidden", "4", "--rank", "3", "--loss", "hinge"];
  expect(await errorOf(downhill(["train", dataset("iris"), ...options]), 2)).toMatchInlineSnapshot(`
    "✖ train: the model softmax, which suits this target, has no option --hidden. Leave out --hidden, or use --model network.
    train: the model softmax, which suits this target, has no option --rank. Leave out --rank, or use --model factorization.
    train: the model softmax, which suits this target, has no option --loss. Leave out --loss, or use --model linear, svm or factorization.
    "
  `);
});

// predict --keep: columns of DATA in the output, as they are written.
import { readFileSync, writeFileSync } from "node:fs";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, expect, test } from "vitest";
import { downhill, Scratch, standardInput } from "./world.ts";

const scratch = new Scratch();
afterAll(() => scratch.remove());
const model = scratch.at("model.json");
const ratings = scratch.at("ratings.json");

const rows = Array.from(
  { length: 40 },
  (_, i) => `${String(i).padStart(3, "0")},${i % 7}.50,${i % 3 ? "red" : "blue"},${i % 2}`,
);
const table = `id,size,color,y\n${rows.join("\n")}\n`;
/** Cells that a number, a date or a trimmed text would not keep. */
const odd = [
  'id,"income, 2020",size,color,2020,note',
  "007,1e3,1.50,red,x,",
  ' a ,"say ""hi""",2,blue,y,"two\nlines"',
  "12345678901234567890,1.10,+3.0,red,2020-01-01,=1+1",
  "",
].join("\n");
const data = scratch.file("odd.csv", odd);

beforeAll(async () => {
  const train = ["train", scratch.file("table.csv", table), "--target", "y", "--drop", "id", "--epochs", "3"];
  expect((await downhill([...train, "--save", model])).code).toBe(0);
  const pairs = Array.from({ length: 30 }, (_, i) => `u${i % 5},i${i % 7},${1 + (i % 4)}`).join("\n");
  const path = scratch.file("ratings.csv", `user,item,rating\n${pairs}\n`);
  const names = ["--user", "user", "--item", "item", "--rating", "rating", "--epochs", "2", "--save", ratings];
  expect((await downhill(["train", path, "--model", "factorization", ...names])).code).toBe(0);
});

const predicted = async (argv: readonly string[], path = data): Promise<string> => {
  const { code, stdout, stderr } = await downhill(["predict", model, path, ...argv]);
  expect([code, stderr]).toEqual([0, ""]);
  return stdout;
};

/** The predictions alone. */
const plain = async (): Promise<string[]> => (await predicted([])).trim().split("\n").slice(1);

test("columns that the model uses and does not use, as written, in the order named, before the predictions", async () => {
  const [first, second, third] = await plain();
  expect(await predicted(["--keep", 'note,size,"income, 2020",color,id'])).toBe(
    [
      'note,size,"income, 2020",color,id,prediction',
      `,1.50,1e3,red,007,${first}`,
      `"two\nlines",2,"say ""hi""",blue, a ,${second}`,
      `=1+1,+3.0,1.10,red,12345678901234567890,${third}`,
      "",
    ].join("\n"),
  );
});

test("the predictions are those without --keep, with probabilities too", async () => {
  const kept = await predicted(["--probabilities", "--keep", "id"]);
  const without = await predicted(["--probabilities"]);
  expect(kept.split("\n").map((line) => line.slice(line.indexOf(",") + 1))).toEqual(without.split("\n"));
});

test("as TSV, and as JSON, where names that are numbers keep their order", async () => {
  for (const name of ["out.tsv", "out.json"]) {
    const out = scratch.at(name);
    const argv = ["predict", model, data, "--keep", "note,2020,id", "--out", out];
    expect((await downhill(argv)).code).toBe(0);
    const text = readFileSync(out, "utf8");
    expect(await downhill(argv)).toMatchObject({ code: 0 }); // the file contains predictions, so it may be replaced
    expect(readFileSync(out, "utf8")).toBe(text);
    if (name === "out.tsv") expect(text.split("\n")[0]).toBe("note\t2020\tid\tprediction");
    else {
      expect(text.split("\n")[1]).toMatch(/^\{"note":"","2020":"x","id":"007","prediction":[01]\},$/);
      expect(JSON.parse(text)).toMatchObject([{ id: "007" }, { id: " a ", note: "two\nlines" }, { note: "=1+1" }]);
    }
  }
});

test("a file of predictions with kept columns may be replaced, another table with such a column may not", async () => {
  const argv = (out: string) => ["predict", model, data, "--probabilities", "--keep", "id,size", "--out", out];
  const own = scratch.at("own.csv");
  for (let i = 0; i < 2; i++) expect((await downhill(argv(own))).code).toBe(0);
  const others = {
    "mine.csv": "id,prediction,mine\n1,2,3\n",
    "owner.csv": "owner,prediction\n1,2\n",
    "o.json": '[\n{"id":1}\n]\n',
  };
  for (const [name, text] of Object.entries(others)) {
    const other = scratch.file(name, text);
    expect((await downhill(argv(other))).code, name).toBe(2);
    expect(readFileSync(other, "utf8")).toBe(text);
  }
});

test("in a query, from standard input, from Parquet and JSON", async () => {
  const kept = await predicted(["--keep", "id,size"]);
  expect(await predicted(["--keep", "id,size"], `SELECT * FROM '${data}'`)).toBe(kept);
  const { stdout } = await downhill(["predict", model, "-", "--keep", "id,size"], { stdin: standardInput(odd) });
  expect(stdout).toBe(kept);

  const typed = `SELECT 7 AS id, 7.0::DOUBLE AS d, NULL AS n, [1, 2] AS l, DATE '2020-01-02' AS t, 1.5 AS size, 'red' AS color`;
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  const paths = ["typed.parquet", "typed.json"].map((name) => scratch.at(name));
  for (const path of paths) await connection.run(`COPY (${typed}) TO '${path}'`);
  connection.closeSync();
  for (const path of [...paths, typed]) {
    const [header, cells] = (await predicted(["--keep", "id,d,n,l,t"], path)).split("\n");
    expect(header).toBe("id,d,n,l,t,prediction");
    expect(cells).toMatch(/^7,7\.0,,"\[1, 2\]",2020-01-02,[01]$/);
  }
});

test("a query whose rows come in a random order keeps each row together", async () => {
  const many = scratch.file(
    "many.csv",
    `id,size,color\n${Array.from({ length: 5000 }, (_, i) => `${i},${i},red`).join("\n")}\n`,
  );
  const query = `SELECT id, size, color, id AS same FROM '${many}' ORDER BY random()`;
  const lines = (await predicted(["--keep", "id,size,same"], query)).trim().split("\n").slice(1);
  expect(lines).toHaveLength(5000);
  const cells = lines.map((line) => line.split(","));
  expect(cells.every(([id, size, same]) => id === size && id === same)).toBe(true);
  const byId = new Map(cells.map(([id, , , prediction]) => [id, prediction]));
  const ordered = (await predicted([], many)).trim().split("\n").slice(1);
  expect(ordered.map((_, i) => byId.get(String(i)))).toEqual(ordered);
});

test("a model of ratings keeps columns as well", async () => {
  const path = scratch.file("pairs.csv", "user,item,when\nu1,i2,10:30\nu3,i4,\n");
  const { stdout } = await downhill(["predict", ratings, path, "--keep", "when,user"]);
  expect(stdout).toMatch(/^when,user,prediction\n10:30,u1,[\d.]+\n,u3,[\d.]+\n$/);
});

const errorOf = async (argv: readonly string[], path = data): Promise<string> => {
  const { code, stdout, stderr } = await downhill(["predict", model, path, ...argv]);
  expect([code, stdout]).toEqual([2, ""]);
  return stderr;
};

test("columns that do not exist", async () => {
  expect(await errorOf(["--keep", "ID,nothing,colour"])).toMatchInlineSnapshot(`
    "✖ predict: --keep "ID" is not a column of the data. Did you mean "id"? Choose one of id, income, 2020, size, color, 2020, note.
    predict: --keep "nothing" is not a column of the data. Choose one of id, income, 2020, size, color, 2020, note.
    predict: --keep "colour" is not a column of the data. Did you mean "color"? Choose one of id, income, 2020, size, color, 2020, note.
    "
  `);
});

test("a column with the name of a prediction: the advice works", async () => {
  const path = scratch.file("named.csv", "size,color,prediction,probability_1\n1,red,a,b\n");
  const stderr = await errorOf(["--keep", "prediction"], path);
  expect(stderr).toMatchInlineSnapshot(`
    "✖ predict: --keep names the column "prediction", but a column of predictions has the same name. Rename it in a query, such as "SELECT * RENAME (prediction AS old_prediction) FROM 'data.csv'", and keep "old_prediction".
    "
  `);
  const query = /such as "(.*)",/.exec(stderr)![1]!.replace("data.csv", path);
  expect(await predicted(["--keep", "old_prediction"], query)).toMatch(/^old_prediction,prediction\na,[01]\n$/);
  expect(await errorOf(["--probabilities", "--keep", "probability_1"], path)).toContain('"probability_1"');
  expect(await predicted(["--keep", "probability_1"], path)).toMatch(/^probability_1,prediction\nb,[01]\n$/);
});

test.each(["", "id,", "id,,note", "id,id", '"id', 'a b"c'])("--keep %j is an error", async (text) => {
  expect(await errorOf(["--keep", text])).toContain("It must be different names with commas between them");
});

test("a missing cell of a column that the model uses is counted, and an empty text where it is kept", async () => {
  const path = scratch.at("gap.csv");
  writeFileSync(path, "size,color,note\n1,red,\n,blue,x\n");
  const { code, stdout, stderr } = await downhill(["predict", model, path, "--keep", "size,note"]);
  expect([code, stderr]).toEqual([0, "1 missing cell replaced as in training: size 1\n"]);
  expect(stdout).toMatch(/^size,note,prediction\n1,,[01]\n,x,[01]\n$/);
});

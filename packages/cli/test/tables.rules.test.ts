// The kind of a column: decided from all rows, printed in the first lines of the run, and saved with the model.
import { readFileSync } from "node:fs";
import { DuckDBInstance } from "@duckdb/node-api";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { downhill, Scratch } from "./world.ts";

const scratch = new Scratch();
afterAll(() => scratch.remove());
const saved = scratch.at("model.json");

const upTo = (count: number) => Array.from({ length: count }, (_, i) => i);

/** A file with a column x of cells, and y = 0.5, 1.5, 2.5, … */
const fileOf = (name: string, cells: readonly string[], delimiter = ","): string =>
  scratch.file(name, `x${delimiter}y\n${cells.map((cell, i) => `${cell}${delimiter}${i}.5`).join("\n")}\n`);

const train = (data: string, ...more: string[]) => downhill(["train", data, "--target", "y", "--save", saved, ...more]);

/** The columns in the model file. */
const table = () =>
  (JSON.parse(readFileSync(saved, "utf8")) as { table: { features: Record<string, unknown>[]; target: object } }).table;
const feature = () => table().features[0]!;
const quoted = (texts: readonly string[]) => texts.map((text) => `"${text}"`);
const categories = (texts: readonly string[]) => ({ name: "x", kind: "text", categories: [...new Set(texts)].sort() });

test.each<[string, string[], string, RegExp]>([
  ["decimal commas", quoted(upTo(40).map((i) => `${i},5`)), ",", /x is read as numbers: "0,5" is 0.5\n/],
  ["decimal commas and semicolons", upTo(40).map((i) => `${i},5`), ";", /x is read as numbers: "0,5" is 0.5\n/],
  [
    "commas between thousands",
    quoted(upTo(40).map((i) => `${i + 1},234`)),
    ",",
    /"1,234" is 1234; every comma could also be a decimal comma \(see/,
  ],
  [
    "thousands and decimal comma",
    quoted(upTo(40).map((i) => `${i + 1}.234,5${i % 10}`)),
    ",",
    /"1.234,50" is 1234.5\n/,
  ],
  ["percent", upTo(40).map((i) => `${i}%`), ",", /"0%" is 0\n/],
  ["dollars", upTo(40).map((i) => `$${i}.50`), ",", /"\$0.50" is 0.5\n/],
  ["euros", quoted(upTo(40).map((i) => `${i},50 €`)), ",", /"0,50 €" is 0.5\n/],
  ["a currency's code", upTo(40).map((i) => `EUR ${i}.50`), ",", /"EUR 0.50" is 0.5\n/],
  ["a currency code after the number", quoted(upTo(40).map((i) => `${i},50 USD`)), ",", /"0,50 USD" is 0.5\n/],
  ["underscores", upTo(40).map((i) => `${i + 1}_000`), ",", /"1_000" is 1000\n/],
])("%s are read as numbers: the format is printed, saved, and used by predict", async (_, cells, delimiter, words) => {
  const file = fileOf("numbers.csv", cells, delimiter);
  const ran = await train(file);
  expect(ran.code).toBe(0);
  expect(ran.stderr).toMatch(words);
  expect(ran.stderr).toContain("1 feature · target");
  expect(feature()).toMatchObject({ kind: "number", format: expect.any(Object) as object });
  const { stdout } = await downhill(["predict", saved, file]);
  const predictions = stdout.trim().split("\n").slice(1).map(Number);
  expect(predictions.every((value, i) => Math.abs(value - i - 0.5) < 1e-3)).toBe(true);
});

test("in a file with semicolons the comma of 1,234 is a decimal comma", async () => {
  const ran = await train(
    fileOf(
      "semicolons.csv",
      upTo(20).map((i) => `${i},234`),
      ";",
    ),
  );
  expect(ran.stderr).toMatch(/"0,234" is 0.234/);
});

test("a target of numbers written as text is a regression, not classes", async () => {
  const lines = upTo(104).map((i) => `${i};${i},5`);
  const ran = await train(scratch.file("target.csv", `x;y\n${lines.join("\n")}\n`));
  expect(ran.stderr).toContain("model linear, because y has 104 different values in 104 rows");
  expect(table().target).toMatchObject({ kind: "number", format: { decimal: "," } });
  const { stdout } = await downhill(["evaluate", saved, scratch.at("target.csv"), "--json"]);
  expect((JSON.parse(stdout) as { r2: number }).r2).toBeCloseTo(1, 6);
});

test("text columns of numbers in JSON, Parquet and queries are read as numbers, with a note", async () => {
  const json = scratch.file("text.json", JSON.stringify(upTo(30).map((i) => ({ x: `${i}.25`, y: i + 0.5 }))));
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  const parquet = scratch.at("text.parquet");
  await connection.run(`COPY (SELECT i || '.25' AS x, i + 0.5 AS y FROM range(30) t(i)) TO '${parquet}'`);
  for (const data of [json, parquet, `SELECT CAST(x AS VARCHAR) AS x, y FROM '${json}'`]) {
    const ran = await train(data);
    expect(ran.stderr).toContain("x is read as numbers, which are written as text\n");
    expect(feature()).toEqual({ name: "x", kind: "number" });
  }
});

test("numbers and numbers as text in one JSON column are the same numbers and labels", async () => {
  const rows = upTo(60).map((i) => ({ x: i % 2 === 0 ? i : `${i}`, y: i + 0.5 }));
  await train(scratch.file("mixed.json", JSON.stringify(rows)));
  expect(feature()).toEqual({ name: "x", kind: "number" });
  const labels = upTo(60).map((i) => ({ x: i, y: i < 30 ? "1" : i < 50 ? 1 : "2b" }));
  const ran = await train(scratch.file("labels.ndjson", labels.map((each) => JSON.stringify(each)).join("\n")));
  expect(ran.stderr).toContain("model logistic, because y has 2 different values, all text\n");
});

test.each<[string, string[], string, unknown, RegExp]>([
  ["below and above 1000", ["983", "9.830", "1.234.567"], ";", ".", /x is read as numbers: "1.234.567" is 1234567\n/],
  [
    "one point at most",
    ["983", "9.830", "12"],
    ";",
    ".",
    /"9.830" is 9830; every point could also be a decimal point \(see/,
  ],
  [
    "three decimals in every cell",
    ["9.830", "1.234"],
    ";",
    undefined,
    /"9.830" is 9.83; every point could also separate thousands \(see/,
  ],
  ["decimals of other lengths", ["983", "9.830", "1.5"], ";", undefined, /^(?!.*is read as)/s],
  ["commas between the cells", ["983", "9.830", "12"], ",", undefined, /^(?!.*is read as)/s],
])("points before three digits: %s", async (_, cells, delimiter, group, note) => {
  for (const early of [0, 1500]) {
    if (group !== "." && early > 0) continue;
    const ran = await train(fileOf("points.csv", [...upTo(early).map(() => "7"), ...repeat(cells, 10)], delimiter));
    expect(ran.stderr).toMatch(note);
    expect((feature()["format"] as { group: string } | undefined)?.group).toBe(group);
  }
});

test("a query reads a file with semicolons by the same rules", async () => {
  const lines = upTo(40).map((i) => `${i % 2 === 0 ? i + 1 : `${i}.250`};${i}.250;${i + 1},125;${i},5`);
  const file = scratch.file("semicolons.csv", `x;fixed;comma;y\n${lines.join("\n")}\n`);
  await train(file);
  const alone = readFileSync(saved, "utf8");
  await train(`SELECT * FROM '${file}'`);
  const { table: queried, model } = JSON.parse(readFileSync(saved, "utf8")) as Record<string, unknown>;
  expect({ table: queried, model }).toEqual(
    (({ table, model }) => ({ table, model }))(JSON.parse(alone) as Record<string, unknown>),
  );
  expect(feature()).toMatchObject({ format: { decimal: ",", group: "." } });
});

test("predict reads points between thousands by the saved format, in any kind of file", async () => {
  await train(fileOf("dots.csv", repeat(["983", "9.830", "12"], 10), ";"));
  const prediction = async (data: string) => (await downhill(["predict", saved, data])).stdout;
  const [written, plain] = [scratch.file("written.csv", "x\n9.830\n"), scratch.file("plain.csv", "x\n9830\n")];
  const typed = scratch.file("typed.json", '[{"x":9830.0}]');
  expect(await prediction(written)).toBe(await prediction(plain));
  expect(await prediction(typed)).toBe(await prediction(plain));
  const other = await downhill(["predict", saved, scratch.file("other.csv", "x\n9.83\n")]);
  expect(other.stderr).toContain('but "9.83" at');
  expect(other.code).toBe(3);
});

test.each([
  ["a unit", (i: number) => `${i}kg`],
  ["two currencies", (i: number) => `${i % 2 === 0 ? "$" : "€"}${i}`],
  ["times", (i: number) => `${10 + (i % 10)}:${10 + i}`],
])("categories that contain numbers are noted, for a feature and for a target: %s", async (_, write) => {
  const note = (name: string) => `${name} is read as 30 categories; its text contains numbers, such as "${write(0)}"`;
  const lines = upTo(120).map((i) => `${write(i % 30)},${i}.5`);
  const file = scratch.file("units.csv", `x,y\n${lines.join("\n")}\n`);
  expect((await train(file)).stderr).toContain(`${note("x")}\n`);
  const ran = await downhill(["train", file, "--target", "x", "--save", saved, "--epochs", "2"]);
  expect(ran.stderr).toContain(`${note("x")}\n`);
});

const repeat = (cells: readonly string[], times: number) => Array.from({ length: times }, () => cells).flat();

test.each<[string, string[], RegExp]>([
  [
    "flats and houses",
    repeat(["1", "2", "2b", "3"], 10),
    /x is read as categories, because it contains numbers and other text, such as "2b"\n/,
  ],
  ["an open class", repeat(["0", "1", "2", "3+"], 10), /other text, such as "3\+"\n/],
  ["ISBNs", repeat(["0306406152", "080442957X"], 10), /other text, such as "080442957X"\n/],
  [
    "codes with zeros",
    repeat(["007", "7", "042"], 10),
    /x is read as categories, because it contains codes with leading zeros, such as 007 \(--column x:number reads it as numbers\)\n/,
  ],
  [
    "long whole numbers",
    repeat(["9007199254740993", "9007199254740992", "12"], 10),
    /beyond 2\^53, such as 9007199254740993 \(--column x:number rounds them to numbers\)\n/,
  ],
  ["names of methods", repeat(["constructor", "toString", "valueOf", "__proto__"], 10), /4 features/],
])("%s are read as categories, with a note", async (_, cells, words) => {
  const ran = await train(fileOf("categories.csv", cells));
  expect(ran.code).toBe(0);
  expect(ran.stderr).toMatch(words);
  expect(feature()).toEqual(categories(cells));
  expect((await downhill(["predict", saved, scratch.at("categories.csv")])).code).toBe(0);
});

test("--column sets the kind of a column, whose name may contain commas and colons", async () => {
  const zeros = repeat(["007", "7", "042"], 10);
  await train(fileOf("zeros.csv", zeros), "--column", "x:number");
  expect(feature()).toEqual({ name: "x", kind: "number" });
  await train(fileOf("plain.csv", repeat(["7", "8", "42"], 10)), "--column", "x:category");
  expect(feature()).toEqual(categories(["7", "8", "42"]));
  const odd = scratch.file(
    "odd.csv",
    `"a, b:c",y\n${repeat(["7", "8"], 10)
      .map((cell, i) => `${cell},${i}.5`)
      .join("\n")}\n`,
  );
  await train(odd, "--column", "a, b:c:category");
  expect(feature()).toEqual({ name: "a, b:c", kind: "text", categories: ["7", "8"] });
  const target = scratch.file(
    "classes.csv",
    `x,y\n${upTo(60)
      .map((i) => `${i},${i % 30}`)
      .join("\n")}\n`,
  );
  const ran = await train(target, "--column", "y:category", "--hold-out", "0");
  expect(ran.stderr).toContain("(30 classes)");
});

test("a few cells of other text among numbers are an error, and each advice works", async () => {
  const cells = [...upTo(60).map(String), "n/a", ...repeat(["7"], 70), "?"];
  const file = fileOf("few.csv", cells);
  const ran = await train(file);
  expect(ran.code).toBe(3);
  expect(ran.stderr).toBe(
    `✖ train: column "x" must contain numbers, but 2 cells are not numbers; the first is "n/a" at ${file}:62. ` +
      "Correct the cells, read the column as categories with --column x:category, or leave the column out with --drop x.\n",
  );
  expect((await train(file, "--column", "x:category", "--hold-out", "0")).code).toBe(0);
  const wide = scratch.file(
    "wide.csv",
    `${readFileSync(file, "utf8")
      .trim()
      .split("\n")
      .map((line, i) => `${line},${i === 0 ? "z" : i}`)
      .join("\n")}\n`,
  );
  expect((await train(wide, "--drop", "x")).code).toBe(0);
  expect(
    (
      await train(
        fileOf(
          "corrected.csv",
          cells.map((cell) => (/\d/.test(cell) ? cell : "0")),
        ),
      )
    ).code,
  ).toBe(0);
});

test("the advice names no categories for too many values, and does not drop the target", async () => {
  const cells = [...upTo(600).map((i) => `${i}.5`), "n/a"];
  const ran = await train(fileOf("many.csv", cells));
  expect(ran.stderr).toContain("Correct the cell, or leave the column out with --drop x.\n");
  const lines = cells.map((cell, i) => `${i},${cell}`);
  const target = await train(scratch.file("target2.csv", `x,y\n${lines.join("\n")}\n`));
  expect(target.stderr).toMatch(
    /column "y" must contain numbers, but 1 cell is not a number: "n\/a" at .+:602\. Correct the cell\.\n$/,
  );
});

test("cells after many rows count like the first cells", async () => {
  const early = repeat(["5"], 30_000);
  const late = await train(fileOf("late.csv", [...early, "6x", "n/a"]));
  expect(late.stderr).toContain('contains numbers and other text, such as "6x"\n');
  expect(feature()).toEqual(categories(["5", "6x", "n/a"]));
  const comma = await train(fileOf("comma.csv", [...early, "5,5"], ";"));
  expect(comma.stderr).toContain('x is read as numbers: "5,5" is 5.5');
});

test("predict accepts true, false, 1 and 0 for a column of truth values, and names any other cell", async () => {
  const cells = repeat(["true", "false"], 10);
  await train(fileOf("truth.csv", cells));
  expect(feature()).toEqual({ name: "x", kind: "boolean" });
  const predictions = async (name: string, texts: string[]) => {
    const { stdout, stderr } = await downhill(["predict", saved, scratch.file(name, `x\n${texts.join("\n")}\n`)]);
    return stdout === "" ? stderr : stdout.trim().split("\n").slice(1);
  };
  const words = await predictions("words.csv", ["true", "false"]);
  expect(await predictions("digits.csv", ["1", "0"])).toEqual(words);
  expect(await predictions("both.csv", ["true", "0"])).toEqual(words);
  expect(await predictions("upper.csv", ["TRUE", "False"])).toEqual(words);
  expect(await predictions("odd.csv", ["true", "1", "maybe"])).toContain(
    'must contain true and false, as in the training table, but "maybe" at',
  );
  expect(await predictions("two.csv", ["1", "2"])).toMatch(/as in the training table, but the cell at .* is 2\./);
  await train(fileOf("numbers.csv", ["1", "0", "1", "0.5", "3"]));
  expect(await predictions("true.csv", ["1", "true"])).toContain(
    'must contain numbers, as in the training table, but "true" at',
  );
});

test.each([
  "",
  "Unnamed: 0",
  "index",
  "__index_level_0__",
  "rownames",
  "id",
  "Row_Number",
  "S.No",
  "PassengerId",
  "customer_id",
])("a column %j that numbers the rows is left out, with a note; --column keeps it", async (name) => {
  for (const [first, step] of [
    [0, 1],
    [1, 1],
    [1001, 1],
    [40, -1],
  ] as const) {
    const lines = upTo(40).map((i) => `${first + step * i},${(i * 7919) % 13},${i < 20 ? "a" : "b"}`);
    const file = scratch.file("rows.csv", `${name},x,y\n${lines.join("\n")}\n`);
    const shown = name === "" ? "column0" : name;
    const ran = await train(file);
    const flag = /^[\w.:]+$/.test(shown) ? `${shown}:number` : `"${shown}:number"`;
    expect(ran.stderr).toContain(`  ${shown} only numbers the rows, so it is left out (--column ${flag} keeps it)\n`);
    expect(table().features.map((each) => each["name"])).toEqual(["x"]);
    await train(file, "--column", `${shown}:number`);
    expect(table().features.map((each) => each["name"])).toEqual([shown, "x"]);
  }
});

test("a column of row numbers with another name, or not in order, is a feature", async () => {
  await train(
    scratch.file(
      "count.csv",
      `x,index,y\n${upTo(30)
        .map((i) => `${i},${(i * 7) % 30},${i}.5`)
        .join("\n")}\n`,
    ),
  );
  expect(table().features.map((each) => each["name"])).toEqual(["x", "index"]);
});

test("whole numbers that a float64 cannot represent are categories in every source; --column rounds them", async () => {
  const base = 9007199254740993n;
  const rows = upTo(40).map((i) => [i % 4, base + BigInt(i % 4)] as const);
  const csv = scratch.file("large.csv", `x,y\n${rows.map((row) => row.join(",")).join("\n")}\n`);
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  const sources = [csv, `SELECT x, y FROM '${csv}'`, `SELECT x, CAST(y AS HUGEINT) AS y FROM '${csv}'`];
  for (const type of ["BIGINT", "DECIMAL(38, 2)", "UBIGINT"]) {
    const path = scratch.at(`large-${type.slice(0, 5)}.parquet`);
    await connection.run(
      `COPY (SELECT i % 4 AS x, CAST(${base} + i % 4 AS ${type}) AS y FROM range(40) t(i)) TO '${path}'`,
    );
    sources.push(path);
  }
  for (const data of sources) {
    const ran = await train(data);
    expect(ran.stderr).toContain("(4 classes)");
    expect(ran.stderr).toContain(
      `y is read as categories, because it contains whole numbers beyond 2^53, such as ${base} `,
    );
  }
  const forced = await train(csv, "--column", "y:number", "--model", "linear");
  expect(forced.code).toBe(0);
});

test("labels beyond 2^53 are an error with advice that works", async () => {
  const file = scratch.file(
    "even.csv",
    `x,y\n${upTo(20)
      .map((i) => `${i},${9007199254740994n + BigInt(2 * (i % 2))}`)
      .join("\n")}\n`,
  );
  const ran = await train(file);
  expect(ran.stderr).toContain("is not. Read the column as categories with --column y:category.\n");
  expect((await train(file, "--column", "y:category")).code).toBe(0);
});

test("too many different texts are an error; if they are digits, the advice is to read them as numbers", async () => {
  const sentence = (cells: string[]) => train(fileOf("ids.csv", cells));
  const zeros = await sentence(upTo(40).map((i) => `0${100 + i}`));
  expect(zeros.stderr).toBe(
    '✖ train: text column "x" has 40 different values in 40 rows, too many for categories. x is read as categories, because it ' +
      "contains codes with leading zeros, such as 0100 (--column x:number reads it as numbers). Leave the column out with --drop x.\n",
  );
  expect((await train(scratch.at("ids.csv"), "--column", "x:number")).code).toBe(0);
  const long = await sentence(upTo(40).map((i) => String(9007199254740993n + BigInt(i))));
  expect(long.stderr).toContain("such as 9007199254740993 (--column x:number rounds them to numbers). Leave");
  expect((await train(scratch.at("ids.csv"), "--column", "x:number")).code).toBe(0);
  const isbn = await sentence(upTo(40).map((i) => `03064${i}${i % 3 === 0 ? "X" : i % 10}`));
  expect(isbn.stderr).toMatch(
    /has 40 different values in 40 rows, too many for categories\. x is read as categories, because it contains numbers and other text, such as "03064.+X"\. Leave/,
  );
});

test("errors of --column", async () => {
  const file = fileOf("kinds.csv", ["1", "2", "3"]);
  const sentence = async (...more: string[]) => (await train(file, ...more)).stderr;
  expect(await sentence("--column", "z:number")).toContain('--column "z" is not a column of the table.');
  expect(await sentence("--column", "x:number", "--drop", "x")).toContain('--column and --drop both name "x".');
  expect(await sentence("--column", "x:number", "--column", "x:category")).toContain(
    '--column sets "x" to number and to category.',
  );
});

test("cells such as “constructor”, the name of a member of every object, are not truth values", async () => {
  const names = fc.constantFrom(...Object.getOwnPropertyNames(Object.prototype));
  await fc.assert(
    fc.asyncProperty(fc.array(names, { minLength: 2, maxLength: 6 }), async (cells) => {
      const ran = await train(fileOf("members.csv", [...cells, ...cells]), "--hold-out", "0", "--epochs", "1");
      expect(ran.code).toBe(0);
      expect(feature()).toEqual(categories(cells));
    }),
    { numRuns: 10 },
  );
});

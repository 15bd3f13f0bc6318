// The kind of a column: decided from all rows, printed in the first lines of the run, and saved with the model.
import { readFileSync } from "node:fs";
import { DuckDBInstance } from "@duckdb/node-api";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { downhill, Scratch, savedTable } from "./world.ts";

const scratch = new Scratch();
afterAll(() => scratch.remove());
const saved = scratch.at("model.json");

const upTo = (count: number) => Array.from({ length: count }, (_, i) => i);

/** A file with a column x of cells, and y = 0.5, 1.5, 2.5, … */
const fileOf = (name: string, cells: readonly string[], delimiter = ","): string =>
  scratch.file(name, `x${delimiter}y\n${cells.map((cell, i) => `${cell}${delimiter}${i}.5`).join("\n")}\n`);

const train = (data: string, ...more: string[]) => downhill(["train", data, "--target", "y", "--save", saved, ...more]);

/** The first column of the model: its kind, with the format of its numbers or with its categories. */
const feature = () => {
  const { name, read, encoding } = savedTable(saved).preparation.columns[0]!;
  const { kind, numbers } = read;
  if (encoding.type !== "oneHot") return { name, kind, ...(numbers && { format: numbers }) };
  return { name, kind, categories: [...encoding.categories, ...encoding.rare].sort() };
};
const names = () => savedTable(saved).preparation.columns.map(({ name }) => name);
const quoted = (texts: readonly string[]) => texts.map((text) => `"${text}"`);
const categories = (texts: readonly string[]) => ({
  name: "x",
  kind: "category",
  categories: [...new Set(texts)].sort(),
});

test.each<[string, string[], string, RegExp]>([
  ["decimal commas", quoted(upTo(40).map((i) => `${i},5`)), ",", /"x" is read as numbers: "0,5" is 0.5\n/],
  ["decimal commas and semicolons", upTo(40).map((i) => `${i},5`), ";", /"x" is read as numbers: "0,5" is 0.5\n/],
  [
    "commas between thousands",
    quoted(upTo(40).map((i) => `${i + 1},234`)),
    ",",
    /"1,234" is 1234; every comma could also be a decimal comma/,
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
  expect(savedTable(saved).preparation.target.read).toMatchObject({ kind: "number", numbers: { decimal: "," } });
  const { stdout } = await downhill(["evaluate", saved, scratch.at("target.csv"), "--json"]);
  expect((JSON.parse(stdout) as { r2: number }).r2).toBeCloseTo(1, 6);
});

test("text columns of numbers in JSON, Parquet and queries are read as numbers", async () => {
  const json = scratch.file("text.json", JSON.stringify(upTo(30).map((i) => ({ x: `${i}.25`, y: i + 0.5 }))));
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  const parquet = scratch.at("text.parquet");
  await connection.run(`COPY (SELECT i || '.25' AS x, i + 0.5 AS y FROM range(30) t(i)) TO '${parquet}'`);
  for (const data of [json, parquet, `SELECT CAST(x AS VARCHAR) AS x, y FROM '${json}'`]) {
    const ran = await train(data);
    expect(ran.code).toBe(0);
    expect(feature()).toEqual({ name: "x", kind: "number" });
  }
});

test("numbers and numbers as text in one JSON column are the same numbers and labels", async () => {
  const rows = upTo(60).map((i) => ({ x: i % 2 === 0 ? i : `${i}`, y: i + 0.5 }));
  await train(scratch.file("mixed.json", JSON.stringify(rows)));
  expect(feature()).toEqual({ name: "x", kind: "number" });
  const labels = upTo(60).map((i) => ({ x: i, y: i < 30 ? "1" : i < 50 ? 1 : "2b" }));
  const ran = await train(scratch.file("labels.ndjson", labels.map((each) => JSON.stringify(each)).join("\n")));
  expect(ran.stderr).toContain("because y has 2 different values, all text\n");
});

test.each<[string, string[], string, unknown, RegExp]>([
  ["below and above 1000", ["983", "9.830", "1.234.567"], ";", ".", /"x" is read as numbers: "1.234.567" is 1234567\n/],
  ["one point at most", ["983", "9.830", "12"], ";", ".", /"9.830" is 9830; every point could also be a decimal point/],
  [
    "three decimals in every cell",
    ["9.830", "1.234"],
    ";",
    undefined,
    /"9.830" is 9.83; every point could also separate thousands/,
  ],
  ["decimals of other lengths", ["983", "9.830", "1.5"], ";", undefined, /^(?!.*is read as)/s],
  ["commas between the cells", ["983", "9.830", "12"], ",", undefined, /^(?!.*is read as)/s],
])("points before three digits: %s", async (_, cells, delimiter, group, note) => {
  for (const early of [0, 1500]) {
    if (group !== "." && early > 0) continue;
    const ran = await train(fileOf("points.csv", [...upTo(early).map(() => "7"), ...repeat(cells, 10)], delimiter));
    expect(ran.stderr).toMatch(note);
    expect((feature() as { format?: { group: string } }).format?.group).toBe(group);
  }
});

test("a query reads a file with semicolons by the same rules", async () => {
  const lines = upTo(40).map((i) => `${i % 2 === 0 ? i + 1 : `${i}.250`};${i}.250;${i + 1},125;${i},5`);
  const file = scratch.file("semicolons.csv", `x;fixed;comma;y\n${lines.join("\n")}\n`);
  await train(file);
  const alone = readFileSync(saved, "utf8");
  await train(`SELECT * FROM '${file}'`);
  const body = (text: string) => (JSON.parse(text) as { body: { preparation: unknown } }).body.preparation;
  expect(body(readFileSync(saved, "utf8"))).toEqual(body(alone));
  expect(feature()).toMatchObject({ name: "comma", format: { decimal: "," } });
  expect(savedTable(saved).preparation.columns.at(-1)!.read.numbers).toMatchObject({ decimal: ",", group: "." });
});

test("predict reads points between thousands by the saved format, in any kind of file", async () => {
  await train(fileOf("dots.csv", repeat(["983", "9.830", "12"], 10), ";"));
  const prediction = async (data: string) => (await downhill(["predict", saved, data])).stdout;
  const [written, plain] = [scratch.file("written.csv", "x\n9.830\n"), scratch.file("plain.csv", "x\n9830\n")];
  const typed = scratch.file("typed.json", '[{"x":9830.0}]');
  expect(await prediction(written)).toBe(await prediction(plain));
  expect(await prediction(typed)).toBe(await prediction(plain));
  const other = await downhill(["predict", saved, scratch.file("other.csv", "x\n9.83\n")]);
  expect(other.stderr).toContain('not a number in the same format: "9.83" at');
  expect(other.code).toBe(3);
});

test.each([
  ["a unit", (i: number) => `${i}kg`],
  ["two currencies", (i: number) => `${i % 2 === 0 ? "$" : "€"}${i}`],
])("categories that contain numbers are noted, for a feature and for a target: %s", async (_, write) => {
  const note = (name: string) => `"${name}" is read as 30 categories; its text contains numbers, such as "${write(0)}"`;
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
    /"x" is read as categories, because it contains numbers and other text, such as "2b" \(--na 2b reads this text as missing cells\)\n/,
  ],
  ["an open class", repeat(["0", "1", "2", "3+"], 10), /other text, such as "3\+" /],
  ["ISBNs", repeat(["0306406152", "080442957X"], 10), /2 features/],
  [
    "codes with zeros",
    repeat(["007", "7", "042"], 10),
    /"x" is read as categories, because it contains codes with leading zeros, such as 007 \(--column x:number reads it as numbers\)\n/,
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
  expect(feature()).toEqual({ name: "a, b:c", kind: "category", categories: ["7", "8"] });
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
  const cells = [...upTo(60).map(String), "absent", ...repeat(["7"], 70), "gone"];
  const file = fileOf("few.csv", cells);
  const ran = await train(file);
  expect(ran.code).toBe(3);
  expect(ran.stderr).toMatch(
    /^✖ train: column "x" must contain numbers, but 2 cells are not numbers; the first is "absent" at .*few\.csv:62\. /,
  );
  for (const advice of ["--na absent,gone", "--column x:category"]) {
    expect(ran.stderr).toContain(advice);
    expect((await train(file, ...advice.split(" "), "--hold-out", "0")).code, advice).toBe(0);
  }
  expect(ran.stderr).toContain("--drop x");
});

test("marks such as n/a among numbers are missing cells, which is printed, and predict counts them", async () => {
  const ran = await train(fileOf("marks.csv", [...upTo(60).map(String), "n/a", ...repeat(["7"], 20), "?"]));
  expect(ran.code).toBe(0);
  expect(ran.stderr).toMatch(/"x" .*missing/);
  const predicted = await downhill(["predict", saved, scratch.file("new.csv", 'x\n5\nNA\n""\n')]);
  expect(predicted).toMatchObject({ code: 0, stderr: "2 missing cells replaced as in training: x 2\n" });
});

test("cells after many rows count like the first cells", async () => {
  const early = repeat(["5"], 30_000);
  const late = await train(fileOf("late.csv", [...early, "6x", "6x", "n/a", "n/a"]), "--hold-out", "0");
  expect(late.stderr).toContain('contains numbers and other text, such as "6x" ');
  expect(feature()).toEqual(categories(["5", "6x", "n/a"]));
  const comma = await train(fileOf("comma.csv", [...repeat(["5"], 30_000), "5,5"], ";"));
  expect(comma.stderr).toContain('"x" is read as numbers: "5,5" is 5.5');
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
  expect(await predictions("odd.csv", ["true", "1", "maybe"])).toMatch(
    /must contain true and false, .* "maybe" at .*:4\./,
  );
  expect(await predictions("two.csv", ["1", "2"])).toMatch(/must contain true and false, .*"2" at .*:3\./);
  await train(fileOf("numbers.csv", ["1", "0", "1", "0.5", "3"]));
  expect(await predictions("true.csv", ["1", "true"])).toMatch(/must contain numbers, .* "true" at .*:3\./);
});

test.each(["id", "Unnamed: 0", "x"])(
  "a column %j that numbers the rows is a feature with a warning; --drop leaves it out",
  async (name) => {
    const lines = upTo(80).map((i) => `${i + 1},${(i * 7919) % 13},${i < 40 ? "a" : "b"}`);
    const file = scratch.file("rows.csv", `${name},z,y\n${lines.join("\n")}\n`);
    const ran = await train(file);
    const advice = /^Un/.test(name) ? `--drop "${name}"` : `--drop ${name}`;
    expect(ran.stderr).toContain(advice);
    expect(names()).toEqual([name, "z"].sort());
    await train(file, "--drop", name);
    expect(names()).toEqual(["z"]);
  },
);

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
      `"y" is read as categories, because it contains integers beyond 2^53, such as ${base} `,
    );
  }
  const forced = await train(csv, "--column", "y:number", "--model", "linear");
  expect(forced.code).toBe(0);
});

test("classes that are whole numbers beyond 2^53 stay exact from train to predict and evaluate", async () => {
  const classes = ["9007199254740993", "9007199254740994"];
  const lines = upTo(40).map((i) => `${i % 2 === 0 ? -1 - i : i},${classes[i % 2]}`);
  const file = scratch.file("exact.csv", `x,y\n${lines.join("\n")}\n`);
  expect((await train(file, "--hold-out", "0")).code).toBe(0);
  const predicted = await downhill(["predict", saved, file]);
  expect(predicted.stdout.trim().split("\n").slice(1)).toEqual(upTo(40).map((i) => classes[i % 2]));
  expect((await downhill(["evaluate", saved, file])).stdout).toMatch(/^accuracy +100 %$/m);
});

test.each(["group", "time"])(
  "a class that is only in the held-out rows of --%s is an error, and its advice works",
  async (by) => {
    const lines = upTo(60).map(
      (i) => `${i % 7},${by === "time" ? i : i % 8},${(by === "time" ? i > 55 : i % 8 === 3) ? "rare" : i % 2}`,
    );
    const file = scratch.file("only.csv", `x,g,y\n${lines.join("\n")}\n`);
    const ran: Awaited<ReturnType<typeof train>>[] = [];
    for (const seed of upTo(8)) ran.push(await train(file, `--${by}`, "g", "--seed", String(seed)));
    const failed = ran.filter(({ code }) => code !== 0);
    expect(failed.length).toBeGreaterThan(0);
    for (const { code, stderr } of failed) {
      expect(code).toBe(3);
      expect(stderr).toContain(
        `all rows of the class "rare" are held out, so the model cannot learn it. Add rows of this class, leave out --${by}, or train with --hold-out 0.`,
      );
    }
    expect((await train(file)).code).toBe(0);
    expect((await train(file, `--${by}`, "g", "--hold-out", "0")).code).toBe(0);
  },
);

test("text that is different in most rows is left out, with advice that works", async () => {
  const lines = upTo(40).map((i) => `0${100 + (i < 24 ? i : 24 + (i % 4))},${i % 7},${i}.5`);
  const file = scratch.file("ids.csv", `id,x,y\n${lines.join("\n")}\n`);
  const ran = await train(file);
  expect(ran.stderr).toMatch(/"id" is left out, because .* \(--column id:category uses it\)\n/);
  expect(names()).toEqual(["x"]);
  expect((await train(file, "--column", "id:category")).code).toBe(0);
  expect(names()).toEqual(["id", "x"]);
});

test("a column with a different text in each row has no advice; a kind for it has a warning, before the decisions", async () => {
  const lines = upTo(40).map((i) => `u${i}, p${i % 3},${i % 7},${i}.5`);
  const file = scratch.file("different.csv", `id,place,x,y\n${lines.join("\n")}\n`);
  const left = '"id" is left out, because 40 of its 40 cells have text that no other row has, such as "u0"\n';
  expect((await train(file)).stderr).toContain(left);
  const insists = await train(file, "--column", "id:category");
  const warning =
    'warning: "id" is left out, because none of its categories is in two training rows, so its kind has no effect\n';
  expect(insists.code).toBe(0);
  expect(insists.stderr.split(warning)[0]).not.toContain('the spaces around the text of "place"');
  expect(insists.stderr.split(warning)[1]).toContain('the spaces around the text of "place"');
  expect(names()).toEqual(["place", "x"]);
});

test("errors of --column", async () => {
  const file = fileOf("kinds.csv", ["1", "2", "3"]);
  const sentence = async (...more: string[]) => (await train(file, ...more)).stderr;
  expect(await sentence("--column", "z:number")).toContain('--column "z" is not a column of the table.');
  expect(await sentence("--column", "x:number", "--drop", "x")).toContain('--drop and --column both name "x".');
  expect(await sentence("--column", "x:number", "--column", "x:category")).toContain(
    '--column sets "x" to number and to category.',
  );
});

test("cells such as “constructor”, the name of a member of every object, are not truth values", async () => {
  const names = fc.constantFrom(...Object.getOwnPropertyNames(Object.prototype));
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(names, { minLength: 2, maxLength: 6 }), async (cells) => {
      const ran = await train(fileOf("members.csv", [...cells, ...cells]), "--hold-out", "0", "--epochs", "1");
      expect(ran.code).toBe(0);
      expect(feature()).toEqual(categories(cells));
    }),
    { numRuns: 10 },
  );
});

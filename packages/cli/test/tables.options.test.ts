// The options of train that decide how a table is prepared and divided, and the contributions that predict writes.
import { afterAll, expect, test } from "vitest";
import { columnChoices, missingChoices } from "../src/options/values.ts";
import { downhill, eventsOf, recordsOf, Scratch, savedTable } from "./world.ts";

const scratch = new Scratch();
afterAll(() => scratch.remove());
const model = scratch.at("model.json");

/** 120 rows of a shop: sizes with an order, dates of another format, missing cells, groups and weights. */
const rows = Array.from({ length: 120 }, (_, i) => ({
  size: ["S", "M", "L"][i % 3]!,
  joined: `${String(1 + (i % 28)).padStart(2, "0")}/${String(1 + (i % 12)).padStart(2, "0")}/2024`,
  age: i % 10 === 4 ? "" : String(20 + ((i * 7) % 40)),
  city: i % 15 === 7 ? "" : ["Rome", "Oslo", "Lima"][((i * 5) % 7) % 3]!,
  customer: `c${i % 24}`,
  weight: String(1 + (i % 2)),
  y: ((i * 7) % 40) + 10 * (i % 3) > 30 ? "yes" : "no",
}));
const names = Object.keys(rows[0]!);
const data = scratch.file("shop.csv", [names.join(), ...rows.map((row) => Object.values(row).join())].join("\n"));

const train = (...more: string[]) =>
  downhill(["train", data, "--target", "y", "--epochs", "20", "--save", model, ...more]);
const columns = () => Object.fromEntries(savedTable(model).preparation.columns.map((each) => [each.name, each]));

test("lists of --column set kinds, an order and a format of dates", async () => {
  const ran = await train("--column", "size:ordinal:S<M<L,joined:date:%d/%m/%Y", "--column", "age:number");
  expect(ran.code, ran.stderr).toBe(0);
  const { size, joined, age } = columns();
  expect(size!.read).toMatchObject({ kind: "ordinal", order: ["S", "M", "L"] });
  expect(joined!.read).toMatchObject({ kind: "date", dates: "%d/%m/%Y" });
  expect(joined!.encoding).toMatchObject({ type: "date", parts: expect.arrayContaining(["elapsed", "month", "day"]) });
  expect(age!.read.kind).toBe("number");
});

test("--missing, --na, --max-categories, --unseen and --expand reach the preparation", async () => {
  const rules = ["--missing", "age:mean,city:constant:unknown", "--na", "Lima", "--max-categories", "1"];
  const ran = await train(...rules, "--unseen", "error", "--hold-out", "0", "--drop", "joined", "--drop", "customer");
  expect(ran.code, ran.stderr).toBe(0);
  const ages = rows.map(({ age }) => Number(age)).filter((age) => age > 0);
  expect(columns()["age"]!.encoding).toMatchObject({ fill: { value: expect.closeTo(40, -1) } });
  expect(ages.length).toBe(108);
  expect(columns()["city"]!.encoding).toMatchObject({
    missing: { category: "unknown" },
    categories: [expect.any(String)],
  });
  expect(savedTable(model).preparation.unseen).toBe("error");
  expect((await train("--expand", "quadratic", "--column", "size:ordinal:S<M<L")).code).toBe(0);
  expect(savedTable(model).preparation.features.map(({ name }) => name)).toContain("age²");
});

test("--missing leaveOut leaves out rows and prints their number", async () => {
  const ran = await train("--missing", "age:leaveOut", "--hold-out", "0");
  expect(ran.stderr).toContain("12 rows are left out");
  expect(savedTable(model).training).toMatchObject({ rows: 108, leftOut: 12 });
});

test("--weight is no feature and changes the parameters; --group is in one part only", async () => {
  await train("--hold-out", "0", "--drop", "weight");
  const plain = savedTable(model).model.params();
  await train("--hold-out", "0", "--weight", "weight");
  expect(Object.keys(columns())).not.toContain("weight");
  expect([...savedTable(model).model.params()]).not.toEqual([...plain]);
  const [start] = eventsOf(await train("--group", "customer", "--hold-out", "0.25", "--json"));
  expect(start).toMatchObject({ trainRows: 90, heldOutRows: 30 });
  expect(Object.keys(columns())).not.toContain("customer");
});

test.each([
  ["-1", "got -1 in"],
  ["", "got a missing cell in"],
])("a weight %j is an error also in a row that is held out", async (weight, message) => {
  const lines = rows.map((_, i) => `${i},${i % 7},${i === 119 ? weight : 1},${i}.5`);
  const path = scratch.file("weights.csv", `n,x,w,y\n${lines.join("\n")}`);
  const { code, stderr } = await downhill([
    "train",
    path,
    "--target",
    "y",
    "--weight",
    "w",
    "--time",
    "n",
    "--no-save",
  ]);
  expect([code, stderr]).toEqual([3, expect.stringContaining(message)]);
});

test("--time holds out the last rows, and is an error for categories", async () => {
  const path = scratch.file(
    "series.csv",
    `when,x,y\n${rows.map((_, i) => `2024-01-01 00:${String(i % 60).padStart(2, "0")},${i % 7},${i}.5`).join("\n")}`,
  );
  const ran = await downhill(["train", path, "--target", "y", "--time", "when", "--hold-out", "0.1", "--save", model]);
  expect(ran.code, ran.stderr).toBe(0);
  expect(ran.stderr.replace(/\s+/g, " ")).toContain("10 % held out (12 rows; the last by when)");
  const wrong = await train("--time", "city");
  expect([wrong.code, wrong.stderr]).toEqual([3, expect.stringMatching(/--time|"city"/)]);
});

test("predict --explain: base and contributions add up to the score", async () => {
  await train("--drop", "customer");
  const { stdout, stderr } = await downhill(["predict", model, data, "--explain"]);
  expect(stderr).toMatch(/^\d+ missing cells replaced as in training: /);
  const lines = recordsOf(stdout);
  const fitted = savedTable(model);
  const scores = "scores" in fitted ? fitted.scores(rows).data : [];
  lines.forEach((line, i) => {
    const sum = Object.entries(line).reduce(
      (all, [name, text]) => all + (/^base$|^from_/.test(name) ? Number(text) : 0),
      0,
    );
    expect(Math.abs(sum - scores[i]!)).toBeLessThan(1e-9);
  });
  expect(Object.keys(lines[0]!)).toEqual(expect.arrayContaining(["base", "from_age", "from_city", "from_size"]));
  await train("--model", "network");
  const network = await downhill(["predict", model, data, "--explain"]);
  expect([network.code, network.stderr]).toEqual([
    2,
    expect.stringContaining("--explain needs a model with linear scores"),
  ]);
});

test("options that contradict each other are errors that name both", async () => {
  for (const [more, message] of [
    [["--weight", "age", "--group", "age"], '--weight and --group both name "age".'],
    [["--drop", "age", "--missing", "age:mean"], '--drop and --missing both name "age".'],
    [["--missing", "mean", "--missing", "error"], "--missing sets all columns to mean and to error."],
    [["--missing", "age:mean,age:median"], '--missing sets "age" to mean and to median.'],
    [["--weight", "kg"], '--weight "kg" is not a column of the table.'],
  ] as const) {
    const { code, stderr } = await train(...more);
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  }
});

test("names and formats with commas and colons", () => {
  expect(columnChoices("a, b:c:category,joined:date:%b %d, %Y,t:time")).toEqual([
    { name: "a, b:c", kind: "category" },
    { name: "joined", kind: "date", format: "%b %d, %Y" },
    { name: "t", kind: "time" },
  ]);
  expect(missingChoices("age:mean,city:constant:no, thanks,leaveOut")).toEqual([
    { name: "age", rule: "mean" },
    { name: "city", rule: { constant: "no, thanks" } },
    { rule: "leaveOut" },
  ]);
  expect(missingChoices("zip:constant:007,at:constant:09:30,age:constant:0")).toEqual([
    { name: "zip", rule: { constant: "007" } },
    { name: "at", rule: { constant: "09:30" } },
    { name: "age", rule: { constant: 0 } },
  ]);
  for (const text of ["zip", "zip:text", "size:ordinal", "size:ordinal:S", "x:number:%d", ":number"])
    expect(() => columnChoices(text), text).toThrow(/It must be the name of a column/);
});

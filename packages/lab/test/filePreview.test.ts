// What the page shows of a file before it is used: its problems, repairs, samples, and a first choice of what is predicted.
import { expect, test } from "vitest";
import { downhill, Scratch } from "../../cli/test/world.ts";
import { commandLineOf, dataFileName } from "../src/exports/commandLine.ts";
import { tableCsv } from "../src/exports/tableCsv.ts";
import { type FileData, fileDataOf } from "../src/files/fileData.ts";
import { fileFacts } from "../src/files/fileFacts.ts";
import { type FileReport, fileReport } from "../src/files/fileProblems.ts";
import { type ReadingChoices, type ReadTable, readTable } from "../src/files/readTable.ts";
import type { Repair } from "../src/files/repairs.ts";
import { finalLoss } from "../src/state/finalLoss.ts";
import { labRun } from "../src/state/labRun.ts";
import { modelStates } from "./states.ts";

async function opened(
  text: string,
  choices: Partial<ReadingChoices> = {},
): Promise<{ read: ReadTable; data: FileData }> {
  const all = { name: "t.csv", ...choices };
  const read = await readTable(Buffer.from(text), all);
  if (read.table === null) throw new Error(read.problems.join(" "));
  return { read, data: fileDataOf(fileFacts(read), all, "ab") };
}

const sentence = (parts: FileReport["stop"]): string =>
  parts.map((part) => (typeof part === "string" ? part : `[${part.label}]`)).join("");
const repairsIn = (parts: FileReport["stop"]): Repair[] => parts.filter((part) => typeof part !== "string");

const ages = `age,size,y\n${Array.from({ length: 60 }, (_, i) => `${i === 4 ? "n/k" : i === 20 ? "abc" : i % 23},${i},${(i * 7) % 50}.5`).join("\n")}\n`;

test("a text in a column of numbers is a problem with its lines, and each of its repairs makes the table usable", async () => {
  const { read, data } = await opened(ages);
  const { kinds, stop, use } = fileReport(read, data);
  expect(use).toBeNull();
  expect(kinds[0]).toMatchObject({ title: "Cells that cannot be read", isWarning: true });
  const [problem] = kinds[0]!.problems;
  expect(sentence(problem!.parts)).toBe(
    'Column "age" must contain numbers, but 2 cells are not numbers; the first is "n/k" at line 6. Correct the cells, read them as missing with ' +
      "[Read as missing: n/k, abc], read the column as categories with [Read as categories] or leave the column out with [Leave out].",
  );
  expect(problem!.lines).toEqual([6, 22]);
  expect(sentence(stop)).toBe("Repair the column age to use this data: see “Cells that cannot be read”.");
  const [missing, category, leaveOut] = repairsIn(problem!.parts);
  expect([missing!.na, category!.kind, leaveOut!.leaveOut]).toEqual([["n/k", "abc"], ["age", "category"], "age"]);
  for (const repaired of [{ na: missing!.na! }, { kinds: ["age:category"] }, { features: ["size"] }])
    expect(fileReport(read, { ...data, ...repaired }).use).toMatch(/^60 of 60 rows, and [12] columns? to predict y$/);
});

test("a target without a choice stops the use", async () => {
  const { read, data } = await opened("a,b\n1,2\n2,2\n3,2\n");
  expect(data.target).toBe("a"); // b has one value
  expect(sentence(fileReport(read, { ...data, target: "b" }).stop)).toBe(
    "All rows have the same b, so there is nothing to learn.",
  );
});

test("dates and constant columns are not suggested to predict; ratings are found by their names and by their values", async () => {
  const rows = Array.from({ length: 90 }, (_, i) => i);
  const dated = await opened(
    `x,y,day,unit\n${rows.map((i) => `${i % 7},${i / 4},2024-01-${10 + (i % 20)},kg`).join("\n")}\n`,
  );
  expect(dated.data.target).toBe("y");
  const pairs = `who,what,stars\n${rows.map((i) => `u${i % 9},w${Math.floor(i / 9)},${1 + ((i * 3) % 5)}`).join("\n")}\n`;
  expect((await opened(pairs)).data).toMatchObject({ holds: "ratings", user: "who", item: "what", target: "stars" });
  const codes = await opened(`x,y\n${rows.map((i) => `${i / 7},${i % 2 === 0 ? -1 : 1}`).join("\n")}\n`);
  expect(codes.data).toMatchObject({ holds: "classes", classes: 2 });
});

test("of more than 200,000 rows a sample is used, always the same one, with the lines of its rows", async () => {
  const text = `x,y\n${Array.from({ length: 200_001 }, (_, i) => `${i},${i % 10}`).join("\n")}\n`;
  const { read, data } = await opened(text);
  expect([read.table.rows, read.fileRows, data.sample, data.rows]).toEqual([20_000, 200_001, 20_000, 20_000]);
  const x = read.table.columns.get("x")!;
  if (x.type !== "text") throw new Error("no text");
  expect(Array.from(read.lines.subarray(0, 50), (line) => String(line - 2))).toEqual(x.texts.slice(0, 50));
  expect((await opened(text)).read.lines).toEqual(read.lines);
  expect((await opened(text, { sample: 0 })).read.table.rows).toBe(200_001);
});

test("lines with other numbers of cells have repairs", async () => {
  const reading = await readTable(Buffer.from("a,b\n1,2\n3\n4,5,6\n7,8\n"), { name: "t.csv" });
  if (reading.table !== null) throw new Error("It was read.");
  expect(reading.problems).toEqual([
    "t.csv:3 has 1 cell instead of 2; see also line 4. Correct these lines, or choose another delimiter.",
  ]);
  expect(reading.lines).toEqual([3, 4]);
  expect(reading.repairs!.map(({ reading: change }) => change)).toEqual([{ ragged: "pad" }, { ragged: "leaveOut" }]);
});

test.each([
  ["texts that are missing", {}, { na: ["n/k", "abc"] }],
  ["a column of another kind", {}, { kinds: ["age:category"] }],
  ["a sample, which the command reads from the saved file", { sample: 40 }, { na: ["n/k", "abc"] }],
])("the command has the loss of the page: %s", async (_, choices, change) => {
  const scratch = new Scratch();
  const { read, data } = await opened(ages, choices);
  const state = { ...modelStates.linear, data: { ...data, ...change } };
  let loss = Number.NaN;
  for (const step of labRun(state, read.table).prepare({ every: "epoch" }).steps()) loss = finalLoss(step.history);
  const command = commandLineOf(state, read.table);
  const isSaved = command.file === dataFileName(state);
  expect(isSaved).toBe(data.sample > 0);
  const path = scratch.file(command.file, isSaved ? tableCsv(read.table) : ages);
  const argv = command.argv.map((word) => (word === command.file ? path : word));
  const { code, stdout, stderr } = await downhill([...argv, "--quiet"]);
  scratch.remove();
  expect([code, stderr, stdout.trim()]).toEqual([0, "", String(loss)]);
});

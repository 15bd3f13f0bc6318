import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { lossCurve, scene } from "@downhill/plots";
import { afterAll, beforeAll, expect, test } from "vitest";
import { blockFolder } from "../../../test/blockFolder.ts";
import { chartCsv, historyCsv } from "../src/exports/chartCsv.ts";
import { commandLineOf } from "../src/exports/commandLine.ts";
import { notebookOf } from "../src/exports/notebook.ts";
import { type RunFile, readRunFile, runFileText } from "../src/exports/runFile.ts";
import { tableCsv } from "../src/exports/tableCsv.ts";
import { finalLoss } from "../src/state/finalLoss.ts";
import { labRun } from "../src/state/labRun.ts";
import { initialState, type LabState } from "../src/state/labState.ts";
import { ownTable } from "../src/state/tableColumns.ts";
import { fileData, modelStates } from "./states.ts";

const cellsOf = (state: LabState): { source: string[]; cell_type: string; id: string }[] =>
  JSON.parse(notebookOf(state, ownTable(state)!, "1.2.3")).cells;

/** The code of a notebook with the packages of this repository, and a Deno that writes the picture. */
const programOf = (state: LabState): string =>
  [
    "const Deno = { jupyter: { svg: (_: TemplateStringsArray, text: string) => console.log(text.slice(0, 4)) } };",
    ...cellsOf(state)
      .filter(({ cell_type }) => cell_type === "code")
      .map(({ source }) => source.join("").replace(/npm:(@?[a-z/]+)@1\.2\.3/g, "$1")),
  ].join("\n");

const folder = blockFolder(
  new Map(Object.entries(modelStates).map(([name, state]) => [`${name}.ts`, programOf(state)])),
);
beforeAll(() => expect(folder.compile()).toBe(""), 60_000);
afterAll(() => folder.remove());

test.each(Object.entries(modelStates))(
  "the notebook of %s prints the loss of the page and draws a chart",
  (name, state) => {
    let loss = Number.NaN;
    for (const step of labRun(state, ownTable(state)!).prepare({ every: "epoch" }).steps())
      loss = finalLoss(step.history);
    const { stdout, stderr } = spawnSync(process.execPath, [join("out", `${name}.js`)], {
      cwd: folder.path,
      encoding: "utf8",
    });
    expect([stdout, stderr]).toEqual([`loss ${loss}\n<svg\n`, ""]);
  },
);

test("a notebook has the form that Jupyter requires", () => {
  const notebook = JSON.parse(notebookOf(initialState, ownTable(initialState)!, "1.2.3"));
  expect(notebook).toMatchObject({ nbformat: 4, nbformat_minor: 5, metadata: { kernelspec: { name: "deno" } } });
  for (const cell of notebook.cells) {
    expect(cell.id).toMatch(/^[\w-]+$/);
    expect(cell.source.every((line: string, i: number) => line.endsWith("\n") === i < cell.source.length - 1)).toBe(
      true,
    );
  }
});

test("CSV cells with commas, quotes and line ends are quoted", () => {
  expect(tableCsv({ "a,b": Float64Array.of(0.1, -0), c: ['say "x"', " y\n"] })).toBe(
    '"a,b",c\n0.1,"say ""x"""\n0," y\n"\n',
  );
});

test("the CSV text of a chart and of a history has all their numbers", () => {
  const { a11y } = scene(lossCurve({ title: "Loss", runs: [{ name: "a, b", values: [2, Number.NaN] }] }));
  expect(chartCsv(a11y.table)).toBe('Run,Epoch,Loss\n"a, b",0,2\n"a, b",1,NaN\n');
  const history = { updates: [10, 20], objective: [0.5, Infinity], batchLoss: [1, 2] };
  expect(historyCsv(history as never)).toBe("epoch,updates,loss,batchLoss\n1,10,0.5,1\n2,20,Infinity,2\n");
});

test("a run file is read as it was written, also with losses that are not finite", () => {
  const history = { updates: [10, 20], objective: [0.5, Number.NaN], batchLoss: [1, Infinity] };
  const result = {
    stopped: "diverged",
    updates: 20,
    loss: Number.NaN,
    params: [1, -Infinity],
    history: history as never,
  };
  for (const file of [
    { state: initialState, result },
    { state: initialState, result: null },
  ] satisfies RunFile[]) {
    expect(readRunFile(runFileText(file, "1.2.3"))).toEqual({ file });
  }
});

test("a run file without a setting that came later is read as it was run", () => {
  const text = runFileText({ state: initialState, result: null }, "1.2.3");
  const older = text.replace(/\s*"imbalance": 1,?/, "");
  expect(older.length).toBeLessThan(text.length);
  expect(readRunFile(older)).toEqual({ file: { state: initialState, result: null } });
});

test.each([
  ["no JSON", "x", "The file is not a run file, because it is not JSON."],
  ["another JSON file", "[]", "The file is not a run file of downhill."],
  ["null", "null", "The file is not a run file of downhill."],
  [
    "a later version",
    '{"kind":"downhill run","version":2}',
    "The run file has version 2, and this page reads version 1.",
  ],
  ["no state", '{"kind":"downhill run","version":1}', "The run file has no state."],
  [
    "a wrong state",
    `{"kind":"downhill run","version":1,"state":${JSON.stringify({ ...initialState, heldOut: 2 })}}`,
    "heldOut must be a number from 0 to 0.9, got 2.",
  ],
  [
    "a wrong result",
    `{"kind":"downhill run","version":1,"result":{},"state":${JSON.stringify(initialState)}}`,
    "The result of the run file is damaged.",
  ],
])("a run file with %s is a problem", (_, text, problem) => {
  expect(readRunFile(text)).toEqual({ file: null, problems: [problem] });
});

test("a command line quotes names that a shell would change", () => {
  const own = fileData({ name: "-my $file.csv", target: "-it's", features: ["a b"], rows: 3, columns: 3 });
  const state = { ...modelStates.linear, data: own };
  const command = commandLineOf(state, { "-it's": [1, 2, 4, 7], "a b": [1, 2, 3, 4], other: [3, 1, 2, 9] });
  expect(command.line).toBe(
    `npx downhill train './-my $file.csv' '--target=-it'\\''s' '--column=-it'\\''s:number' --drop other --model linear --optimizer plain ` +
      "--learning-rate 0.1 --batch-size full --epochs 200 --hold-out 0.25 --seed 1 --no-save",
  );
});

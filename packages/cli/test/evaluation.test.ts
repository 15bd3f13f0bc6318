// --folds, --search and --threshold: the numbers of the library, one model with any number of threads, and a diverged trial never wins.
import { readFileSync } from "node:fs";
import {
  chooseThreshold,
  crossValidate,
  type FittedTableClassifier,
  load,
  logisticRegression,
  tableModel,
} from "downhill";
import { afterAll, beforeAll, expect, test } from "vitest";
import { dataset, downhill, Scratch } from "./world.ts";

const scratch = new Scratch();
const $ = (name: string) => scratch.at(name);
afterAll(() => scratch.remove());

const cancer = ["train", dataset("breast_cancer"), "--target", "diagnosis", "--hold-out", "0"];
const cellOf = (text: string): string | number => (Number.isNaN(Number(text)) ? text : Number(text));
const records = readFileSync(dataset("breast_cancer"), "utf8")
  .trim()
  .split("\n")
  .map((line) => line.split(","));
const rows = records
  .slice(1)
  .map((cells) => Object.fromEntries(records[0]!.map((name, j) => [name, cellOf(cells[j]!)])));
const classes = ["benign", "malignant"] as const;
const model = (l2?: number) =>
  tableModel(logisticRegression({ classes, ...(l2 !== undefined && { l2 }) }), { target: "diagnosis" });

/** The events of a run. */
async function eventsOf(...argv: string[]): Promise<Record<string, never>[]> {
  const { code, stdout, stderr } = await downhill([...argv, "--json", "--no-save"]);
  expect([code, stderr.match(/✖.*/)]).toEqual([0, null]);
  return stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, never>);
}
const named = (events: Record<string, never>[], name: string) => events.find(({ event }) => event === name)!;

test("--folds: the scores of the library's crossValidate, in JSON, in the terminal and in the report", async () => {
  const { mean, deviation, folds } = crossValidate(model(), rows, { folds: 3, seed: 2 });
  const event = named(await eventsOf(...cancer, "--folds", "3", "--seed", "2"), "folds") as unknown as {
    mean: { heldOut: Record<string, number> };
    deviation: { heldOut: Record<string, number> };
    folds: { heldOut: Record<string, number>; heldOutRows: number; diverged: null }[];
  };
  expect(event.mean.heldOut).toMatchObject({ accuracy: mean!.test.accuracy, brierScore: mean!.test.brierScore });
  expect(event.deviation.heldOut["logLoss"]).toBe(deviation!.test.logLoss);
  expect(event.folds.map(({ heldOut }) => heldOut["rocArea"])).toEqual(folds.map(({ test }) => test!.rocArea));
  expect(event.folds.map(({ heldOutRows }) => heldOutRows)).toEqual([190, 190, 189]);

  const { stdout, stderr } = await downhill([
    ...cancer,
    "--folds",
    "3",
    "--seed",
    "2",
    "--save",
    $("f.json"),
    "--report",
    $("f.html"),
  ]);
  expect(stderr.match(/^fold .*$/gm)).toEqual(
    folds.map(({ test }, i) => `fold ${i + 1} of 3: accuracy ${(100 * test!.accuracy!).toFixed(1)} %`),
  );
  const meanLine = stdout.split("\n").find((line) => line.startsWith("mean "))!;
  expect(meanLine).toContain(`${(100 * mean!.test.accuracy!).toFixed(1)} %`);
  expect(stdout).toMatch(
    /^fold 3 .*\nmean .*\ndeviation .*\nmean on the training rows .*\nmean of the baseline .*62\.7 %/m,
  );
  const page = readFileSync($("f.html"), "utf8");
  expect(page).toContain('<h2 id="folds">Cross-validation</h2>');
  expect(page).toContain("Importance of the columns, training rows");
});

test("--search: the best trial is used, a diverged trial is last, and threads change no bit", async () => {
  const search = ["--search", "l2=1e-4..1,learning-rate=auto|1e9", "--trials", "6", "--folds", "2"];
  const event = named(await eventsOf(...cancer, ...search), "search") as unknown as {
    trials: { values: Record<string, unknown>; score: number | null; diverged: string | null }[];
    best: Record<string, unknown>;
    metric: string;
    planned: number;
  };
  expect([event.planned, event.trials.length, event.metric]).toEqual([6, 6, "logLoss"]);
  const scores = event.trials.map(({ score }) => score);
  const finite = scores.filter((score) => score !== null);
  expect(finite.length).toBeGreaterThan(0);
  expect(finite.length).toBeLessThan(6);
  expect(scores).toEqual([...finite.toSorted((a, b) => a - b), ...Array(6 - finite.length).fill(null)]);
  for (const { values, score, diverged } of event.trials) {
    expect(values["learningRate"] === 1e9).toBe(score === null);
    expect(diverged === null).toBe(score !== null);
  }
  expect(event.best).toEqual(event.trials[0]!.values);
  const own = crossValidate(model(event.best["l2"] as number), rows, { folds: 2 });
  expect(event.trials[0]!.score).toBe(own.mean!.test.logLoss);

  const files = [];
  for (const threads of ["1", "2"]) {
    const ran = await downhill([...cancer, ...search, "--threads", threads, "--save", $(`s${threads}.json`)]);
    expect(ran.code).toBe(0);
    expect(ran.stdout).toMatch(/^rank +l2 +learning-rate +mean log loss +deviation$/m);
    expect(ran.stdout).toMatch(/^6 .* diverged/m);
    files.push(readFileSync($(`s${threads}.json`), "utf8"));
  }
  expect(files[0]).toBe(files[1]);
  const saved = load(files[0]!) as FittedTableClassifier;
  expect(saved.model.options["l2"]).toBe(event.best["l2"]);
});

test("--trials all tries every combination", async () => {
  const event = named(
    await eventsOf(...cancer, "--search", "l2=0.01|1,class-weights=auto|balanced", "--trials", "all", "--folds", "2"),
    "search",
  ) as unknown as { trials: { values: object }[] };
  expect(event.trials.map(({ values }) => JSON.stringify(values)).toSorted()).toEqual([
    '{"l2":0.01,"classWeights":"auto"}',
    '{"l2":0.01,"classWeights":"balanced"}',
    '{"l2":1,"classWeights":"auto"}',
    '{"l2":1,"classWeights":"balanced"}',
  ]);
});

test("if all trials diverge, no model is written", async () => {
  const ran = await downhill([...cancer, "--search", "learning-rate=1e9|1e10", "--save", $("none.json")]);
  expect(ran.code).toBe(4);
  expect(ran.stderr).toContain("the training of all 2 trials of the search diverged");
  expect(scratch.names()).not.toContain("none.json");
});

test("Ctrl-C ends the search, and the best finished trial is trained; before one is finished, there is no model", async () => {
  const interruptAt = (steps: number) => {
    let press: (() => void) | undefined;
    let drawn = 0;
    return {
      interactive: true,
      onInterrupt: (listener: () => void) => {
        press ??= listener;
        return () => {};
      },
      columns: () => {
        if (press !== undefined) drawn += 1;
        if (drawn === steps) press!();
        return 100;
      },
    };
  };
  const search = [...cancer, "--search", "l2=1e-4..1", "--trials", "30", "--folds", "2", "--force"];
  const kept = await downhill([...search, "--save", $("kept.json")], interruptAt(9));
  expect(kept.code).toBe(130);
  expect(kept.stderr).toMatch(/search: [2-6] of 30 trials finished/);
  expect(kept.stderr).toContain("interrupted; the model is trained with what was found so far");
  expect(load(readFileSync($("kept.json"), "utf8")).kind).toBe("table");
  const nothing = await downhill([...search, "--save", $("nothing.json")], interruptAt(1));
  expect(nothing.code).toBe(130);
  expect(nothing.stderr).toContain("interrupted before one of its 30 trials had a score. No model is written.");
  expect(scratch.names()).not.toContain("nothing.json");
}, 20_000);

test("--threshold: chosen on the cross-validated training rows, saved, and used by predict, evaluate and the library", async () => {
  const { folds } = crossValidate(model(), rows, { folds: 5 });
  const probabilities = folds.flatMap((fold) => [...fold.probabilities!]);
  const labels = folds.flatMap((fold) => Array.from(fold.rows.test, (row) => rows[row]!["diagnosis"]!));
  const costs = { falsePositive: 1, falseNegative: 20 };
  const { threshold, value } = chooseThreshold(probabilities, labels, "malignant", costs);
  const ran = await downhill([...cancer, "--threshold", "cost:1,20", "--save", $("t.json")]);
  expect(ran.code).toBe(0);
  expect(ran.stderr).toContain(`threshold ${threshold.toPrecision(4).replace(/0+$/, "")}`);
  expect(ran.stderr).toContain("by cross-validation on the training rows");
  expect(value).toBeLessThan(0.2);

  const loaded = load(readFileSync($("t.json"), "utf8")) as FittedTableClassifier;
  expect(loaded.model.threshold).toBe(threshold);
  const { data } = loaded.probabilities(rows);
  const expected = rows.map((_, i) => (data[2 * i + 1]! >= threshold ? "malignant" : "benign"));
  expect(loaded.predict(rows)).toEqual(expected);
  const predicted = await downhill(["predict", $("t.json"), dataset("breast_cancer")]);
  expect(predicted.stdout.trim().split("\n").slice(1)).toEqual(expected);
  const evaluated = await downhill(["evaluate", $("t.json"), dataset("breast_cancer"), "--json"]);
  const right = expected.filter((label, i) => label === rows[i]!["diagnosis"]).length / rows.length;
  expect((JSON.parse(evaluated.stdout) as { accuracy: number }).accuracy).toBe(right);

  const fixed = await downhill([...cancer, "--threshold", "0.25", "--save", $("fixed.json")]);
  expect(fixed.stderr).toMatch(/threshold 0.25( ·|\n)/);
  expect((load(readFileSync($("fixed.json"), "utf8")) as FittedTableClassifier).model.threshold).toBe(0.25);
});

beforeAll(() => scratch.file("three.csv", `a,b\n${"1,x\n2,y\n3,z\n".repeat(8)}`));

test.each([
  [["--search", "depth=1|2"], 'train: --search cannot try the option "depth". Choose one of l2, l1, learning-rate'],
  [
    ["--search", "l2=0.1", "--l2", "1"],
    "train: --l2 and --search both set l2. Leave out --l2, or remove l2 from --search.",
  ],
  [["--search", "l2=0.1,l2=1"], "train: --search names l2 twice."],
  [["--search", "l2=-1"], 'train: --search l2 cannot have the value "-1". It must be a number of at least 0.'],
  [["--search", "l2=1..0.1"], "train: --search l2=1..0.1 must start at the lower number. Exchange the two."],
  [["--search", "optimizer=adam..plain"], "train: --search optimizer has no intervals, got adam..plain. Write a list"],
  [["--search", "hidden=4|8"], "train: the model logistic, which suits this target, has no option --hidden."],
  [["--search", "l2"], "It must be options with the values to try, such as l2=1e-4..1"],
  [["--trials", "5"], "train: --trials works only with --search. Add --search l2=1e-4..1, or leave out --trials."],
  [["--folds", "1"], "It must be a whole number of at least 2."],
  [["--threshold", "f2"], "It must be f1, a number from 0 to 1, or cost:FP,FN"],
  [["--threshold", "cost:0,0"], "It must be f1, a number from 0 to 1, or cost:FP,FN"],
  [["--model", "svm", "--threshold", "f1"], "train: the model svm has no option --threshold."],
])("%j is an error with advice", async (options, message) => {
  const { code, stderr } = await downhill([...cancer, ...options, "--no-save"]);
  expect(code).toBe(2);
  expect(stderr).toContain(message);
});

test("--threshold needs two classes", async () => {
  const ran = await downhill(["train", $("three.csv"), "--target", "b", "--threshold", "f1", "--no-save"]);
  expect([ran.code, ran.stderr.includes("--threshold needs a target with two classes")]).toEqual([2, true]);
});

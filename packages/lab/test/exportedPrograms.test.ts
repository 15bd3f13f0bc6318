// The exported programs and command lines of every kind of state print the final loss of the page, to the last bit.
import { spawnSync } from "node:child_process";
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { blockFolder } from "../../../test/blockFolder.ts";
import { dataset, downhill } from "../../cli/test/world.ts";
import { commandLineOf } from "../src/exports/commandLine.ts";
import { typescriptOf } from "../src/exports/snippet.ts";
import { tableCsv } from "../src/exports/tableCsv.ts";
import { checkState } from "../src/state/checkState.ts";
import { finalLoss } from "../src/state/finalLoss.ts";
import type { Columns } from "../src/state/generatedTable.ts";
import { labRun } from "../src/state/labRun.ts";
import type { LabState } from "../src/state/labState.ts";
import { ownTable } from "../src/state/tableColumns.ts";
import { generated, modelStates, optimizer, stateWith } from "./states.ts";

const drawn = (holds: "classes" | "numbers" | "ratings", points: number[][]) =>
  ({ kind: "drawn", holds, points }) as const;
const wave = (i: number) => Math.round(1000 * Math.sin(7 * i)) / 100;
const iris = { kind: "table", table: "iris", features: ["petal_width_cm", "petal_length_cm"] } as const;

/** States with every setting that changes a run. */
const states: Record<string, LabState> = {
  outliers: stateWith(generated("line", { outliers: 0.05 }), "linear", { batchSize: 8, learningRate: 0.05 }),
  huber: {
    ...modelStates.linear,
    model: { name: "linear", options: { loss: "huber", delta: 1.5, quantile: 0.5, standardize: true } },
  },
  quantile: {
    ...modelStates.linear,
    model: { name: "linear", options: { loss: "quantile", delta: "auto", quantile: 0.9, standardize: true } },
  },
  curve: stateWith(generated("curve", { degree: 7 }), "linear", { ...optimizer("auto"), learningRate: "auto" }),
  "raw ravine": {
    ...stateWith(generated("ravine", { features: 12 }), "linear", optimizer("nesterov")),
    model: { name: "linear", options: { loss: "squared", delta: "auto", quantile: 0.5, standardize: false } },
  },
  "spiral with few points of two classes": stateWith(
    generated("spiral", { n: 210, imbalance: 5, outliers: 0.05, scale: 2 }),
    "softmax",
    { batchSize: 7, learningRate: 0.1 },
  ),
  "scaled moons": stateWith(generated("moons", { scale: 100, outliers: 0.1 }), "logistic", {
    ...optimizer("adam"),
  }),
  "no held-out rows": { ...modelStates.softmax, heldOut: 0 },
  "network of numbers": stateWith(generated("line"), "network", {
    ...optimizer("adamW"),
    batchSize: 10,
    learningRate: 0.01,
    patience: 5,
  }),
  "network by its defaults": stateWith(generated("spiral"), "network", {
    ...optimizer("auto"),
    learningRate: "auto",
    batchSize: 32,
    epochs: 30,
  }),
  "hinge by its defaults": stateWith(generated("blobs"), "svm", { ...optimizer("auto"), learningRate: "auto" }),
  "distance over gradients": stateWith(generated("circles"), "logistic", {
    ...optimizer("dog"),
    learningRate: "auto",
    batchSize: 16,
  }),
  iris: stateWith(iris, "softmax", { ...optimizer("rmsProp"), learningRate: 0.01, l2: 0.01 }),
  diabetes: stateWith({ kind: "table", table: "diabetes", features: [] }, "linear", {
    batchSize: 32,
    learningRate: 0.01,
    l1: 0.01,
  }),
  digits: stateWith({ kind: "table", table: "digits", features: [] }, "network", { batchSize: 64, epochs: 3 }),
  "drawn classes": stateWith(
    drawn(
      "classes",
      Array.from({ length: 40 }, (_, i) => [wave(i), wave(i + 50), i % 3]),
    ),
    "softmax",
  ),
  "drawn numbers": stateWith(
    drawn(
      "numbers",
      Array.from({ length: 30 }, (_, i) => [i / 10, wave(i)]),
    ),
    "linear",
    { ...optimizer("momentum"), batchSize: 5, learningRate: 0.01 },
  ),
  "drawn ratings": {
    ...stateWith(
      drawn(
        "ratings",
        Array.from({ length: 60 }, (_, i) => [i % 12, (i * 7) % 5, (i * 3) % 5]),
      ),
      "factorization",
      { batchSize: 1, learningRate: 0.02 },
    ),
    heldOut: 0.1,
  },
  "start of three parameters": stateWith(generated("moons"), "logistic", { start: [-3, 1e-7, 0.1], epochs: 10 }),
  "start at zeros": stateWith(generated("moons"), "network", { start: "zeros", epochs: 10 }),
  "random start": stateWith(generated("blobs"), "softmax", { start: "random", epochs: 10 }),
  "large start of a network": stateWith(generated("moons"), "network", { start: { random: 4 }, epochs: 30 }),
  "small start of a factorization": {
    ...modelStates.factorization,
    descent: { ...modelStates.factorization.descent, start: { random: 0.1 }, epochs: 5 },
  },
  "cosine with a warm-up": stateWith(generated("moons"), "logistic", {
    schedule: { name: "cosine", options: { updates: 100, last: 0.01 } },
    warmUp: 10,
  }),
  "steps of the learning rate, rows in sequence": stateWith(generated("circles"), "svm", {
    order: "sequential",
    batchSize: 4,
    schedule: { name: "step", options: { factor: 0.5, every: 50 } },
  }),
  "rows drawn with replacement": stateWith(generated("blobs"), "softmax", {
    order: "replacement",
    batchSize: 8,
    epochs: 20,
  }),
  "rows drawn with replacement, of which a full batch has none": stateWith(generated("line"), "linear", {
    order: "replacement",
    epochs: 20,
  }),
  "ratings drawn with replacement, with patience": {
    ...modelStates.factorization,
    descent: { ...modelStates.factorization.descent, order: "replacement", batchSize: 1, epochs: 8, patience: 5 },
  },
  "exponential schedule of a factorization in sequence": {
    ...modelStates.factorization,
    descent: {
      ...modelStates.factorization.descent,
      order: "sequential",
      batchSize: 1,
      epochs: 5,
      schedule: { name: "exponential", options: { factor: 0.9, every: 300 } },
    },
  },
  "inverse time with momentum": stateWith(generated("xor"), "network", {
    optimizer: { name: "momentum", options: { decay: 0.5 } },
    schedule: { name: "inverseTime", options: { decay: 0.02 } },
    batchSize: 16,
    epochs: 20,
  }),
  "nesterov without decay": stateWith(generated("line"), "linear", {
    optimizer: { name: "nesterov", options: { decay: 0 } },
    warmUp: 7,
  }),
  "numbers of adaGrad": stateWith(generated("blobs"), "softmax", {
    optimizer: { name: "adaGrad", options: { epsilon: 0.5 } },
  }),
  "numbers of rmsProp": stateWith(generated("moons"), "logistic", {
    optimizer: { name: "rmsProp", options: { decay: 0.3, epsilon: 0.001 } },
    learningRate: 0.01,
  }),
  "numbers of adam": stateWith(generated("moons"), "network", {
    optimizer: { name: "adam", options: { beta1: 0.5, beta2: 0.9, epsilon: 1e-5 } },
    learningRate: 0.01,
    epochs: 20,
  }),
  "numbers of adamW": stateWith(generated("moons"), "network", {
    optimizer: { name: "adamW", options: { beta1: 0, beta2: 0.99, epsilon: 1e-6, decay: 1.5 } },
    learningRate: 0.01,
    epochs: 20,
  }),
  "a stop by the gradient": stateWith(generated("line"), "linear", { start: [3, -2], stopGradient: 0.001 }),
  "a stop by the gradient of the default optimizer": stateWith(generated("moons"), "logistic", {
    ...optimizer("auto"),
    learningRate: "auto",
    stopGradient: 0.01,
    epochs: 1000,
  }),
  "a gradient that is never small, with patience": stateWith(generated("moons"), "network", {
    ...optimizer("auto"),
    learningRate: "auto",
    batchSize: 32,
    epochs: 30,
    stopGradient: 0,
    patience: 4,
  }),
  "ratings with the uniform penalty": {
    ...modelStates.factorization,
    model: { name: "factorization", options: { rank: 3, biases: false, penalty: "uniform", standardize: false } },
  },
};
for (const [name, state] of Object.entries(modelStates)) {
  const epochs = name === "factorization" ? 15 : 40;
  for (const batchSize of ["full", 16, 1] as const) {
    states[`${name} in batches of ${batchSize}`] = {
      ...state,
      descent: { ...state.descent, batchSize, epochs, learningRate: 0.01 },
    };
  }
}

const tableOf = (state: LabState): Columns => {
  const own = ownTable(state) as Columns | null;
  if (own !== null) return own;
  const [names, ...rows] = readFileSync(dataset((state.data as { table: string }).table), "utf8")
    .trim()
    .split("\n")
    .map((line) => line.split(","));
  return Object.fromEntries(names!.map((name, j) => [name, rows.map((row) => row[j]!)]));
};

const known = new Map<LabState, number>(); // two tests need most of them

/** The final loss of the page. */
function pageLoss(state: LabState): number {
  let loss = known.get(state);
  if (loss !== undefined) return loss;
  loss = Number.NaN;
  for (const step of labRun(state, tableOf(state)).prepare({ every: "epoch" }).steps()) loss = finalLoss(step.history);
  known.set(state, loss);
  return loss;
}

const fileOf = (name: string) => `${name.replaceAll(" ", "-")}.ts`;
const folder = blockFolder(
  new Map(Object.entries(states).map(([name, state]) => [fileOf(name), typescriptOf(state, tableOf(state))])),
);
const printed = new Map<string, string>();

beforeAll(() => {
  for (const table of ["iris", "diabetes", "digits"]) copyFileSync(dataset(table), join(folder.path, `${table}.csv`));
  for (const [name, state] of Object.entries(states)) {
    if (state.data.kind !== "table") writeFileSync(join(folder.path, `${name}.csv`), tableCsv(tableOf(state)));
  }
  expect(folder.compile()).toBe("");
  const runner = 'for (const file of process.argv.slice(2)) { console.log(file); await import("./out/" + file); }';
  writeFileSync(join(folder.path, "runner.js"), runner);
  const files = Object.keys(states).map((name) => fileOf(name).replace(".ts", ".js"));
  const { stdout, stderr } = spawnSync(process.execPath, ["runner.js", ...files], {
    cwd: folder.path,
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  for (const [, file, loss] of stdout.matchAll(/^(.+)\.js\nloss (.+)$/gm)) printed.set(`${file}.ts`, loss!);
}, 120_000);

afterAll(() => folder.remove());

describe("the exported program", () => {
  test.each(Object.entries(states))("of %s prints the loss of the page", (name, state) => {
    expect(checkState(state)).toEqual([]);
    expect(printed.get(fileOf(name))).toBe(String(pageLoss(state)));
  });
});

describe("the exported command line", () => {
  test.each(Object.entries(states))("of %s prints the loss of the page", async (name, state) => {
    const command = commandLineOf(state, tableOf(state));
    const data = join(folder.path, state.data.kind === "table" ? command.file : `${name}.csv`);
    const argv = command.argv.map((word) => (word === command.file ? data : word));
    const { code, stdout, stderr } = await downhill([...argv, "--quiet"]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout.trim()).toBe(String(pageLoss(state)));
  });
});

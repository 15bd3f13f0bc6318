import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import {
  exportJs,
  linearRegression,
  linearSvm,
  logisticRegression,
  matrix,
  modelFromCoefficients,
  networkClassifier,
  networkRegression,
  random,
  softmaxRegression,
  tableModel,
} from "../../src/index.ts";

const folder = mkdtempSync(join(tmpdir(), "downhill-js-"));
afterAll(() => rmSync(folder, { recursive: true }));

let count = 0;

/** The exports of a module text. */
async function imported(text: string): Promise<Record<string, (row: unknown) => unknown>> {
  const file = join(folder, `model${count++}.mjs`);
  writeFileSync(file, text);
  return import(/* @vite-ignore */ pathToFileURL(file).href);
}

const rows = 30;
const columns = 11;
const draw = random(5);
const X = matrix(
  Float64Array.from({ length: rows * columns }, () => 3 * draw.normal() + 1),
  rows,
  columns,
);
const row = (i: number): number[] => [...X.data.subarray(i * columns, (i + 1) * columns)];
const sums = Float64Array.from({ length: rows }, (_, i) => X.data[columns * i]! - X.data[columns * i + 10]!);
const three = Array.from(sums, (sum) => (sum > 1 ? "high" : sum < -1 ? "low" : "middle"));
const two = Array.from(sums, (sum) => sum > 0);
const short = { epochs: 5, seed: 1 };

test.each(
  Object.entries({
    linear: linearRegression().fit(X, sums),
    unscaled: linearRegression({ standardize: false, epochs: 3 }).fit(X, sums),
    poisson: linearRegression({ loss: "poisson", epochs: 3 }).fit(
      X,
      sums.map((sum) => Math.round(sum * sum)),
    ),
    network: networkRegression({ ...short, hidden: [9, 1, 3], activation: "tanh" }).fit(X, sums),
  }),
)("a module of %s predicts the same bits", async (_, model) => {
  const { predict } = await imported(exportJs(model).module);
  expect(Array.from({ length: rows }, (_, i) => predict!(row(i)))).toEqual([...model.predict(X)]);
});

test.each(
  Object.entries({
    logistic: logisticRegression().fit(X, two),
    softmax: softmaxRegression().fit(X, three),
    "softmax of two classes": softmaxRegression().fit(X, two.map(Number)),
    "network with ReLU": networkClassifier({ ...short, hidden: [5] }).fit(X, three),
    "network with sigmoid": networkClassifier({ ...short, hidden: [7, 4], activation: "sigmoid" }).fit(X, two),
    svm: linearSvm(short).fit(X, two),
    "svm of three classes": linearSvm(short).fit(X, three),
  }),
)("a module of %s has the same classes, scores and probabilities to the bit", async (_, model) => {
  const own = await imported(exportJs(model).module);
  const all = (name: string): unknown[] => Array.from({ length: rows }, (_, i) => own[name]!(row(i))).flat();
  expect(own["classes"]).toEqual(model.classes);
  expect(all("predict")).toEqual(model.predict(X));
  expect(all("scores")).toEqual([...model.scores(X).data]);
  if (model.kind === "svm") expect(own["probabilities"]).toBeUndefined();
  else expect(all("probabilities")).toEqual([...model.probabilities(X).data]);
});

test("linear scores of any number of columns have the same bits", async () => {
  const number = fc.double({ min: -1e6, max: 1e6, noNaN: true });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(number, number), { minLength: 1, maxLength: 40 }), async (pairs) => {
      const coefficients = pairs.map(([w]) => w);
      const model = modelFromCoefficients({ kind: "linear", coefficients, intercepts: 0.1 });
      const x = pairs.map(([, value]) => value);
      const { predict } = await imported(exportJs(model).module);
      expect(predict!(x)).toBe(model.predict([x])[0]);
    }),
    { numRuns: 50 },
  );
});

const strange = ["__proto__", "a'b\"c`$d\\", "</script><!--", "\u2028\u2029\0\n", "constructor", "é 😀 \ud800", ""];

test("names and labels of any characters are safe", async () => {
  const record = (values: readonly number[]): Record<string, number> =>
    Object.defineProperties(
      {},
      Object.fromEntries([...strange.entries()].map(([j, name]) => [name, { value: values[j], enumerable: true }])),
    );
  const names = { ...matrix(X.data.slice(0, 20 * strange.length), 20, strange.length), names: strange };
  const labels = Array.from({ length: 20 }, (_, i) => strange[i % strange.length]!);
  const model = softmaxRegression().fit(names, labels);
  const { module, types } = exportJs(model);
  expect(module).not.toMatch(/<\/script|<!--|[\u2028\u2029]/i);
  expect(types).not.toMatch(/[\u2028\u2029\0]/);
  const own = await imported(module);
  for (let i = 0; i < 20; i++) {
    const values = [...names.data.subarray(i * strange.length, (i + 1) * strange.length)];
    const descriptors = record(values);
    expect(own["predict"]!(descriptors)).toBe(model.predict({ ...names, data: Float64Array.from(values), rows: 1 })[0]);
  }
  expect(own["classes"]).toEqual(model.classes);
});

test("the types fit the module, and reject other rows and results", () => {
  const cities = Array.from({ length: 4 }, (_, i) => ({ age: i + 1, "the </city>": i * i }));
  const labels = ["a'", "b", "a'", "b"];
  const use = (name: string, { module, types }: { module: string; types: string }, program: string): void => {
    writeFileSync(join(folder, `${name}.js`), module);
    writeFileSync(join(folder, `${name}.d.ts`), types);
    writeFileSync(join(folder, `${name}Use.ts`), program);
  };
  use(
    "classes",
    exportJs(logisticRegression().fit(cities, labels)),
    `import { classes, predict, probabilities, scores } from "./classes.js";
const row = { age: 3, "the </city>": 1, other: true };
const label: "a'" | "b" = predict(row);
const all: number[] = [...scores(row), ...probabilities(row)];
const first: "a'" = classes[0];
// @ts-expect-error the module has no such class
const wrong: "b" = classes[0];
// @ts-expect-error a column is missing
predict({ age: 3 });
// @ts-expect-error a column has the wrong type
predict({ age: "3", "the </city>": 1 });
`,
  );
  use(
    "numbers",
    exportJs(
      linearRegression().fit(
        [
          [1, 2],
          [2, 3],
          [4, 4],
        ],
        [1, 2, 3],
      ),
    ),
    `import * as model from "./numbers.js";
const value: number = model.predict([1, 2]);
// @ts-expect-error one number is missing
model.predict([1]);
// @ts-expect-error a regression has no probabilities
model.probabilities([1, 2]);
`,
  );
  use(
    "svm",
    exportJs(linearSvm(short).fit(X, two)),
    `import * as model from "./svm.js";
const label: boolean = model.predict([${row(0).join(", ")}]);
// @ts-expect-error an SVM has no probabilities
model.probabilities([${row(0).join(", ")}]);
`,
  );
  const people = Array.from({ length: 8 }, (_, i) => ({
    age: i % 3 === 0 ? null : i,
    joined: new Date(Date.UTC(2020, 0, 1 + i)),
    sex: i % 2 === 0 ? "male" : "female",
    y: i > 3,
  }));
  use(
    "table",
    exportJs(tableModel(logisticRegression(), { target: "y", columns: { sex: { missing: "error" } } }).fit(people)),
    `import { predict } from "./table.js";
predict({ age: null, joined: "2020-01-31", sex: "male" });
predict({ age: "7", joined: new Date(0), sex: "male" });
// @ts-expect-error a missing cell is an error in this column
predict({ age: 7, joined: null, sex: null });
// @ts-expect-error a column is missing
predict({ age: 7, joined: null });
`,
  );
  expect(typeErrors(folder)).toBe("");
}, 60_000);

/** What the compiler of TypeScript prints for the programs in a folder. */
function typeErrors(cwd: string): string {
  const config = {
    compilerOptions: { strict: true, module: "nodenext", target: "es2022", noEmit: true, types: [] },
    files: ["classesUse.ts", "numbersUse.ts", "svmUse.ts", "tableUse.ts"],
  };
  writeFileSync(join(cwd, "tsconfig.json"), JSON.stringify(config));
  writeFileSync(join(cwd, "package.json"), '{ "type": "module" }');
  const tsc = fileURLToPath(new URL("../../../../node_modules/typescript/bin/tsc", import.meta.url));
  return spawnSync(process.execPath, [tsc, "-p", cwd], { cwd, encoding: "utf8" }).stdout;
}

// The default fit of the hinge ends with a proven gap of at most a thousandth of the objective.

import { expect, test } from "vitest";
import { type Random, random } from "../src/core/random.ts";
import { linearSvm } from "../src/estimators/linearSvm.ts";
import { certificate } from "../src/evaluation/certificate.ts";
import { allocate } from "../src/kernels/arena.ts";
import type { BindKernels } from "../src/kernels/kernels.ts";
import { wasmKernels } from "../src/kernels/wasm.ts";
import { bindSmoothHinge, listOfRows, smoothSlope } from "../src/training/objective/smoothHinge.ts";
import type { State } from "../src/training/state/state.ts";
import { threads } from "../src/workers/pool/threads.ts";
import { cases } from "./cases.ts";
import { dataset } from "./dataset.ts";
import { bits } from "./problems.ts";

interface Draw {
  readonly rows: number;
  readonly columns: number;
  readonly classes: number;
  readonly noise: number;
  readonly weighted?: boolean;
  number(stream: Random, column: number): number;
}

const normal = (stream: Random): number => stream.normal();
const kinds: Readonly<Record<string, Draw>> = {
  "with noise": { rows: 300, columns: 6, classes: 2, noise: 2, number: normal },
  "that a plane separates": { rows: 120, columns: 20, classes: 2, noise: 0, number: normal },
  "with columns of different sizes, weights and three classes": {
    ...{ rows: 200, columns: 5, classes: 3, noise: 0.5, weighted: true },
    number: (stream, j) => 10 ** (j - 1) * (3 + stream.normal()),
  },
  "with rare columns of 0 and 1": {
    ...{ rows: 2500, columns: 150, classes: 2, noise: 1 },
    number: (stream, j) => (stream.uniform() < 0.3 / (1 + (j % 20)) ? 1 : 0),
  },
  "with more columns than rows": { rows: 60, columns: 200, classes: 2, noise: 1, number: normal },
};

function draw({ rows, columns, classes, noise, weighted, number }: Draw, seed: number, Numbers = Float64Array) {
  const stream = random(seed);
  const data = Numbers.from({ length: rows * columns }, (_, at) => number(stream, at % columns));
  const direction = Array.from({ length: columns }, () => stream.normal());
  const mean = Array.from({ length: columns }, (_, j) => {
    let sum = 0;
    for (let i = 0; i < rows; i++) sum += data[i * columns + j]! / rows;
    return sum;
  });
  const y = Array.from({ length: rows }, (_, i) => {
    let [score, size] = [0, 0];
    for (let j = 0; j < columns; j++) {
      const term = (direction[j]! * (data[i * columns + j]! - mean[j]!)) / Math.max(1, Math.abs(mean[j]!) / 3);
      score += term;
      size += direction[j]! ** 2;
    }
    const z = score / Math.sqrt(size) + noise * stream.normal();
    return i < classes ? i : z > 1 && classes > 2 ? 2 : z > 0 ? 1 : 0;
  });
  const weights = weighted ? y.map(() => stream.uniform() + 0.1) : undefined;
  return { X: { data, rows, columns }, y, weights };
}

test.each(Object.entries(kinds))("rows %s", (_, kind) => {
  for (const seed of cases([0, 1, 4, 6, 7], [0, 1, 2, 3, 4, 5, 6, 7])) {
    const { X, y, weights } = draw(kind, seed, seed === 7 ? (Float32Array as never) : Float64Array);
    const standardize = seed % 2 === 0;
    const l2 = seed < 4 ? undefined : 10 ** (1 - seed);
    const options = { standardize, ...(l2 && { l2 }) };
    const fitted = linearSvm(options).fit(X, y, weights ? { weights } : {});
    expect(fitted.stopped).toBe("converged");
    expect(fitted.updates).toBeLessThan(200);
    const certified = certificate(fitted, X, y, weights ? { weights } : {});
    expect(certified.valid && certified.relative).toBeLessThan(1e-3);
  }
});

test.each(["iris", "wine", "breast_cancer", "digits", "diabetes"] as const)("the table %s", (name) => {
  const { X, y: labels } = dataset(name);
  const y = name === "diabetes" ? labels.map((value) => Number(value) > 150) : labels;
  for (const standardize of [true, false]) {
    for (const step of linearSvm({ standardize }).train(X, y as string[])) {
      if (step.stopped === null) continue;
      expect(step.stopped).toBe("converged");
      for (const certified of [certificate(step), certificate(step.fitted(), X, y as string[])]) {
        expect(certified.valid && certified.relative).toBeLessThan(1e-3);
      }
    }
  }
});

test("a run continues from any state with the same bits, and has the same bits with threads", async () => {
  const { X, y, weights } = draw(kinds["with columns of different sizes, weights and three classes"]!, 1);
  const estimator = linearSvm({ standardize: false });
  const states: State[] = [];
  let last: readonly string[] = [];
  for (const step of estimator.train(X, y, { weights: weights! })) {
    states.push(step.state());
    last = bits(step.solution);
  }
  expect(states.length).toBeGreaterThan(5);
  for (const resume of states.slice(0, -1)) {
    let end: readonly string[] = [];
    for (const step of estimator.train(X, y, { weights: weights!, resume })) end = bits(step.solution);
    expect(end).toEqual(last);
  }
  const pool = await threads(2);
  try {
    expect(bits(estimator.fit(X, y, { weights: weights!, threads: pool }).params())).toEqual(
      bits(estimator.fit(X, y, { weights: weights! }).params()),
    );
  } finally {
    pool.close();
  }
});

test("the slopes in a state are a point of the dual problem, whose objective proves the gap of the run", () => {
  const { X, y, weights } = draw(kinds["with columns of different sizes, weights and three classes"]!, 1);
  const [l2, mean] = [0.05, weights!.reduce((sum, weight) => sum + weight, 0) / X.rows];
  let bound = 0;
  let objective = 0;
  let steps = 0;
  for (const step of linearSvm({ standardize: false, l2 }).train(X, y, { weights: weights! })) {
    bound = 0;
    for (const [c, slopes] of step.state().bound!.entries()) {
      const sums = new Float64Array(X.columns);
      let [sum, total] = [0, 0];
      for (const [i, s] of slopes.entries()) {
        const own = y[i] === c ? -s : s; // α, which is above 0 in rows of the class for a slope below 0
        expect(own >= 0 && own <= 1).toBe(true);
        const weight = weights![i]! / mean;
        sum += (weight * s) / X.rows;
        total += (weight * own) / X.rows;
        for (let j = 0; j < X.columns; j++) sums[j]! += (weight * s * X.data[i * X.columns + j]!) / X.rows;
      }
      expect(Math.abs(sum)).toBeLessThan(1e-14);
      bound += total - sums.reduce((square, x) => square + x * x, 0) / (2 * l2);
    }
    objective = step.objective();
    expect(bound).toBeLessThanOrEqual(objective);
    steps++;
  }
  expect(steps).toBeGreaterThan(3);
  expect(objective - bound).toBeLessThanOrEqual(1e-3 * objective);
});

test("an update computes the scores of all rows twice, with the bits of threads, which compute all scores of a step themselves", async () => {
  const { X, y } = draw({ rows: 3000, columns: 100, classes: 2, noise: 1, number: normal }, 2);
  let rows = 0;
  const kernels: BindKernels = (memory, elementType) => {
    const all = wasmKernels(memory, elementType);
    return {
      ...all,
      affine(...args) {
        rows += args[4];
        all.affine(...args);
      },
    };
  };
  const fitted = linearSvm({ kernels }).fit(X, y);
  expect(fitted.updates).toBeGreaterThan(3);
  expect(rows).toBe(3000 * (2 * fitted.updates + 2)); // in the objective and along each step; and both at the start
  const pool = await threads(2);
  try {
    expect(bits(linearSvm().fit(X, y, { threads: pool }).params())).toEqual(bits(fitted.params()));
  } finally {
    pool.close();
  }
});

test("if one class has no weight, the objective becomes 0", () => {
  const fitted = linearSvm().fit([[0], [1], [2], [3]], ["no", "no", "yes", "yes"], { weights: [1, 2, 0, 0] });
  expect(fitted.stopped).toBe("converged");
  expect(fitted.history.objective!.at(-1)).toBeLessThan(1e-30);
  expect(fitted.predict([[0], [3]])).toEqual(["no", "no"]);
});

test("the intercept of balance makes the sum of the slopes 0", () => {
  const stream = random(3);
  for (const width of [1, 1e-2, 1e-5]) {
    const n = 501;
    const { u, y, weights, balance } = allocate(wasmKernels, "float64", (arena) => ({
      ...{ u: listOfRows(arena, n), y: listOfRows(arena, n), weights: listOfRows(arena, n), ...bindSmoothHinge(arena) },
    }));
    for (let i = 0; i < n; i++) [u[i], y[i]] = [1 - 3 * stream.normal(), i % 50 === 0 ? 1 : -1];
    for (let i = 0; i < n; i++) weights[i] = stream.uniform();
    const shift = balance({ u, y, weights }, width);
    let sum = 0;
    for (let i = 0; i < n; i++) sum += weights[i]! * y[i]! * smoothSlope(u[i]! - y[i]! * shift, width);
    expect(Math.abs(sum)).toBeLessThan(1e-10);
  }
});

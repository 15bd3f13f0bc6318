// Runs on sparse rows compared with runs on the same rows with all their zeros: equal up to rounding errors.

import { describe, expect, it } from "vitest";
import { random } from "../src/core/random.ts";
import { toDense } from "../src/core/sparse.ts";
import type { Vector } from "../src/core/vector.ts";
import type { BindKernels } from "../src/kernels/kernels.ts";
import { referenceKernels } from "../src/kernels/reference.ts";
import { column, dense, sparseRows } from "../src/kernels/source.ts";
import { wasmKernels } from "../src/kernels/wasm.ts";
import { absolute } from "../src/losses/absolute.ts";
import { crossEntropy } from "../src/losses/crossEntropy.ts";
import { halfSquared } from "../src/losses/halfSquared.ts";
import { hinge } from "../src/losses/hinge.ts";
import { huber } from "../src/losses/huber.ts";
import { logistic } from "../src/losses/logistic.ts";
import type { Loss } from "../src/losses/loss.ts";
import { poisson } from "../src/losses/poisson.ts";
import { squaredHinge } from "../src/losses/squaredHinge.ts";
import { adam } from "../src/optimizers/adam.ts";
import { automatic } from "../src/optimizers/automatic.ts";
import { momentum } from "../src/optimizers/momentum.ts";
import type { Optimizer } from "../src/optimizers/optimizer.ts";
import { plain } from "../src/optimizers/plain.ts";
import { inverseTime } from "../src/optimizers/schedules.ts";
import { linear } from "../src/predictors/linear.ts";
import { network } from "../src/predictors/network.ts";
import type { Predictor } from "../src/predictors/predictor.ts";
import type { Problem } from "../src/training/objective/objective.ts";
import { risk } from "../src/training/objective/risk.ts";
import { train } from "../src/training/train.ts";
import type { TrainOptions } from "../src/training/trainOptions.ts";
import { cases } from "./cases.ts";
import { ELEMENTS, kernelTrials } from "./kernelTrial.ts";
import { randomSparse } from "./randomSparse.ts";

const ROWS = 41;
const COLUMNS = 23;

const losses: Readonly<Record<string, (k: number) => Loss>> = {
  halfSquared,
  huber: (k) => huber(0.5, k),
  absolute: (k) => absolute(0.2, k),
  poisson,
  logistic: () => logistic(),
  crossEntropy,
  hinge,
  squaredHinge,
};

interface Shape {
  readonly loss: string;
  readonly k: number;
  readonly elementType?: "float64" | "float32";
  readonly l2?: number;
  readonly l1?: number;
  readonly weighted?: boolean;
  readonly predictor?: (d: number, k: number) => Predictor;
}

/** The same problem on sparse rows and on dense rows. */
function problems({ loss: name, k, elementType, l2, l1, weighted, predictor = linear }: Shape): {
  sparse: Problem;
  dense: Problem;
} {
  const X = randomSparse(ROWS, COLUMNS, 0.25, 7, elementType);
  const loss = losses[name]!(k);
  const stream = random(3);
  const draw = (): number => {
    const z = stream.normal();
    if (name === "crossEntropy") return Math.floor(stream.uniform() * k);
    if (name === "poisson") return Math.floor(3 * stream.uniform());
    return name === "logistic" || /inge/.test(name) ? Math.sign(z) : z;
  };
  const targets = Float64Array.from({ length: ROWS * loss.targets }, draw);
  const weights = column(Float64Array.from({ length: ROWS }, () => 2 * stream.uniform()));
  const common = {
    predictor: predictor(COLUMNS, k),
    loss,
    targets: dense({ data: targets, rows: ROWS, columns: loss.targets }),
    ...(weighted && { weights }),
    l2: l2 ?? 0,
    l1: l1 ?? 0,
  };
  return {
    sparse: risk({ ...common, inputs: sparseRows(X) }),
    dense: risk({ ...common, inputs: dense(toDense(X)) }),
  };
}

/** The solutions and the history of a run. */
function run(problem: Problem, optimizer: Optimizer, options: TrainOptions, bind: BindKernels = wasmKernels) {
  let swept = 0;
  const counting: BindKernels = (memory, elementType) => {
    const all = bind(memory, elementType);
    return {
      ...all,
      sweepSparse(sweep) {
        const done = all.sweepSparse(sweep);
        swept += done;
        return done;
      },
    };
  };
  const ends: Vector[] = [];
  let history: unknown;
  const steps = train(problem, optimizer, { every: "epoch", batchLosses: true, ...options, kernels: counting });
  for (const step of steps) {
    if (!step.endOfEpoch) continue;
    ends.push(step.solution.slice());
    history = step.history;
  }
  return { solution: ends.at(-1)!, history: history as Record<string, number[]>, swept };
}

function expectNear(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  expect(actual.length).toBe(expected.length);
  const largest = Array.from(expected).reduce((a, b) => Math.max(a, Math.abs(b)), 0);
  for (let i = 0; i < expected.length; i++) {
    const apart = Math.abs(actual[i]! - expected[i]!);
    if (!(apart <= tolerance * (1 + largest)))
      expect.fail(`${i}: ${actual[i]}, expected ${expected[i]} ± ${tolerance}`);
  }
}

const LAZY_L2 = [0, 0.01, 8];
const falling = (): Optimizer => plain(inverseTime(0.1, { decay: 0.001 }));
const batches = (ROWS: number, batchSize: number): number => Math.ceil(ROWS / batchSize) - 1;

const shapes: readonly Shape[] = Object.keys(losses).flatMap((loss) =>
  (loss === "logistic" ? [1] : loss === "crossEntropy" ? [3] : [1, 3]).map((k) => ({ loss, k })),
);

describe.each(shapes)("$loss with $k scores", (shape) => {
  it.each(LAZY_L2)("lazy updates with l2 %d and each average have the results of dense updates", (l2) => {
    for (const [at, average] of [undefined, {}, { weight: "t" }, { weight: "t8", from: 1 }].entries()) {
      const one = [1, 2, 7].filter((_, i) => (at + LAZY_L2.indexOf(l2)) % 3 === i); // each pair of an average and a size has an l2
      for (const batchSize of at === 0 ? [1, 2, 7] : cases(one, [1, 2, 7])) {
        const { sparse, dense } = problems({ ...shape, l2, weighted: at % 2 === 1 });
        const options = { batchSize, epochs: 6, seed: at, start: "random", average } as TrainOptions;
        const lazy = run(sparse, falling(), options);
        const expected = run(dense, falling(), options);
        expect(lazy.swept).toBe(6 * batches(ROWS, batchSize));
        expectNear(lazy.solution, expected.solution, 1e-11);
        for (const name of ["batchLosses", "objective", "learningRate"]) {
          if (expected.history[name]) expectNear(lazy.history[name]!, expected.history[name]!, 1e-11);
        }
        if (at === 3 || l2 === 0)
          expect(run(sparse, falling(), options, referenceKernels).solution).toStrictEqual(lazy.solution);
      }
    }
  });

  it("in float32", () => {
    for (const average of [undefined, { weight: "t" }] as const) {
      const { sparse, dense } = problems({ ...shape, l2: 0.1, elementType: "float32" });
      const options: TrainOptions = { batchSize: 2, epochs: 3, average };
      expectNear(run(sparse, falling(), options).solution, run(dense, falling(), options).solution, 2e-5);
    }
  });

  it("without l2 and average every update has the same bits as a single one", () => {
    for (const elementType of ["float64", "float32"] as const) {
      for (const batchSize of [1, 3]) {
        const { sparse } = problems({ ...shape, elementType, weighted: true });
        const options: TrainOptions = { batchSize, epochs: 4 };
        const single = run(sparse, falling(), { ...options, every: 1 });
        expect(single.swept).toBe(0);
        expect(run(sparse, falling(), options).solution).toStrictEqual(single.solution);
      }
    }
  });

  it.each([
    ["momentum", () => momentum(0.02), { batchSize: 5 }],
    ["adam", () => adam(0.02), { batchSize: 5 }],
    ["plain in full batch", () => plain(0.05), {}],
  ] as const)("%s", (_, optimizer, options) => {
    for (const weighted of [false, true]) {
      const { sparse, dense } = problems({ ...shape, l2: 0.02, weighted });
      const common: TrainOptions = { epochs: 8, start: "zeros", ...options };
      expectNear(run(sparse, optimizer(), common).solution, run(dense, optimizer(), common).solution, 1e-10);
    }
  });
});

describe("the optimum of automatic", () => {
  it.each(shapes)("$loss with $k scores", (shape) => {
    for (const elementType of ["float64", "float32"] as const) {
      const { sparse, dense } = problems({ ...shape, l2: 0.05, weighted: true, elementType });
      const options: TrainOptions = { epochs: 400, start: "zeros", stop: { remaining: 1e-5 } };
      const at = (problem: Problem): number => run(problem, automatic(), options).history["objective"]!.at(-1)!;
      const [ours, expected] = [at(sparse), at(dense)];
      expect(Math.abs(ours - expected)).toBeLessThan(1.1e-5 * expected);
    }
  });
});

it("l1 on sparse rows has the results of dense rows, without sweeps", () => {
  const { sparse, dense } = problems({ loss: "logistic", k: 1, l1: 0.02, l2: 0.01 });
  const options: TrainOptions = { batchSize: 4, epochs: 8 };
  const ours = run(sparse, falling(), options);
  expect(ours.swept).toBe(0);
  expectNear(ours.solution, run(dense, falling(), options).solution, 1e-12);
  expect([...ours.solution].some((w) => w === 0)).toBe(true);
});

describe("network", () => {
  it.each(["crossEntropy", "halfSquared"])("the first layer accepts sparse rows: %s", (loss) => {
    const predictor = (d: number, k: number): Predictor => network(d, [6, 4], k, "tanh");
    for (const elementType of ["float64", "float32"] as const) {
      const { sparse, dense } = problems({ loss, k: 3, l2: 0.01, predictor, elementType });
      for (const options of [{ batchSize: 5 }, {}] as const) {
        const optimizer = (): Optimizer => (options.batchSize ? adam(0.01) : automatic());
        const common: TrainOptions = { epochs: 6, start: "random", seed: 2, ...options };
        const tolerance = elementType === "float64" ? 1e-10 : 1e-3;
        expectNear(run(sparse, optimizer(), common).solution, run(dense, optimizer(), common).solution, tolerance);
      }
    }
  });
});

it("a large penalty changes the sign of the weights in every update", () => {
  const { sparse, dense } = problems({ loss: "logistic", k: 1, l2: 15 });
  const options: TrainOptions = { batchSize: 1, epochs: 2, order: "sequential" };
  for (const rate of [1 / 15, 0.12, 0.1]) {
    expectNear(run(sparse, plain(rate), options).solution, run(dense, plain(rate), options).solution, 1e-11);
  }
});

it("batches of several lanes", () => {
  const X = randomSparse(3000, 40, 0.9, 1);
  const targets = column(Float64Array.from({ length: X.rows }, (_, i) => (i % 3 === 0 ? 1 : -1)));
  const problem = risk({ predictor: linear(40), loss: logistic(), inputs: sparseRows(X), targets, l2: 0.01 });
  const whole = risk({ predictor: linear(40), loss: logistic(), inputs: dense(toDense(X)), targets, l2: 0.01 });
  const options: TrainOptions = { epochs: 5, start: "zeros" };
  expectNear(run(problem, plain(0.5), options).solution, run(whole, plain(0.5), options).solution, 1e-12);
});

describe.each(ELEMENTS)("the kernels of sparse rows in %s", (elementType) => {
  const { numbers, broad, expectBits } = kernelTrials(elementType);

  /** Some rows, as the kernels take them. */
  function drawn(seed: number) {
    const d = 1 + (seed % 23);
    const { indptr, indices, values, rows } = randomSparse(seed % 9 || 12, d, 0.7, seed, elementType);
    const stream = random(seed);
    const chosen = Array.from({ length: rows }, (_, i) => i).filter((i) => seed % 2 === 0 || i % 3 !== 1);
    const ends = Uint32Array.from(chosen.flatMap((i) => [indptr[i]!, indptr[i + 1]!]));
    const entries = seed % 3 === 0 ? broad(values.length, stream) : numbers(values);
    return { d, n: chosen.length, ends, indices, entries, stream };
  }

  it("gatherEntries has the bits of the reference", () => {
    for (let seed = 0; seed < cases(30, 60); seed++) {
      const { n, ends, indices, entries } = drawn(seed);
      for (const [list, bytes] of [
        [indices, 4],
        [entries, entries.BYTES_PER_ELEMENT],
      ] as const) {
        const fields = [ends, list, list.slice().fill(0)];
        expectBits({ kernel: "gatherEntries", fields, writes: [2], call: (at) => [...at, n, bytes] });
      }
    }
  });

  it("sparseProduct has the bits of the reference", () => {
    for (let seed = 0; seed < cases(30, 60); seed++) {
      const { d, n, ends, indices, entries, stream } = drawn(seed);
      const doubles = (length: number): Float64Array => Float64Array.from({ length }, () => stream.normal());
      expectBits({
        kernel: "sparseProduct",
        fields: [ends, indices, entries, doubles(n), seed % 5 === 0 ? null : doubles(d + 1), doubles(d + 1)],
        writes: [5],
        call: (at) => [...at, n, d],
      });
    }
  });
});

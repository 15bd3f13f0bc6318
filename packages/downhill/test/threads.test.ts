// A run has the same bits with any number of threads, and the threads end with it.

import { spawnSync } from "node:child_process";
import { Worker } from "node:worker_threads";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { DivergenceError } from "../src/core/divergenceError.ts";
import { random } from "../src/core/random.ts";
import { runContext } from "../src/diagnosis/verdict/runContext.ts";
import { signalRecorder } from "../src/diagnosis/verdict/signals.ts";
import { verdictPeriods } from "../src/diagnosis/verdict/timeline.ts";
import { certificate } from "../src/evaluation/certificate.ts";
import { column, dense } from "../src/kernels/source.ts";
import { wasmKernels } from "../src/kernels/wasm.ts";
import { crossEntropy } from "../src/losses/crossEntropy.ts";
import { halfSquared } from "../src/losses/halfSquared.ts";
import { hinge } from "../src/losses/hinge.ts";
import { logistic } from "../src/losses/logistic.ts";
import { pinball } from "../src/losses/pinball.ts";
import { poisson } from "../src/losses/poisson.ts";
import { squaredHinge } from "../src/losses/squaredHinge.ts";
import { adam } from "../src/optimizers/adam.ts";
import { automatic } from "../src/optimizers/automatic.ts";
import { plain } from "../src/optimizers/plain.ts";
import { factors } from "../src/predictors/factors.ts";
import { linear } from "../src/predictors/linear.ts";
import { network } from "../src/predictors/network.ts";
import type { Problem } from "../src/training/objective/objective.ts";
import { type RiskOptions, risk } from "../src/training/objective/risk.ts";
import type { ThreadPool } from "../src/training/threads/threadPool.ts";
import { type Step, train } from "../src/training/train.ts";
import type { TrainOptions } from "../src/training/trainOptions.ts";
import { threads } from "../src/workers/pool/threads.ts";
import { cases } from "./cases.ts";
import { counting } from "./counting.ts";
import { classification, normals, thrown } from "./problems.ts";

const N = 9000;
const D = 120;
const draw = random(3);
const X = normals(draw, N * D);
const single = Float32Array.from(X);
const signs = Float64Array.from({ length: N }, () => (draw.uniform() < 0.5 ? 1 : -1));
const classes = Float64Array.from({ length: N }, () => Math.floor(3 * draw.uniform()));
const weights = column(Float64Array.from({ length: N }, (_, i) => (i % 2 === 0 ? 0.5 : 1.5)));
const inputs = dense({ data: X, rows: N, columns: D });
const table = (parts: Pick<RiskOptions, "predictor" | "loss"> & Partial<RiskOptions>): Problem =>
  risk({ inputs, targets: column(signs), l2: 0.01, ...parts });

function ratings(biases: boolean): Problem {
  const n = 120000;
  const predictor = factors(50, 40, 12, { mean: 0.1, biases, perRating: 0.05 });
  const user = Uint32Array.from({ length: n }, () => Math.floor(50 * draw.uniform()));
  const item = Uint32Array.from({ length: n }, () => Math.floor(40 * draw.uniform()));
  return risk({
    predictor,
    loss: halfSquared(),
    inputs: predictor.inputs(user, item),
    targets: column(normals(draw, n)),
  });
}

const models: readonly (readonly [string, Problem, TrainOptions?])[] = [
  ["linear regression", table({ predictor: linear(D), loss: halfSquared(), weights })],
  ["linear regression with l1", table({ predictor: linear(D), loss: halfSquared(), l1: 0.01 })],
  ["linear regression with the pinball loss", table({ predictor: linear(D), loss: pinball(0.9, 0.1), weights })],
  ["linear regression of counts", table({ predictor: linear(D), loss: poisson(), targets: column(classes) })],
  ["logistic regression", table({ predictor: linear(D), loss: logistic() })],
  ["logistic regression, shuffled halves", table({ predictor: linear(D), loss: logistic() }), { batchSize: N / 2 }],
  [
    "logistic regression, halves drawn with replacement",
    table({ predictor: linear(D), loss: logistic() }),
    { batchSize: N / 2, order: "replacement" },
  ],
  ["softmax regression", table({ predictor: linear(D, 3), loss: crossEntropy(3), targets: column(classes) })],
  ["svm", table({ predictor: linear(D), loss: hinge() })],
  ["svm with squared hinge", table({ predictor: linear(D), loss: squaredHinge() })],
  ["network", table({ predictor: network(D, [16, 8], 3), loss: crossEntropy(3), targets: column(classes) })],
  [
    "network, batches with large maps",
    table({ predictor: network(D, [96, 64], 3), loss: crossEntropy(3), targets: column(classes) }),
    { batchSize: 128 },
  ],
  [
    "network in float32, batches with large maps",
    table({
      predictor: network(D, [100, 70], 1, "tanh"),
      loss: halfSquared(),
      inputs: dense({ data: single, rows: N, columns: D }),
    }),
    { batchSize: 125 },
  ],
  ["network regression", table({ predictor: network(D, [9], 1, "tanh"), loss: halfSquared(), l2: 0 })],
  ["factorization", ratings(false)],
  ["factorization with biases", ratings(true)],
  ["factorization in a grid", ratings(false), { order: "grid", batchSize: 1, every: "epoch" }],
  [
    "factorization in a grid, with biases",
    ratings(true),
    { order: "grid", batchSize: 1, every: "epoch", trace: "running" },
  ],
  [
    "logistic regression in float32",
    table({ predictor: linear(D), loss: logistic(), inputs: dense({ data: single, rows: N, columns: D }) }),
  ],
];

const pools: ThreadPool[] = [];
beforeAll(async () => {
  for (const n of [1, 2, 3, 8]) pools.push(await threads(n));
});
afterAll(() => {
  for (const pool of pools) pool.close();
});

const finalState = (problem: Problem, options: TrainOptions) => {
  const steps = [...train(problem, plain(0.05), { epochs: 4, start: "random", ...options })];
  return steps.at(-1)!.state();
};

describe.each(models.map(([name, problem, options = {}], at) => ({ name, problem, options, at })))("$name", (model) => {
  const { problem, options, at } = model;

  it("has the same bits with none, 1, 2, 3 and 8 threads", () => {
    const two = pools.filter((_, p) => p % 2 === at % 2); // 1 and 3 threads, or 2 and 8
    const alone = finalState(problem, options);
    expect(alone.progress.t).toBeGreaterThan(0);
    for (const pool of cases(two, pools))
      expect(finalState(problem, { ...options, threads: pool })).toStrictEqual(alone);
  });

  it("gives tasks to the workers", () => {
    for (const pool of pools.slice(1)) {
      const counted = counting(pool);
      const steps = train(problem, plain(1e-6), { start: "random", ...options, epochs: 100_000, threads: counted });
      for (const _step of steps) if (counted.workerTasks > 3) break;
      expect(counted.workerTasks > 3).toBe(true);
    }
  });
});

describe("the diagnosis of a run", () => {
  it.each([
    ["logistic regression", { loss: logistic() }, automatic(), {}],
    ["logistic regression, shuffled halves", { loss: logistic() }, plain(0.05), { batchSize: N / 2 }],
    ["linear regression", { loss: halfSquared() }, automatic(), {}],
  ] as const)(
    "%s: signals, verdicts and certificate have the same bits with none, 2 and 8 threads",
    (_, parts, optimizer, options) => {
      const problem = table({ predictor: linear(D), ...parts });
      const context = runContext(problem, optimizer, options);
      const diagnosed = (pool?: ThreadPool) => {
        const recorder = signalRecorder();
        let last: Step | undefined;
        for (const step of train(problem, optimizer, {
          epochs: 4,
          every: "epoch",
          ...options,
          ...(pool && { threads: pool }),
        })) {
          recorder.add(step);
          last = step;
        }
        return { trace: recorder.trace, periods: verdictPeriods(recorder.trace, context), proof: certificate(last!) };
      };
      const alone = diagnosed();
      expect(alone.proof).toMatchObject({ valid: true });
      for (const pool of [pools[1]!, pools[3]!]) expect(diagnosed(pool)).toStrictEqual(alone);
    },
  );
});

describe("a pool", () => {
  const unwatched = Worker.prototype.postMessage;
  const { problem } = classification(60_000, 20, { l2: 0.1 });

  it("works for runs that alternate, that follow each other, and that are interrupted", () => {
    const pool = pools[1]!;
    const run = (pool?: ThreadPool) => train(problem, adam(0.01), { epochs: 5, ...(pool ? { threads: pool } : {}) });
    const values = (steps: Iterable<{ batchLoss: number }>) => Array.from(steps, (step) => step.batchLoss);
    const alone = values(run());
    expect(alone.length).toBe(5);
    const [first, second] = [run(pool), run(pool)];
    for (let epoch = 0; epoch < 5; epoch++) {
      expect([first, second].map((steps) => steps.next().value!.batchLoss)).toEqual([alone[epoch], alone[epoch]]);
    }
    run(pool).next(); // this run is never finished
    expect(values(run(pool))).toEqual(alone);
  });

  it("gets no work that is too small", () => {
    const small = classification(500, 20).problem;
    const unused = { ...pools[2]!, join: () => expect.fail("joined") };
    for (const batchSize of ["full", 1, 32] as const) {
      expect([...train(small, plain(0.1), { batchSize, epochs: 2, threads: unused })].length).toBeGreaterThan(0);
    }
  });

  it("that is closed lets a run, and later runs, continue on the caller's thread", async () => {
    const pool = await threads(3);
    const run = () => train(problem, plain(0.5), { epochs: 6, threads: pool });
    const alone = Array.from(train(problem, plain(0.5), { epochs: 6 }), (step) => step.batchLoss);
    const values: number[] = [];
    for (const step of run()) {
      values.push(step.batchLoss);
      if (step.t === 3) pool.close();
    }
    expect(values).toEqual(alone);
    expect(Array.from(run(), (step) => step.batchLoss)).toEqual(alone);
    pool.close();
  });

  it("is released when a run ends, and the last step then evaluates on the caller's thread", () => {
    const calls: string[] = [];
    const pool = pools[1]!;
    const recorded: ThreadPool = {
      ...pool,
      join(run) {
        calls.push("join");
        const workers = pool.join(run);
        return {
          ...workers,
          release() {
            calls.push("release");
            workers.release();
          },
          share: (...work) => (calls.at(-1) === "release" ? expect.fail("shared") : workers.share(...work)),
        };
      },
    };
    const options: TrainOptions = { epochs: 2, trace: "running" };
    const alone = [...train(problem, plain(0.5), options)].at(-1)!.objective();
    expect([...train(problem, plain(0.5), { ...options, threads: recorded })].at(-1)!.objective()).toBe(alone);
    expect(calls).toEqual(["join", "release"]);
  });

  it("is released by a run that throws, and a run that cannot begin does not join it", () => {
    const calls: string[] = [];
    const recorded: ThreadPool = {
      ...pools[1]!,
      join: () => ({
        inPieces: () => false,
        release: () => calls.push("release"),
        share(count, _, ownTask) {
          for (let task = 0; task < count; task++) ownTask(task);
        },
      }),
    };
    const wrongStart: TrainOptions = { threads: recorded, start: new Float64Array(3) };
    expect(() => [...train(problem, plain(0.5), wrongStart)]).toThrow("start must have one number per parameter");
    expect(calls).toEqual([]);
    const failing = { ...plain(0.5), bind: () => () => Number.NaN };
    expect(() => [...train(problem, failing, { threads: recorded })]).toThrow("learning rate");
    expect(calls).toEqual(["release"]);
  });

  it("throws the error of a task when the other tasks have ended, and shares later jobs", () => {
    const pool = pools[1]!;
    const failing: ThreadPool = {
      ...pool,
      join(run) {
        const workers = pool.join(run);
        return {
          ...workers,
          share: (count, job, _, first) => workers.share(count, job, () => expect.fail("a task failed"), first),
        };
      },
    };
    const endless: TrainOptions = { epochs: 100_000 };
    expect(() => [...train(problem, plain(1e-6), { ...endless, threads: failing })]).toThrow("a task failed");
    const counted = counting(pool);
    for (const _step of train(problem, plain(1e-6), { ...endless, threads: counted }))
      if (counted.workerTasks > 3) break;
    expect(counted.workerTasks).toBeGreaterThan(3);
  });

  it("has workers that do tasks of a run although they read the message about it before the caller's thread goes on", async () => {
    const post = vi.spyOn(Worker.prototype, "postMessage").mockImplementation(function (this: Worker, message) {
      unwatched.call(this, message);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50); // milliseconds
    });
    const pool = await threads(2);
    try {
      for (let run = 0; run < 3; run++) {
        const counted = counting(pool);
        for (const _step of train(problem, plain(1e-6), { epochs: 1000, threads: counted }))
          if (counted.workerTasks > 3) break;
        expect(counted.workerTasks).toBeGreaterThan(3);
      }
    } finally {
      pool.close();
      post.mockRestore();
    }
  });

  it("gives the same error for a run that diverges as one thread does", () => {
    const errorWith = (pool?: ThreadPool) => {
      const options = { epochs: 1000, ...(pool ? { threads: pool } : {}) };
      const steep = table({ predictor: linear(D), loss: halfSquared() });
      return thrown(() => [...train(steep, plain(1e150), options)]) as DivergenceError;
    };
    const [one, many] = [errorWith(), errorWith(pools[2])];
    expect(one).toBeInstanceOf(DivergenceError);
    expect([many.message, many.update, many.params]).toEqual([one.message, one.update, one.params]);
  });

  it("and kernels must not both be passed", () => {
    const both: TrainOptions = { kernels: wasmKernels, threads: pools[0]! };
    expect(() => [...train(problem, plain(1), both)]).toThrow("train: kernels must be left out with threads");
  });

  it.each([0, -1, 1.5, Number.NaN])("of %s threads throws", async (n) => {
    await expect(threads(n)).rejects.toThrow(RangeError);
  });

  it("does not keep a process alive, even in the middle of a run", () => {
    const script = `
      import { dense, column, linear, logistic, plain, risk, threads, train } from "downhill";
      const [n, d] = [60000, 20];
      const inputs = dense({ data: new Float64Array(n * d).fill(0.5), rows: n, columns: d });
      const targets = column(new Float64Array(n).fill(1));
      const pool = await threads(3);
      const steps = train(risk({ predictor: linear(d), loss: logistic(), inputs, targets }), plain(0.1), { threads: pool });
      for (let i = 0; i < 20; i++) steps.next();
      console.log("updates", steps.next().value.t);`;
    const { stdout, stderr, status, signal } = spawnSync(process.execPath, ["--input-type=module", "-e", script], {
      cwd: new URL("..", import.meta.url),
      encoding: "utf8",
      timeout: 60_000,
    });
    expect([stdout, stderr, status, signal]).toEqual(["updates 21\n", "", 0, null]);
  });
});

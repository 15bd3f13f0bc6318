// Threads share the batches of stored rows: the bits are those of one thread, and of the same rows in memory.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { random } from "../src/core/random.ts";
import type { RowSources } from "../src/kernels/boundRows.ts";
import { column, dense } from "../src/kernels/source.ts";
import { crossEntropy } from "../src/losses/crossEntropy.ts";
import { halfSquared } from "../src/losses/halfSquared.ts";
import { hinge } from "../src/losses/hinge.ts";
import { logistic } from "../src/losses/logistic.ts";
import { automatic } from "../src/optimizers/automatic.ts";
import { plain } from "../src/optimizers/plain.ts";
import { factors } from "../src/predictors/factors.ts";
import { linear } from "../src/predictors/linear.ts";
import { network } from "../src/predictors/network.ts";
import { type RiskOptions, risk } from "../src/training/objective/risk.ts";
import type { ThreadPool } from "../src/training/threads/threadPool.ts";
import { train } from "../src/training/train.ts";
import type { TrainOptions } from "../src/training/trainOptions.ts";
import { threads } from "../src/workers/pool/threads.ts";
import { cases } from "./cases.ts";
import { counting } from "./counting.ts";
import { normals, thrown } from "./problems.ts";
import { storedCopy } from "./storedCopy.ts";
import { expectStrictlyEqual } from "./strictlyEqual.ts";

const N = 9001;
const D = 120;
const draw = random(8);
const X = normals(draw, N * D);
const signs = column(Float64Array.from({ length: N }, () => (draw.uniform() < 0.5 ? 1 : -1)));
const classes = column(Float64Array.from({ length: N }, () => Math.floor(3 * draw.uniform())));
const weights = column(Float64Array.from({ length: N }, (_, i) => (i === 0 ? 1 : i % 2 === 0 ? 0.5 : 1.5)));
const inputs = dense({ data: X, rows: N, columns: D });
const single = dense({ data: Float32Array.from(X), rows: N, columns: D });

/** A risk in memory. */
type Trial = RiskOptions & RowSources;

function ratings(): Trial {
  const n = 90_001;
  const predictor = factors(50, 40, 12, { mean: 0.1, biases: true });
  const user = Uint32Array.from({ length: n }, () => Math.floor(50 * draw.uniform()));
  const item = Uint32Array.from({ length: n }, () => Math.floor(40 * draw.uniform()));
  return {
    predictor,
    loss: halfSquared(),
    inputs: predictor.inputs(user, item),
    targets: column(normals(draw, n)),
    l2: 0.1,
  };
}

const parts = { inputs, targets: signs, l2: 0.01 };
const models: readonly (readonly [string, Trial])[] = [
  ["linear regression with weights", { ...parts, predictor: linear(D), loss: halfSquared(), weights }],
  ["logistic regression in float32", { ...parts, predictor: linear(D), loss: logistic(), inputs: single }],
  ["softmax regression", { ...parts, predictor: linear(D, 3), loss: crossEntropy(3), targets: classes }],
  ["svm", { ...parts, predictor: linear(D), loss: hinge() }],
  ["network", { ...parts, predictor: network(D, [16, 8], 3), loss: crossEntropy(3), targets: classes }],
  ["factorization", ratings()],
];

/** Chunks larger and smaller than a block, in windows with room for all lanes at the same time, or for some of them. */
const windows = (rows: number) => ({
  "large chunks": { rowsPerChunk: Math.ceil(rows / 30), chunksPerWindow: 25 },
  "chunks smaller than a block": { rowsPerChunk: Math.ceil(rows / 1800), chunksPerWindow: 900 },
  "room for a few lanes": { rowsPerChunk: Math.ceil(rows / 18), chunksPerWindow: 9 },
});

const pools: ThreadPool[] = [];
beforeAll(async () => {
  for (const n of [2, 3, 8]) pools.push(await threads(n));
});
afterAll(() => {
  for (const pool of pools) pool.close();
});

const lastState = (options: RiskOptions, run: TrainOptions, optimizer = plain(0.05)) =>
  [...train(risk(options), optimizer, { epochs: 2, start: "random", ...run })].at(-1)!.state();

describe.each(models.map(([name, options], at) => ({ name, options, at })))("$name", ({ options, at }) => {
  const rows = options.inputs.rows;
  const batches = {
    "full batch": {},
    "shuffled thirds": { batchSize: Math.ceil(rows / 3) },
    "thirds in their order": { batchSize: Math.ceil(rows / 3), order: "sequential" },
  } as const;

  it.each(Object.values(windows(rows)).map((chunks, w) => ({ kind: Object.keys(windows(rows))[w]!, chunks, w })))(
    "$kind: has the bits of one thread and of rows in memory",
    ({ chunks, w }) => {
      for (const [b, [name, batch]] of Object.entries(batches).entries()) {
        const inMemory = lastState(options, { order: chunks, ...batch });
        const stored = { ...options, stored: storedCopy(options, chunks) };
        expectStrictlyEqual(lastState(stored, batch), inMemory, name);
        for (const pool of cases([pools[(at + w + b) % pools.length]!], pools)) {
          const counted = counting(pool);
          expectStrictlyEqual(lastState(stored, { ...batch, threads: counted }), inMemory, name);
          expect(counted.shared, name).toBeGreaterThan(0);
        }
      }
    },
  );
});

describe("threads on stored rows", () => {
  const options = { ...parts, predictor: linear(D), loss: logistic() };
  const chunks = { rowsPerChunk: 300, chunksPerWindow: 25 };

  it("give tasks to the workers, in full batch and in mini-batches", () => {
    for (const run of [{}, { batchSize: 3000, trace: "running" }] as const) {
      const counted = counting(pools[0]!);
      const stored = risk({ ...options, stored: storedCopy(options, chunks) });
      for (const _step of train(stored, plain(1e-6), { ...run, epochs: 10_000, threads: counted })) {
        if (counted.workerTasks > 3) break;
      }
      expect(counted.workerTasks).toBeGreaterThan(3);
    }
  });

  it("train with automatic() as one thread does", () => {
    const stored = { ...options, stored: storedCopy(options, chunks) };
    const alone = lastState(stored, { epochs: 6 }, automatic());
    expectStrictlyEqual(lastState(stored, { epochs: 6, threads: pools[0]! }, automatic()), alone);
  });

  it("read each chunk of an epoch in full batch once, and those in which a lane begins twice", () => {
    const stored = storedCopy(options, chunks);
    const run = train(risk({ ...options, stored }), plain(0.1), { epochs: 3, threads: pools[0]! });
    run.next();
    const before = stored.loads.length;
    run.next();
    const loads = stored.loads.slice(before);
    run.return();
    expect(new Set(loads).size).toBe(31);
    expect(loads.length).toBeLessThanOrEqual(31 + 7);
  });

  it("do not share a full batch if the window has no room for two lanes", () => {
    const small = { rowsPerChunk: 300, chunksPerWindow: 4 };
    const counted = counting(pools[0]!);
    const stored = { ...options, stored: storedCopy(options, small) };
    expectStrictlyEqual(lastState(stored, { threads: counted }), lastState(options, {}));
    expect(counted.shared).toBe(0);
  });

  it("throw the error of the function that reads, and work afterwards", () => {
    const copy = storedCopy(options, chunks);
    let left = 100;
    const failing = {
      ...copy,
      load: (...args: Parameters<typeof copy.load>) => {
        if (--left < 0) throw new RangeError("the disk is gone");
        copy.load(...args);
      },
    };
    const error = thrown(() => lastState({ ...options, stored: failing }, { epochs: 9, threads: pools[0]! }));
    expect(String(error)).toBe("RangeError: the disk is gone");
    const stored = { ...options, stored: copy };
    expectStrictlyEqual(lastState(stored, { threads: pools[0]! }), lastState(stored, {}));
  });

  it("go on alone when their pool is closed in the run", async () => {
    const stored = { ...options, stored: storedCopy(options, chunks) };
    const pool = await threads(2);
    let last: ReturnType<typeof lastState> | undefined;
    for (const step of train(risk(stored), plain(0.05), { epochs: 4, start: "random", threads: pool })) {
      if (step.t === 2) pool.close();
      last = step.state();
    }
    expectStrictlyEqual(last, lastState(stored, { epochs: 4 }));
  });
});

// Training on stored rows has the same bits as training on the same rows in memory, in the same order.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allRows } from "../src/core/rows.ts";
import { adam } from "../src/optimizers/adam.ts";
import { automatic } from "../src/optimizers/automatic.ts";
import { plain } from "../src/optimizers/plain.ts";
import { inverseTime } from "../src/optimizers/schedules.ts";
import { risk } from "../src/training/objective/risk.ts";
import { train } from "../src/training/train.ts";
import type { TrainOptions } from "../src/training/trainOptions.ts";
import { cases } from "./cases.ts";
import { drawTrial, kinds } from "./objectiveTrial.ts";
import { bound, type Shot, shot } from "./problems.ts";
import { storedCopy } from "./storedCopy.ts";

const drawn = {
  rowsPerChunk: fc.integer({ min: 1, max: 9 }),
  chunksPerWindow: fc.integer({ min: 1, max: 4 }),
  seed: fc.nat(63),
  rows: fc.integer({ min: 1, max: 60 }),
  single: fc.boolean(),
};

const as = (single: boolean) => (numbers: Float64Array) => (single ? Float32Array.from(numbers) : numbers);

/** All steps of a run, or those before its error, and the error. */
function shotsOf(
  problem: Parameters<typeof train>[0],
  make: () => ReturnType<typeof plain>,
  options: TrainOptions,
  measured = false,
) {
  const shots: Shot[] = [];
  const objectives: number[] = [];
  let history = "";
  let failure = "";
  try {
    for (const step of train(problem, make(), options)) {
      shots.push(shot(step));
      if (measured) objectives.push(step.objective()); // reads all rows in the middle of a window
      history = JSON.stringify(step.history);
    }
  } catch (error) {
    failure = String(error);
  }
  return { shots, objectives, history, failure };
}

const optimizers = [() => plain(inverseTime(0.02, { decay: 0.01 })), () => adam(0.02)];

describe.each(kinds)("$name", (kind) => {
  it("has the same bits on stored rows and in memory, in mini-batches, one by one and in full batch", () => {
    const property = fc.property(
      fc.record({
        ...drawn,
        batch: fc.constantFrom(1, 2, 5, 17, "full" as const),
        sequential: fc.boolean(),
        every: fc.constantFrom(1, 3, "epoch" as const),
        optimizer: fc.nat(1),
        averaged: fc.boolean(),
        validated: fc.boolean(),
        measured: fc.boolean(),
      }),
      ({
        rowsPerChunk,
        chunksPerWindow,
        seed,
        rows,
        single,
        batch,
        sequential,
        every,
        optimizer,
        averaged,
        validated,
        measured,
      }) => {
        const { options } = drawTrial(kind, seed, rows, as(single));
        const chunks = { rowsPerChunk, chunksPerWindow };
        const stored = risk({ ...options, stored: storedCopy(options, chunks) });
        const batchSize = batch === "full" ? batch : Math.min(batch, rows);
        const more = { start: "random", epochs: 3, seed, every, batchSize, batchLosses: true } as const;
        const average = averaged ? ({ weight: "t" } as const) : undefined;
        const stop = (problem: typeof stored) => (validated ? { validation: { problem, patience: 2 } } : {});
        const make = kind.predictor === "factors" ? optimizers[0]! : optimizers[optimizer]!;
        const own = sequential ? { order: "sequential" as const } : {};
        const onStored = shotsOf(stored, make, { ...more, average, stop: stop(stored), ...own }, measured);
        const memory = risk(options);
        const order = sequential ? "sequential" : chunks;
        const inMemory = shotsOf(memory, make, { ...more, average, stop: stop(memory), order }, measured);
        expect(onStored).toStrictEqual(inMemory);
      },
    );
    fc.assert(property, { numRuns: cases(5, 25) });
  });

  it("has the same derivatives and constant loss", () => {
    const property = fc.property(fc.record(drawn), ({ rowsPerChunk, chunksPerWindow, seed, rows, single }) => {
      const { options, params } = drawTrial(kind, seed, rows, as(single));
      const stored = risk({ ...options, stored: storedCopy(options, { rowsPerChunk, chunksPerWindow }) });
      const [a, b] = [stored, risk(options)].map((problem) => {
        const { objective, evaluate, params: at, gradient } = bound(problem, params);
        const value = evaluate(at, allRows(rows), gradient);
        return { value, gradient: gradient.slice(), constant: objective.constant!() };
      });
      expect(a).toStrictEqual(b);
    });
    fc.assert(property, { numRuns: cases(4, 25) });
  });
});

it("has the same bits for rows drawn with replacement, if all rows fit into a window; else it is an error", () => {
  const { options } = drawTrial(kinds[0]!, 2, 40);
  const stored = (chunksPerWindow: number) =>
    risk({ ...options, stored: storedCopy(options, { rowsPerChunk: 7, chunksPerWindow }) });
  for (const batchSize of [1, 9]) {
    const more = { order: "replacement", batchSize, epochs: 3, seed: 4, batchLosses: true } as const;
    for (const every of [1, "epoch"] as const) {
      const onStored = shotsOf(stored(6), optimizers[0]!, { ...more, every });
      expect(onStored.shots.length).toBeGreaterThan(0);
      expect(onStored).toStrictEqual(shotsOf(risk(options), optimizers[0]!, { ...more, every }));
    }
    expect(shotsOf(stored(5), optimizers[0]!, more).failure).toBe(
      'RangeError: train: order must be that of the chunks or "sequential" for stored rows that do not fit into a window ' +
        '(40 rows, 5 chunks of 7), got "replacement". Leave out order, or store the rows with larger windows.',
    );
  }
});

const convex = kinds.filter(({ predictor }) => predictor === "linear");

describe.each(convex)("$name in full batch by its default optimizer", (kind) => {
  it("has the same bits until the rule remaining ends the run", () => {
    const property = fc.property(fc.record(drawn), ({ rowsPerChunk, chunksPerWindow, seed, rows, single }) => {
      const { options } = drawTrial(kind, seed | 2, rows, as(single));
      const stored = risk({ ...options, stored: storedCopy(options, { rowsPerChunk, chunksPerWindow }) });
      const run = { epochs: 12, stop: { remaining: 1e-9 } };
      expect(shotsOf(stored, automatic, run)).toStrictEqual(shotsOf(risk(options), automatic, run));
    });
    fc.assert(property, { numRuns: cases(4, 15) });
  });
});

// The order "grid": an epoch processes every rating once, the blocks of a diagonal give the same bits in any order, and only
// pairs have a grid.

import { describe, expect, it } from "vitest";
import { type Grid, grid } from "../src/core/grid.ts";
import { random } from "../src/core/random.ts";
import { allocate } from "../src/kernels/arena.ts";
import { lossCodes } from "../src/kernels/kernels.ts";
import { column } from "../src/kernels/source.ts";
import { length as sweepLength } from "../src/kernels/sweepLayout.ts";
import { wasmKernels } from "../src/kernels/wasm.ts";
import { halfSquared } from "../src/losses/halfSquared.ts";
import { adam } from "../src/optimizers/adam.ts";
import type { Optimizer } from "../src/optimizers/optimizer.ts";
import { plain } from "../src/optimizers/plain.ts";
import { factors } from "../src/predictors/factors.ts";
import { minimize } from "../src/training/minimize.ts";
import type { Problem } from "../src/training/objective/objective.ts";
import { risk } from "../src/training/objective/risk.ts";
import { diagonalsOf, writeDiagonals } from "../src/training/order/rowOrder.ts";
import { train } from "../src/training/train.ts";
import type { TrainOptions } from "../src/training/trainOptions.ts";
import { bits, classification, evaluated, ratings, run } from "./problems.ts";
import { writeSweep } from "./writeSweep.ts";

const [USERS, ITEMS, N, RANK] = [50, 40, 900, 4];
const draw = random(3).fork("pairs");
const user = Uint32Array.from({ length: N }, () => Math.floor(draw.uniform() * USERS));
const item = Uint32Array.from({ length: N }, () => Math.floor(draw.uniform() * ITEMS));
const rated = Float64Array.from({ length: N }, () => draw.normal());
const weights = Float64Array.from({ length: N }, () => draw.uniform());
const predictor = factors(USERS, ITEMS, RANK, { mean: 0.3, biases: true, perRating: 0.05 });
const problem = risk({
  predictor,
  loss: halfSquared(),
  inputs: predictor.inputs(user, item),
  targets: column(rated),
  weights: column(weights),
});
const start = Float64Array.from({ length: predictor.size }, () => 0.3 * draw.normal());

const orderOf = (ratingGrid: Grid, seed: number, epoch: number): Uint32Array => {
  const out = new Uint32Array(ratingGrid.order.length).fill(77777);
  writeDiagonals(diagonalsOf(ratingGrid, seed, epoch), out);
  return out;
};

describe("an epoch", () => {
  const { grid: ratingGrid } = problem.grid!(random(5).fork("grid"));

  it("processes every rating once, diagonal by diagonal, in an order that depends on seed and epoch", () => {
    const orders = [0, 1, 2, 3].map((epoch) => orderOf(ratingGrid, 5, epoch));
    for (const order of orders) {
      expect([...order].sort((a, b) => a - b)).toEqual([...Array(N).keys()]);
      let at = 0;
      const left = new Set(ratingGrid.diagonals);
      while (at < N) {
        const diagonal = [...left].find((parts) => parts[0]!.from === order[at] && parts.at(-1)!.to > order[at]!)!;
        const { from } = diagonal[0]!;
        const { to } = diagonal.at(-1)!;
        expect([...order.slice(at, at + to - from)]).toEqual(Array.from({ length: to - from }, (_, i) => from + i));
        left.delete(diagonal);
        at += to - from;
      }
    }
    expect(new Set(orders.map(String)).size).toBe(4);
    expect(orderOf(ratingGrid, 5, 2)).toEqual(orders[2]);
    expect(new Set([5, 6, 7].map((seed) => String(orderOf(ratingGrid, seed, 0)))).size).toBe(3);
  });

  it("has the same result as an epoch of the same ratings in that order, one by one", () => {
    const options: TrainOptions = { batchSize: 1, epochs: 3, start, trace: "running", every: "epoch" };
    const inGrid = run(problem, plain(0.05), { ...options, seed: 5, order: "grid" });
    const order = (epoch: number) => orderOf(ratingGrid, 5, epoch).map((position) => ratingGrid.order[position]!);
    const inOrder = run(problem, plain(0.05), { ...options, seed: 5, order });
    expect(inGrid.shots.map(({ params }) => bits(params))).toEqual(inOrder.shots.map(({ params }) => bits(params)));
    // The grid adds up the losses of each of its blocks, so their mean differs by rounding.
    const [{ batchLoss, ...grid }, { batchLoss: others, ...rest }] = [inGrid.last.history, inOrder.last.history];
    expect(grid).toEqual(rest);
    expect(batchLoss).toHaveLength(3);
    for (const [i, loss] of batchLoss.entries()) expect(Math.abs(loss / others[i]! - 1)).toBeLessThan(1e-14);
  });

  it("changes the objective only by rounding", () => {
    const { problem: gridProblem } = problem.grid!(random(5).fork("grid"));
    const [one, other] = [problem, gridProblem].map((each) => evaluated(each, start));
    expect(Math.abs(one!.value / other!.value - 1)).toBeLessThan(1e-13);
  });
});

it("more ranks than groups are an error", () => {
  const ranks = { rank: 0, size: 9, allGather() {} };
  const start = (options: TrainOptions) => () => train(problem, plain(0.05), { ...options, ranks }).next();
  expect(start({ batchSize: 1, order: "grid" })).toThrow(
    "train: ranks must be at most 8, the number of groups in the grid of these ratings, got 9. Start fewer processes.",
  );
  expect(start({ batchSize: 1 })).not.toThrow();
  expect(() =>
    train(problem, plain(0.05), { batchSize: 1, order: "grid", ranks: { ...ranks, size: 8 } }).next(),
  ).not.toThrow();
});

describe("the parts of a diagonal", () => {
  it.each([8, 16])("give the same bits in any order (%i groups)", (groups) => {
    const cells = grid(user, item, { lefts: USERS, rights: ITEMS, groups }, random(1));
    const width = RANK + 1;
    /** The parameters and the values per rating after an epoch of parts in some order. */
    function epoch(parts: (diagonal: Grid["diagonals"][number]) => Grid["diagonals"][number]) {
      const at = allocate(wasmKernels, "float64", (arena) => ({
        kernels: arena.kernels,
        pairs: arena.indices(2 * N, (view) =>
          cells.order.forEach((row, at) => {
            view.set([user[row]! * width, (USERS + item[row]!) * width], 2 * at);
          }),
        ).byteOffset,
        Y: arena.vector(N, (view) => view.set(Array.from(cells.order, (row) => rated[row]!))).byteOffset,
        x: arena.vector(start.length, (view) => view.set(start)),
        g: arena.vector(start.length).byteOffset,
        rates: arena.doubles(N),
        values: arena.doubles(N),
        scores: arena.reserve(8),
        sweep: arena.doubles(sweepLength),
      }));
      writeSweep(at.sweep, {
        loss: lossCodes.halfSquared,
        inputs: at.pairs,
        targets: at.Y,
        blockRows: 1,
        scores: at.scores,
      });
      writeSweep(at.sweep, { params: at.x.byteOffset, gradient: at.g, size: start.length, batchRows: 1 });
      writeSweep(at.sweep, { mean: 0.3, l2: 0.05, rank: RANK, biased: 1, outputs: 1 });
      at.rates.fill(0.05);
      for (const diagonal of cells.diagonals) {
        for (const { from, to } of parts(diagonal)) {
          const [rates, values] = [at.rates, at.values].map((list) => list.byteOffset + 8 * from);
          writeSweep(at.sweep, { rates: rates!, values: values!, firstRow: from, endRow: to });
          at.kernels.sweepPairs(at.sweep.byteOffset);
        }
      }
      return { params: at.x.slice(), values: at.values.slice() };
    }
    const forward = epoch((parts) => parts);
    expect(epoch((parts) => parts.toReversed())).toEqual(forward);
    expect(epoch((parts) => [...parts.slice(3), ...parts.slice(0, 3)])).toEqual(forward);
    expect(forward.values.every((value) => value > 0)).toBe(true);
  });
});

describe("runs", () => {
  it.each<readonly [string, Optimizer, TrainOptions]>([
    ["one by one", plain(0.05), { batchSize: 1 }],
    ["in batches", plain(0.05), { batchSize: 7 }],
    ["with a state", adam(0.01), { batchSize: 64 }],
  ])("%s, resumed in the middle of an epoch, end with the same bits", (_, optimizer, more) => {
    const options: TrainOptions = { order: "grid", epochs: 2, start, seed: 4, ...more };
    const uninterrupted = run(problem, optimizer, { ...options, every: "epoch" }).last;
    let tried = 0;
    for (const step of train(problem, optimizer, { ...options, every: 17 })) {
      if (step.endOfEpoch && step.stopped) break;
      if (step.t % 51 !== 0 && step.t !== 17) continue;
      tried++;
      const rest = run(problem, optimizer, { ...options, every: "epoch", resume: step.state() }).last;
      expect(rest.state()).toStrictEqual(uninterrupted.state());
    }
    expect(tried).toBeGreaterThan(0);
  });

  it("in full batch have the same objective as shuffled ones", () => {
    const [inGrid, shuffled] = (["grid", "shuffled"] as const).map(
      (order) => run(problem, plain(0.05), { order, epochs: 5, start }).last.history.objective!,
    );
    inGrid!.forEach((value, at) => {
      expect(Math.abs(value / shuffled![at]! - 1)).toBeLessThan(1e-13);
    });
  });

  it("reach the same objective as shuffled ones", () => {
    const reached = (["grid", "shuffled"] as const).map((order) => {
      const problem = ratings(40, 30, 2000, { perRating: 0.02, biases: true });
      const options: TrainOptions = { order, batchSize: 1, epochs: 30, start: "random", every: "epoch" };
      return run(problem, plain(0.05), options).last.objective();
    });
    expect(Math.abs(reached[0]! / reached[1]! - 1)).toBeLessThan(0.02);
  });
});

describe("a problem without pairs", () => {
  const sentence =
    'train: order must not be "grid" for examples that all reach the same parameters, got "grid". ' +
    'Use "shuffled"; grids are for factorizations.';

  it("throws", () => {
    const started = (problem: Problem) => () => train(problem, plain(0.1), { order: "grid", batchSize: 1 }).next();
    expect(started(classification(20, 3).problem)).toThrow(new TypeError(sentence));
    const square = (x: ArrayLike<number>) => x[0]! * x[0]!;
    expect(() => minimize(square, { start: Float64Array.of(1), order: "grid" } as never)).toThrow(TypeError);
  });
});

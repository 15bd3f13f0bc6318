// sweepPairs of the module has the same bits as its definition in the reference, which calls the module's other kernels: for
// ranks and numbers of every kind. sweep.contract.test.ts shows that the trainer's updates have these bits too.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { random } from "../src/core/random.ts";
import type { ElementType, Vector } from "../src/core/vector.ts";
import { allocate } from "../src/kernels/arena.ts";
import { type Kernels, lossCodes } from "../src/kernels/kernels.ts";
import { sweeps } from "../src/kernels/reference/sweeps.ts";
import { viewsOf } from "../src/kernels/reference/views.ts";
import { length as sweepLength } from "../src/kernels/sweepLayout.ts";
import { wasmKernels } from "../src/kernels/wasm.ts";
import { cases } from "./cases.ts";
import { type Draw, ELEMENTS, kernelTrials } from "./kernelTrial.ts";
import { expectStrictlyEqual } from "./strictlyEqual.ts";
import { writeSweep } from "./writeSweep.ts";

const MEAN = 0.7;
const BLOCK_ROWS = 8;
const [LEFTS, RIGHTS] = [4, 5];

const shapes = fc.record({
  seed: fc.nat(),
  r: fc.oneof(fc.integer({ min: 1, max: 35 }), fc.constantFrom(8, 16, 32, 64)),
  biased: fc.constantFrom<0 | 1>(0, 1),
  l2: fc.constantFrom(0, 0.02),
  loss: fc.constantFrom(lossCodes.halfSquared, lossCodes.halfSquared, lossCodes.logistic),
  m: fc.constantFrom(1, 1, 1, 3),
  weighted: fc.boolean(),
  ordered: fc.boolean(),
  averaged: fc.boolean(),
  rows: fc.array(fc.tuple(fc.nat(LEFTS - 1), fc.nat(RIGHTS - 1)), { minLength: 1, maxLength: 30 }),
});

type Shape = typeof shapes extends fc.Arbitrary<infer T> ? T : never;

/** The result of a sweep: the number of updates, the parameters, the average, and the values. */
interface Result {
  readonly done: number;
  readonly lists: readonly Vector[];
}

/** The sweep of some rows by the module, or by its definition with the module's other kernels. */
function swept(shape: Shape, numbers: Draw, elementType: ElementType, by: "module" | "definition"): Result {
  const { seed, r, biased, l2, loss, m, weighted, ordered, averaged, rows } = shape;
  const stream = random(seed);
  const n = rows.length;
  const width = r + biased;
  const size = (LEFTS + RIGHTS) * width;
  const drawn = {
    x: numbers(size, stream),
    Y: loss === lossCodes.logistic ? Float64Array.from(rows, () => Math.sign(stream.normal())) : numbers(n, stream),
    w: numbers(n, stream).map(Math.abs),
    // Common numbers have about r as the squared norm of a row. A step size near 0.1 / r keeps 30 updates of one pair finite.
    rates: Float64Array.from({ length: n }, () => (0.1 / r) * (0.01 + stream.uniform())),
    order: stream.permutation(n),
  };
  let kernels: Pick<Kernels, "sweepPairs"> | undefined;
  const at = allocate(
    (memory, type) => {
      const module = wasmKernels(memory, type);
      kernels = by === "module" ? module : sweeps(viewsOf(memory, type), module);
      return module;
    },
    elementType,
    (arena) => {
      const stored = (list: Vector) => arena.vector(list.length, (view) => view.set(list));
      const pairs = rows.flatMap(([u, i]) => [u * width, (LEFTS + i) * width]);
      return {
        pairs: arena.indices(2 * n, (view) => view.set(pairs)),
        order: arena.indices(n, (view) => view.set(drawn.order)),
        Y: stored(drawn.Y),
        w: stored(drawn.w),
        x: stored(drawn.x),
        g: arena.vector(size),
        average: arena.vector(size),
        rates: arena.doubles(n),
        fractions: arena.doubles(n),
        values: arena.doubles(n),
        scratch: Array.from({ length: 4 }, () => arena.reserve(8 * BLOCK_ROWS)),
        sweep: arena.doubles(sweepLength),
      };
    },
  );
  at.rates.set(drawn.rates);
  at.fractions.fill(0.3);
  writeSweep(at.sweep, {
    loss,
    inputs: at.pairs.byteOffset,
    targets: at.Y.byteOffset,
    weights: weighted ? at.w.byteOffset : 0,
    order: ordered ? at.order.byteOffset : 0,
    blockInputs: at.scratch[0]!,
    blockTargets: at.scratch[1]!,
    blockWeights: at.scratch[2]!,
    blockRows: BLOCK_ROWS,
    scores: at.scratch[3]!,
    params: at.x.byteOffset,
    gradient: at.g.byteOffset,
    size,
    average: averaged ? at.average.byteOffset : 0,
    rates: at.rates.byteOffset,
    fractions: at.fractions.byteOffset,
    values: at.values.byteOffset,
    firstRow: 0,
    endRow: n,
    batchRows: m,
    mean: MEAN,
    l2,
    outputs: 1,
    rank: r,
    biased,
  });
  const done = kernels!.sweepPairs(at.sweep.byteOffset);
  return { done, lists: [at.x, at.average, at.values].map((list) => list.slice()) };
}

/** Expects the module's sweep to have the bits of its definition; returns whether it did all rows. */
function agree(shape: Shape, numbers: Draw, elementType: ElementType): boolean {
  const [module, definition] = (["module", "definition"] as const).map((by) => swept(shape, numbers, elementType, by));
  expectStrictlyEqual(module, definition);
  return module!.done === Math.ceil(shape.rows.length / shape.m);
}

describe.each(ELEMENTS)("sweepPairs in %s has the bits of the single kernels", (elementType) => {
  const { tame, wild } = kernelTrials(elementType);

  it("for common numbers, with pairs that repeat and share rows", () => {
    fc.assert(
      fc.property(shapes, (shape) => agree(shape, tame, elementType)),
      { numRuns: cases(120, 300) },
    );
  });

  it("for all kinds of numbers, and stops before a value that is not finite", () => {
    const ends = { early: 0, done: 0 };
    fc.assert(
      fc.property(shapes, (shape) => {
        const mostlyTame: Draw = (n, stream) => {
          const others = wild(n, stream);
          return tame(n, stream).map((number, i) => (stream.uniform() < 0.01 ? others[i]! : number));
        };
        ends[agree(shape, mostlyTame, elementType) ? "done" : "early"]++;
      }),
      { numRuns: cases(120, 300) },
    );
    expect(Math.min(ends.early, ends.done)).toBeGreaterThan(cases(10, 30));
  });

  it("for zeros of both signs", () => {
    const zeros: Draw = (n, stream) => Float64Array.from({ length: n }, () => (stream.uniform() < 0.5 ? 0 : -0));
    fc.assert(
      fc.property(shapes, (shape) => agree(shape, zeros, elementType)),
      { numRuns: cases(80, 200) },
    );
  });
});

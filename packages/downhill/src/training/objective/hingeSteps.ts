// Newton steps for the hinge with an l2 penalty, and lower bounds of the optimum.
import { type Vector, viewOf } from "../../core/vector.ts";
import type { Arena } from "../../kernels/arena.ts";
import { rowMaps } from "../../kernels/rowMaps.ts";
import type { BoundParts } from "./boundRisk.ts";
import { bindColumnSquares } from "./columnSquares.ts";
import type { SpecParts } from "./hessian.ts";
import { bindHingeSystem } from "./hingeSystem.ts";
import type { Objective } from "./objective.ts";
import { rowParts } from "./rowParts.ts";
import { bindSmoothHinge, listOfRows, type Margins } from "./smoothHinge.ts";
import { bindSparseSystem } from "./sparseSystem.ts";

const NARROWER = 0.25; // the factor of a width; a power of two, so that it is exact
const UNBALANCED = 1e-10; // the share of Σ weight · y α that is a rounding error; more is left if all rows have one sign
const EVEN = 0.5; // a score whose gap is below this share of the mean of all scores waits

/** The steps of a risk in the memory of a run. */
export interface BoundHingeSteps {
  /** A lower bound of the optimum: the dual objective at the slopes of the smoothed hinge. */
  lowerBound(params: Vector, widths: number[]): number;
  /**
   * The slopes −y α of the smoothed hinge with these widths at the parameters with the largest lower bound so far, without the weights of
   * the rows, for each score; null before the first bound.
   */
  slopesAtBound(widths: number[]): Float64Array[] | null;
  /** The parameters with the largest lower bound so far; null before the first bound. */
  boundParams(): Vector | null;
  /** Continues from a largest lower bound and its parameters. */
  restore(largest: number, params: Vector | null): void;
  /** Overwrites `direction` by params − (the parameters after the step); makes widths smaller. */
  step(params: Vector, widths: number[], direction: Vector): void;
}

const MAX_NUMBERS = 1 << 25; // 256 MiB

/** Whether the numbers that the steps need for each row are not too many. */
export const hasHingeMemory = (rows: number, outputs: number): boolean => rows * (3 * outputs + 4) <= MAX_NUMBERS;

/** Whether there are steps: for linear scores, the hinge, and l2 alone, and not too many rows. */
export const hasHingeSteps = (
  { predictor, loss, l2, l1 }: Pick<BoundParts, "predictor" | "loss" | "l2" | "l1">,
  rows: number,
): boolean =>
  predictor.spec?.predictor === "linear" &&
  loss.spec?.loss === "hinge" &&
  l2 > 0 &&
  l1 === 0 &&
  hasHingeMemory(rows, predictor.outputs);

const isSame = (a: Vector | readonly number[], b: ArrayLike<number>): boolean => a.every((x, j) => x === b[j]);

/**
 * Binds the steps. The hinge of each score is smoothed with a width γ. A step is that of Newton's method on the smoothed
 * objective, to about the lowest point along its direction. γ falls as soon as the duality gap of the smoothed objective
 * is smaller than the error of the smoothing.
 *
 * The slopes α of the smoothed hinge are a point of the dual problem of the hinge itself: they are between 0 and 1, and an
 * intercept with Σ weight · y α = 0 is found first. So (1/n) Σ weight · α − ‖(1/n) Σ weight · y α x‖² / (2 l2) is at most the optimum.
 *
 * @param objective  the objective of the run: when it has computed all scores at some parameters, the steps use them. Absent if threads compute
 *   some of them
 *
 * Source: Lee and Mangasarian, “SSVM: A Smooth Support Vector Machine”, 2001; Chen and Harker, 1993 (this smoothing).
 */
export function bindHingeSteps(arena: Arena, parts: SpecParts, n: number, objective?: Objective): BoundHingeSteps {
  const { predictor, X, l2, blockRows } = parts;
  const { bytes, elementType, kernels, memory } = arena;
  const k = predictor.outputs;
  const d = predictor.inputColumns;
  const biases = k * d;
  const scores = arena.vector(blockRows * k);
  const sums = arena.vector(predictor.size);
  const means = new Float64Array(biases); // −(1/n) Σ weight · y α x for each score; in float32 the sums would not be exact enough
  const along = arena.vector(predictor.size);
  const maps = rowMaps(arena, X, d);
  const system = X.entries
    ? bindSparseSystem(arena, X, { n, d, l2 }, bindColumnSquares(arena, parts, n))
    : bindHingeSystem(arena, parts, n, d);
  const gaps = new Float64Array(k); // of the smoothed objective
  const errors = new Float64Array(k); // of the smoothing
  const totals = new Float64Array(k); // the mean of the slopes
  const shifts = new Float64Array(k); // of the intercepts
  const weights = listOfRows(arena, n);
  const margins: readonly Margins[] = Array.from({ length: k }, () => ({
    ...{ u: listOfRows(arena, n), y: listOfRows(arena, n), weights },
  }));
  const slopes = margins.map(() => listOfRows(arena, n)); // −weight · y α; in a step the changes of the scores
  const changes = listOfRows(arena, n);
  const curvatures = listOfRows(arena, n);
  const even = 2 * Math.ceil(n / 2); // the kernels compute the rows in pairs
  const slopeSums = arena.doubles(3);
  const mean = arena.doubles(X.entries ? d + 1 : 0);
  const { balance, stepLength } = bindSmoothHinge(arena);
  let isRead = false;
  let bound = 0;
  let largest = 0; // of the bounds
  let at: Vector | null = null; // the parameters of the largest bound
  let measured: { readonly params: Vector; readonly widths: readonly number[] } | null = null;
  let scored = 0; // rows whose margins are those at `scoredAt`, before a shift
  let scoredAt: Vector;

  if (objective) {
    objective.onScores = (params, { from, to }, z) => {
      if (!isRead) return;
      if (from === 0) {
        scoredAt = params.slice();
        scored = 0;
        measured = null;
      }
      writeMargins(viewOf(elementType, memory.buffer, z, blockRows * k), from, to);
      scored = from === scored ? to : -1;
    };
  }

  function writeMargins(z: Vector, from: number, to: number): void {
    for (let c = 0; c < k; c++) {
      const { u, y } = margins[c]!;
      for (let i = from, at = c; i < to; i++, at += k) u[i] = 1 - y[i]! * z[at]!;
    }
  }

  function read(): void {
    weights.fill(1);
    rowParts(arena, parts, n).each((part) => {
      for (let i = 0, at = 0; i < part.n; i++) {
        for (let c = 0; c < k; c++, at++) margins[c]!.y[part.from + i] = part.targets[at]!;
        if (part.weights) weights[part.from + i] = part.weights[i]!;
      }
    });
    isRead = true;
  }

  /** Calls `take` with the scores of each block of rows. */
  function eachBlock(params: Vector, take: (from: number, to: number) => void): void {
    const at = params.byteOffset;
    for (let from = 0; from < n; from += blockRows) {
      const to = Math.min(from + blockRows, n);
      const rows = X.at({ order: null, from, to });
      maps.affine(rows, at, at + biases * bytes, scores.byteOffset, to - from, k);
      take(from, to);
    }
  }

  /** The means of the slopes, and from these the dual objective. */
  function dualObjective(params: Vector, widths: readonly number[]): void {
    for (let c = 0; c < k; c++) {
      const [u, y, w, S] = [margins[c]!.u, margins[c]!.y, weights, slopes[c]!].map(({ byteOffset }) => byteOffset);
      kernels.smoothSlopes(u!, y!, w!, S!, slopeSums.byteOffset, even, widths[c]!);
      const [sum, total, error] = slopeSums as unknown as [number, number, number];
      errors[c] = error / n;
      totals[c] = Math.abs(sum) <= UNBALANCED * n ? total / n : 0;
    }
    writeMeans();
    bound = 0;
    for (let c = 0; c < k; c++) {
      let gap = 0;
      let square = 0;
      for (let j = c * d; j < (c + 1) * d; j++) {
        const gradient = l2 * params[j]! + means[j]!;
        gap += gradient * gradient;
        square += means[j]! * means[j]!;
      }
      gaps[c] = gap / (2 * l2);
      bound += Math.max(0, totals[c]! - square / (2 * l2)); // the objective is at least 0
    }
  }

  function writeMeans(): void {
    means.fill(0);
    if (X.entries) {
      const { columns, values } = X.entries;
      for (let c = 0; c < k; c++) {
        const own = slopes[c]!;
        for (let i = 0; i < n; i++) changes[i] = own[i]! / n;
        mean.fill(0);
        kernels.sparseProduct(X.address, columns, values, changes.byteOffset, 0, mean.byteOffset, n, d);
        means.set(mean.subarray(0, d), c * d);
      }
      return;
    }
    if (elementType === "float32") {
      rowParts(arena, parts, n).each((part) => {
        const rows = part.inputs();
        for (let i = 0; i < part.n; i++) {
          for (let c = 0; c < k; c++) {
            const slope = slopes[c]![part.from + i]! / n;
            for (let j = 0, from = i * d, to = c * d; j < d; j++) means[to + j]! += slope * rows[from + j]!;
          }
        }
      });
      return;
    }
    const out = sums.byteOffset;
    sums.fill(0);
    for (let from = 0; from < n; from += blockRows) {
      const to = Math.min(from + blockRows, n);
      for (let c = 0; c < k; c++) {
        const own = slopes[c]!;
        for (let i = from, at = c; i < to; i++, at += k) scores[at] = own[i]!;
      }
      const rows = X.at({ order: null, from, to });
      maps.affineBack(scores.byteOffset, rows, out, out + biases * bytes, to - from, k);
    }
    for (let j = 0; j < biases; j++) means[j] = sums[j]! / n;
  }

  function measure(params: Vector, widths: number[]): void {
    if (widths.length === 0) for (let c = 0; c < k; c++) widths.push(1);
    if (measured && isSame(measured.params, params) && isSame(measured.widths, widths)) return;
    if (!isRead) read();
    if (scored < n || !isSame(scoredAt, params)) eachBlock(params, (from, to) => writeMargins(scores, from, to));
    scored = 0;
    shifts.fill(0);
    for (let c = 0; c < k; c++) shiftIntercept(c, widths[c]!);
    dualObjective(params, widths);
    measured = { params: params.slice(), widths: [...widths] };
  }

  function shiftIntercept(c: number, width: number): void {
    const { u, y } = margins[c]!;
    const shift = balance(margins[c]!, width);
    for (let i = 0; i < n; i++) u[i]! -= y[i]! * shift;
    shifts[c]! += shift;
  }

  const waits = (c: number): boolean =>
    gaps[c]! + errors[c]! < (EVEN / k) * gaps.reduce((sum, gap, e) => sum + gap + errors[e]!, 0);

  /** Makes the widths smaller where the smoothed objective is near its optimum. */
  function narrow(params: Vector, widths: number[]): void {
    const narrowed = widths.map((_, c) => gaps[c]! <= errors[c]! && !waits(c));
    if (!narrowed.includes(true)) return;
    for (let c = 0; c < k; c++) {
      if (!narrowed[c]) continue;
      widths[c]! *= NARROWER;
      shiftIntercept(c, widths[c]!);
    }
    dualObjective(params, widths);
  }

  return {
    lowerBound(params, widths) {
      measure(params, widths);
      if (bound > largest) {
        largest = bound;
        at = params.slice();
      }
      return bound;
    },
    slopesAtBound(widths) {
      if (at === null) return null;
      along.set(at);
      measure(along, widths);
      return slopes.map((own) => own.map((s, i) => s / (weights[i] || 1)));
    },
    boundParams: () => at,
    restore(bound, params) {
      largest = bound;
      at = params === null ? null : params.slice();
    },
    step(params, widths, direction) {
      measure(params, widths);
      narrow(params, widths);
      measured = null;
      const moves = widths.map((_, c) => !waits(c));
      for (let c = 0; c < k; c++) {
        along.fill(0, c * d, (c + 1) * d);
        along[biases + c] = 0;
        if (!moves[c]) continue;
        const { u } = margins[c]!;
        const square = 4 * widths[c]! * widths[c]!;
        kernels.smoothBends(u.byteOffset, weights.byteOffset, curvatures.byteOffset, even, square);
        const g = new Float64Array(d);
        for (let j = 0; j < d; j++) g[j] = l2 * params[c * d + j]! + means[c * d + j]!;
        along[biases + c] = system.solve(curvatures, g);
        along.set(g, c * d);
      }
      eachBlock(along, (from, to) => {
        for (let c = 0; c < k; c++) {
          const own = slopes[c]!;
          for (let i = from, at = c; i < to; i++, at += k) own[i] = scores[at]!;
        }
      });
      for (let c = 0; c < k; c++) {
        direction.fill(0, c * d, (c + 1) * d);
        direction[biases + c] = -shifts[c]!;
        if (!moves[c]) continue;
        const own = margins[c]!;
        const moved = slopes[c]!;
        for (let i = 0; i < n; i++) changes[i] = own.y[i]! * moved[i]!;
        let [linear, square] = [0, 0];
        for (let j = c * d; j < (c + 1) * d; j++) {
          linear += params[j]! * along[j]!;
          square += along[j]! * along[j]!;
        }
        const t = stepLength(own, changes, widths[c]!, l2, linear, square);
        for (let j = c * d; j < (c + 1) * d; j++) direction[j] = t * along[j]!;
        direction[biases + c] = t * along[biases + c]! - shifts[c]!;
      }
    },
  };
}

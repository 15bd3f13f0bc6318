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
import { balanceSlopes, bindSmoothHinge, listOfRows, type Margins, moveSlopes } from "./smoothHinge.ts";
import { bindSparseSystem } from "./sparseSystem.ts";

const NARROWER = 0.25; // the factor of a width; a power of two, so that it is exact
const NARROW = 2; // a width falls when its gap is at most this multiple of its error
const NEGLIGIBLE = 1e-2; // of the largest curvature: sparse rows with less are left out of a step

/** The steps of a risk in the memory of a run. */
export interface BoundHingeSteps {
  /** The largest lower bound of the optimum so far: the dual objective at the slopes of the steps. */
  lowerBound(): number;
  /** A copy of the slopes −y α at this bound, without the weights of the rows, for each score; null before the first step. */
  slopes(): Float64Array[] | null;
  /** Continues from such a copy. */
  restore(slopes: readonly Float64Array[]): void;
  /** Overwrites `direction` by params − (the parameters after the step); makes widths smaller. */
  step(params: Vector, widths: number[], direction: Vector): void;
}

type Lists = [number, number, number, number, number, number, number];

const MAX_NUMBERS = 1 << 25; // 256 MiB

/** Whether the numbers that the steps need for each row are not too many. */
export const hasHingeMemory = (rows: number, outputs: number): boolean => rows * (5 * outputs + 2) <= MAX_NUMBERS;

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
 * Binds the steps. The hinge of each score is smoothed with a width γ. A step is that of a primal-dual Newton method, to about the
 * lowest point of the smoothed objective along its direction. γ falls as soon as the duality gap that the smoothing does not explain
 * is at most twice the error of the smoothing.
 *
 * The slopes α between 0 and 1 are unknowns of their own. At an optimum of the smoothed objective (2α − 1) √(u² + 4γ²) = u, which is
 * closer to a linear equation than α = α(u), so the steps are longer. A step changes α as this equation does, limited to [0, 1], and keeps
 * the change of a score if its bound becomes larger.
 *
 * The slopes are a point of the dual problem of the hinge itself, because they are also multiplied so that Σ weight · y α = 0.
 * So (1/n) Σ weight · α − ‖(1/n) Σ weight · y α x‖² / (2 l2) is at most the optimum.
 *
 * @param objective  the objective of the run: when it has computed all scores at some parameters, the steps use them. Absent if threads compute
 *   some of them
 *
 * Source: Chan, Golub and Mulet, “A Nonlinear Primal-Dual Method for Total Variation-Based Image Restoration”, 1999 (the equation); Chen
 * and Harker, 1993 (this smoothing); Lee and Mangasarian, “SSVM: A Smooth Support Vector Machine”, 2001.
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
    ? bindSparseSystem(arena, X, { n, d, l2, negligible: NEGLIGIBLE }, bindColumnSquares(arena, parts, n))
    : bindHingeSystem(arena, parts, n, d);
  const shifts = new Float64Array(k); // of the intercepts
  const weights = listOfRows(arena, n);
  const margins: readonly Margins[] = Array.from({ length: k }, () => ({
    ...{ u: listOfRows(arena, n), y: listOfRows(arena, n), weights },
  }));
  const slopes = margins.map(() => listOfRows(arena, n)); // −weight · y α; in a step the changes of the scores
  const best = margins.map(() => listOfRows(arena, n)); // the slopes −y α of the largest bound
  const bestMeans = new Float64Array(biases).fill(Infinity); // `means` for these
  const bounds = new Float64Array(k).fill(-Infinity);
  const moved = margins.map(() => listOfRows(arena, n)); // the same after the last step; in a step the curvatures
  let isMoved = false; // whether their bounds are not yet computed
  let isBalanced = false; // whether they are known to be balanced
  const changes = listOfRows(arena, n);
  const even = 2 * Math.ceil(n / 2); // the kernels compute the rows in pairs
  const errorSum = arena.doubles(1);
  const mean = arena.doubles(X.entries ? d + 1 : 0);
  const { balance, stepLength } = bindSmoothHinge(arena);
  let isRead = false;
  let scored = 0; // rows whose margins are those at `scoredAt`, before a shift
  let scoredAt: Vector;

  if (objective) {
    objective.onScores = (params, { from, to }, z) => {
      if (!isRead) return;
      if (from === 0) {
        scoredAt = params.slice();
        scored = 0;
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
    for (const own of best) own.fill(0.5); // of either sign, until the first step
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

  /** Makes the slopes after the last step those of the bound, for each score whose bound becomes larger. */
  function compare(): void {
    if (!isMoved) return;
    if (!isRead) read();
    const totals = moved.map((own, c) => balanceSlopes(own, weights, slopes[c]!, isBalanced));
    writeMeans();
    for (let c = 0; c < k; c++) {
      let square = 0;
      for (let j = c * d; j < (c + 1) * d; j++) square += means[j]! * means[j]!;
      const bound = totals[c]! / n - square / (2 * l2);
      if (bound > bounds[c]!) {
        bounds[c] = bound;
        best[c]!.set(moved[c]!);
        bestMeans.set(means.subarray(c * d, (c + 1) * d), c * d);
      }
    }
    isMoved = false;
    isBalanced = false;
  }

  /** Computes the best intercept of a smoothed hinge, its slopes, and the curvatures of a step; returns its error. */
  function smooth(c: number, width: number): number {
    const { u, y } = margins[c]!;
    const shift = balance(margins[c]!, width);
    for (let i = 0; i < n; i++) u[i]! -= y[i]! * shift;
    shifts[c]! += shift;
    const lists = [u, y, weights, best[c]!, slopes[c]!, moved[c]!, errorSum].map(({ byteOffset }) => byteOffset);
    kernels.smoothSlopes(...(lists as Lists), even, width);
    return errorSum[0]! / n;
  }

  function writeMeans(): void {
    means.fill(0);
    if (X.entries) {
      const { columns, values } = X.entries;
      for (let c = 0; c < k; c++) {
        mean.fill(0);
        kernels.sparseProduct(X.address, columns, values, slopes[c]!.byteOffset, 0, mean.byteOffset, n, d);
        for (let j = 0; j < d; j++) means[c * d + j] = mean[j]! / n;
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

  /** The scores and the slopes; makes the widths smaller where the smoothed objective is near its optimum. */
  function prepare(params: Vector, widths: number[]): void {
    if (widths.length === 0) for (let c = 0; c < k; c++) widths.push(1);
    if (!isRead) read();
    compare();
    if (scored < n || !isSame(scoredAt, params)) eachBlock(params, (from, to) => writeMargins(scores, from, to));
    scored = 0;
    shifts.fill(0);
    for (let c = 0; c < k; c++) {
      let gap = 0; // the part of the duality gap that the smoothing does not explain
      for (let j = c * d; j < (c + 1) * d; j++) {
        const rest = l2 * params[j]! + bestMeans[j]!;
        gap += (rest * rest) / (2 * l2);
      }
      if (gap > NARROW * smooth(c, widths[c]!)) continue;
      widths[c]! *= NARROWER;
      smooth(c, widths[c]!);
    }
    writeMeans();
  }

  return {
    lowerBound() {
      compare();
      return bounds.reduce((sum, bound) => sum + Math.max(0, bound), 0); // the objective is at least 0
    },
    slopes() {
      compare();
      return bounds[0] === -Infinity ? null : best.map((own) => own.slice());
    },
    restore(all) {
      for (let c = 0; c < k; c++) moved[c]!.set(all[c]!);
      isMoved = true;
      isBalanced = true;
    },
    step(params, widths, direction) {
      prepare(params, widths);
      for (let c = 0; c < k; c++) {
        const g = new Float64Array(d);
        for (let j = 0; j < d; j++) g[j] = l2 * params[c * d + j]! + means[c * d + j]!;
        along[biases + c] = system.solve(moved[c]!, g);
        along.set(g, c * d);
      }
      eachBlock(along, (from, to) => {
        for (let c = 0; c < k; c++) {
          const own = slopes[c]!;
          for (let i = from, at = c; i < to; i++, at += k) own[i] = scores[at]!;
        }
      });
      isMoved = true;
      for (let c = 0; c < k; c++) {
        const own = margins[c]!;
        for (let i = 0; i < n; i++) changes[i] = own.y[i]! * slopes[c]![i]!;
        moveSlopes(own, best[c]!, changes, widths[c]!, moved[c]!);
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

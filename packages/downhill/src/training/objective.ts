import { requireNonNegative } from "../core/check.ts";
import type { Random } from "../core/random.ts";
import type { Rows } from "../core/rows.ts";
import type { Element, Vector } from "../core/vector.ts";
import type { Arena } from "../kernels/arena.ts";
import type { Address } from "../kernels/kernels.ts";
import { resident, type Source } from "../kernels/resident.ts";
import type { Loss } from "../losses/loss.ts";
import type { Predictor, Stretch } from "../predictors/predictor.ts";
import { bindRisk, type RiskSpec } from "./boundRisk.ts";

/** What is to be minimised, before it has memory: a mean over examples plus penalties. */
export interface Problem {
  /** Parameters. */
  readonly size: number;
  readonly examples: number;
  /** What a run's parameters, gradients and data are. Sums are float64 in either case. */
  readonly element: Element;
  /** The random start. */
  init(params: Vector, random: Random): void;
  /** Lays the data into a run's arena, with all scratch. */
  bind(arena: Arena): Objective;
}

/** A problem on a run's memory. Vectors given to it lie in that memory. */
export interface Objective {
  /** Rows handled at a time; lanes consist of whole blocks. */
  readonly blockRows: number;
  /** Multiply-adds of one row's scores. */
  readonly work: number;
  /** The same for another thread, which binds it in the same memory; absent where a part of it is not ours. */
  readonly spec?: RiskSpec;
  /** Adds the sum of the rows' gradients to `gradient` and returns the sum of their losses. Blocks and lanes call this. */
  add(params: Vector, rows: Rows, gradient: Vector): number;
  /** From sums to the objective on these rows: divides by the row count, adds the penalties. Returns the value. */
  finish(params: Vector, rows: Rows, sum: number, gradient: Vector): number;
  /** The sum of the rows' losses alone, without penalties or gradient. */
  loss(params: Vector, rows: Rows): number;
  /** The step of the part that has no gradient (l1), after a subtraction with this rate. */
  proximal?(params: Vector, rate: number): void;
  /** Where the parameters begin that these rows (one block at most) can change. Absent when that is all of them. */
  touched?(rows: Rows): { readonly starts: Address; readonly count: number; readonly width: number };
  /**
   * Plain descent over a stretch of batches of one block at most, in one call, with the bits of one update after another
   * (l1's step included); returns how many were done: it stops before a batch whose value is not finite.
   */
  sweep?(stretch: Stretch): number;
}

export interface RiskOptions {
  readonly predictor: Predictor;
  readonly loss: Loss;
  /** One row per example. */
  readonly inputs: Source;
  /** `loss.targets` numbers per example. */
  readonly targets: Source;
  /** One number per example, of mean 1; all 1 when absent. */
  readonly weights?: Source;
  /** l2 / 2 · ‖w‖² over the predictor's weights [0]. */
  readonly l2?: number;
  /** l1 · Σ |w| over the predictor's weights [0]. */
  readonly l1?: number;
}

/**
 * Empirical risk: (1/n) Σ weightᵢ · loss(predictor(xᵢ), yᵢ) + l2/2 ‖w‖² + l1 ‖w‖₁. Its element is that of the inputs, and
 * for pairs that of the targets.
 *
 * @throws RangeError when l2 or l1 is negative, or predictor, loss and data do not fit together
 */
export function risk({ predictor, loss, inputs, targets, weights, l2 = 0, l1 = 0 }: RiskOptions): Problem {
  requireNonNegative("risk", "l2", l2);
  requireNonNegative("risk", "l1", l1);
  requireShape("scores per example", predictor.outputs, loss.outputs);
  requireShape("columns of inputs", predictor.inputColumns, inputs.columns);
  requireShape("columns of targets", loss.targets, targets.columns);
  requireShape("rows of targets", inputs.rows, targets.rows);
  if (weights) requireShape("numbers of weights", inputs.rows, weights.rows * weights.columns);
  return {
    size: predictor.size,
    examples: inputs.rows,
    element: inputs.element ?? targets.element ?? "float64",
    init: (params, random) => predictor.init(params, random),
    bind(arena) {
      const blockRows = Math.min(predictor.blockRows, inputs.rows);
      const X = resident(arena, inputs, blockRows);
      const y = resident(arena, targets, blockRows);
      const w = weights && resident(arena, weights, blockRows);
      return bindRisk(arena, { predictor, loss, X, y, w, l2, l1, blockRows });
    },
  };
}

function requireShape(what: string, wanted: number, got: number): void {
  if (got === wanted) return;
  throw new RangeError(
    `risk: ${what} must be ${wanted}, got ${got}. Give predictor, loss, inputs, targets and weights of one shape.`,
  );
}

import { requireNonNegative } from "../core/check.ts";
import type { Random } from "../core/random.ts";
import type { Rows } from "../core/rows.ts";
import type { Element, Vector } from "../core/vector.ts";
import type { Arena } from "../kernels/arena.ts";
import { type Address, lossCodes } from "../kernels/kernels.ts";
import { resident, type Source } from "../kernels/resident.ts";
import type { Loss } from "../losses/loss.ts";
import type { Predictor, Stretch } from "../predictors/predictor.ts";

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
      const { kernels, bytes } = arena;
      const blockRows = Math.min(predictor.blockRows, inputs.rows);
      const X = resident(arena, inputs, blockRows);
      const y = resident(arena, targets, blockRows);
      const w = weights && resident(arena, weights, blockRows);
      const pass = predictor.bind(arena, X, blockRows);
      const block = { order: null as Uint32Array | null, from: 0, to: 0 };

      /** The block's losses; their slopes then stand in the pass's scores. */
      function lossOfBlock(params: Vector): number {
        pass.forward(params.byteOffset, block);
        return loss.sumAndSlope(kernels, pass.scores, y.at(block), w ? w.at(block) : 0, block.to - block.from);
      }

      const objective: Objective = {
        blockRows,
        add(params, { order, from, to }, gradient) {
          block.order = order;
          let sum = 0;
          for (block.from = from; block.from < to; block.from = block.to) {
            block.to = Math.min(block.from + blockRows, to);
            sum += lossOfBlock(params);
            sum += pass.pullback(params.byteOffset, gradient.byteOffset);
          }
          return sum;
        },
        finish(params, rows, sum, gradient) {
          const count = rows.to - rows.from;
          if (count > 1) kernels.scale(1 / count, gradient.byteOffset, gradient.length);
          let value = sum / count;
          for (const [from, to] of predictor.weights) {
            const at = params.byteOffset + from * bytes;
            if (l2 > 0) {
              value += 0.5 * l2 * kernels.dot(at, at, to - from);
              kernels.axpy(l2, at, gradient.byteOffset + from * bytes, to - from);
            }
            if (l1 > 0) value += l1 * kernels.sumAbsolute(at, to - from);
          }
          return value;
        },
        loss(params, { order, from, to }) {
          block.order = order;
          let sum = 0;
          for (block.from = from; block.from < to; block.from = block.to) {
            block.to = Math.min(block.from + blockRows, to);
            sum += lossOfBlock(params);
          }
          return sum;
        },
      };
      if (l1 > 0) {
        objective.proximal = (params, rate) => {
          for (const [from, to] of predictor.weights) {
            kernels.shrink(params.byteOffset + from * bytes, to - from, rate * l1);
          }
        };
      }
      if (l2 === 0 && l1 === 0 && pass.touched) objective.touched = (rows) => pass.touched!(rows);
      const code = loss.spec && lossCodes[loss.spec.loss];
      if (pass.sweep && code !== undefined) {
        objective.sweep = (stretch) => pass.sweep!({ ...stretch, code, targets: y, weights: w, l2, l1 });
      }
      return objective;
    },
  };
}

function requireShape(what: string, wanted: number, got: number): void {
  if (got === wanted) return;
  throw new RangeError(
    `risk: ${what} must be ${wanted}, got ${got}. Give predictor, loss, inputs, targets and weights of one shape.`,
  );
}

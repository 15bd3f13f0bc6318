import { InputRangeError, requireNonNegative } from "../../core/check.ts";
import { type Vector, viewOf } from "../../core/vector.ts";
import type { Arena } from "../../kernels/arena.ts";
import { type Placed, resident, type Source } from "../../kernels/rowBlocks.ts";
import type { Loss } from "../../losses/loss.ts";
import type { Predictor } from "../../predictors/predictor.ts";
import { bindRisk } from "./boundRisk.ts";
import { constantLoss } from "./constantLoss.ts";
import { bindCurvature, hasCurvature } from "./curvature.ts";
import type { Problem } from "./objective.ts";

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
  const laid = (order?: Uint32Array): Problem => ({
    size: predictor.size,
    examples: inputs.rows,
    element: inputs.element ?? targets.element ?? "float64",
    init: (params, random) => predictor.init(params, random),
    bind(arena) {
      const blockRows = Math.min(predictor.blockRows, inputs.rows);
      const X = resident(arena, inputs, blockRows, order);
      const y = resident(arena, targets, blockRows, order);
      const w = weights && resident(arena, weights, blockRows, order);
      const parts = { predictor, loss, X, y, w, l2, l1, blockRows };
      const objective = bindRisk(arena, parts);
      const { spec } = loss;
      if (spec === undefined) return objective;
      const numbers = ({ address }: Placed, columns: number): Vector =>
        viewOf(arena.element, arena.memory.buffer, address, inputs.rows * columns);
      return {
        ...objective,
        constant: () => constantLoss(spec, numbers(y, loss.targets), w ? numbers(w, 1) : null),
        ...(hasCurvature(parts) && { curvature: (arena: Arena) => bindCurvature(arena, parts, inputs.rows) }),
      };
    },
  });
  if (!inputs.grid) return laid();
  return {
    ...laid(),
    grid(random) {
      const grid = inputs.grid!(random);
      return { problem: laid(grid.order), grid };
    },
  };
}

function requireShape(what: string, wanted: number, got: number): void {
  if (got === wanted) return;
  throw new InputRangeError(
    `risk: ${what} must be ${wanted}, got ${got}. Give predictor, loss, inputs, targets and weights of one shape.`,
  );
}

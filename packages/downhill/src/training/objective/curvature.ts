import type { Rows } from "../../core/rows.ts";
import { type Vector, viewOf } from "../../core/vector.ts";
import type { Arena } from "../../kernels/arena.ts";
import type { RowBlocks } from "../../kernels/rowBlocks.ts";
import { slopeLimits } from "../../losses/limitedSlope.ts";
import { allCorrect, largestCurvature, staysQuadratic } from "../../losses/slopeChange.ts";
import type { Predictor } from "../../predictors/predictor.ts";
import type { BoundParts } from "./boundRisk.ts";
import { smallestShare } from "./classShares.ts";
import { blocksOf, type ColumnSquares } from "./columnSquares.ts";
import { bindHessian, type Hessian, type SpecParts } from "./hessian.ts";
import { rowParts } from "./rowParts.ts";

/** The second derivatives H of an objective of linear scores and a smooth loss: what the rule `remaining` needs. */
export interface Curvature extends Hessian {
  /** l2 and l1, and the ranges of parameters that they penalise. */
  readonly penalties: Pick<BoundParts, "l2" | "l1"> & Pick<Predictor, "weights">;
  /**
   * An upper bound of each entry of the diagonal of H, for all parameters. For poisson, which has none, about the diagonal at
   * the optimum, with the targets for the means. Above 0.
   */
  readonly largest: () => Float64Array;
  /** About the curvature of an intercept (classShares.ts). */
  readonly smallestShare: () => number;
  /** Whether the loss is quadratic, at least between limits. */
  readonly isQuadratic: boolean;
  /**
   * For a loss that is quadratic only between limits: whether each row between them stays there from `params` to params − v.
   * Absent for other losses.
   */
  staysQuadratic?(params: Vector, v: Vector): boolean;
  /** Whether an optimum may not exist: there is no penalty, and the loss falls without end as the scores grow. */
  readonly unbounded: boolean;
  /**
   * Whether all examples are on the correct side at these parameters. Without a penalty this proves that no optimum exists:
   * longer parameters in the same direction always give a lower loss.
   */
  separates(params: Vector): boolean;
}

/** Whether the curvature of a risk is known: with linear scores and a smooth loss of the library. */
export const hasCurvature = ({ predictor, loss }: Pick<BoundParts, "predictor" | "loss">): boolean =>
  predictor.spec?.predictor === "linear" && loss.spec !== undefined && largestCurvature(loss.spec) !== undefined;

/** The curvature of a risk of n rows, with scratch buffers in the arena. */
export function bindCurvature(arena: Arena, parts: SpecParts, n: number, columnSquares: ColumnSquares): Curvature {
  const { predictor, y, w, l2, l1, blockRows } = parts;
  const spec = parts.loss.spec;
  const k = predictor.outputs;
  const d = predictor.inputColumns;
  const numbers = (rows: RowBlocks, block: Rows, columns: number): Vector =>
    viewOf(arena.elementType, arena.memory.buffer, rows.at(block), (block.to - block.from) * columns);
  const weighted = arena.vector(spec.loss === "poisson" ? blockRows : 0);
  const { times, everyBlock } = bindHessian(arena, parts, n);

  return {
    penalties: { weights: predictor.weights, l2, l1 },
    largest() {
      const means = spec.loss === "poisson" ? meansOfRows() : null;
      const squares = means ? columnSquares.over(blocksOf(n, blockRows), means.weightsOf) : columnSquares.all;
      const c = means ? 1 : largestCurvature(spec)!;
      const bounds = new Float64Array(predictor.size).fill(means ? means.total() / n : c, k * d);
      for (let at = 0; at < k * d; at++) bounds[at] = (c * squares[at % d]!) / n + l2 || 1; // 1 for a column of zeros
      return bounds;
    },
    smallestShare: () => smallestShare(spec, rowParts(arena, parts, n)),
    times,
    isQuadratic: spec.loss === "halfSquared" || Boolean(slopeLimits(spec)),
    ...(slopeLimits(spec) && {
      staysQuadratic: (params: Vector, v: Vector) =>
        everyBlock(params, v, (scored, t) => staysQuadratic(spec, scored, t)),
    }),
    unbounded: l2 === 0 && l1 === 0 && (spec.loss === "logistic" || spec.loss === "crossEntropy"),
    separates: (params) => everyBlock(params, null, (scored) => allCorrect(spec, scored)),
  };

  /** The products of the weight and the mean target of each row, block by block, and their sum so far. */
  function meansOfRows() {
    let total = 0;
    return {
      total: () => total,
      weightsOf(block: Rows) {
        const [targets, weights] = [numbers(y, block, k), w && numbers(w, block, 1)];
        for (let i = 0; i < block.to - block.from; i++) {
          let mean = 0;
          for (let c = 0; c < k; c++) mean += targets[i * k + c]! / k;
          weighted[i] = (weights ? weights[i]! : 1) * mean;
          total += weighted[i]!;
        }
        return weighted.byteOffset;
      },
    };
  }
}

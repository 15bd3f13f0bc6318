import { InputRangeError, requireNonNegative } from "../../core/check.ts";
import type { Chunks } from "../../core/chunks.ts";
import type { Rows } from "../../core/rows.ts";
import { type ElementType, type Vector, viewOf } from "../../core/vector.ts";
import type { Arena } from "../../kernels/arena.ts";
import { bindRows, type ChunkedRows, type RowSources } from "../../kernels/boundRows.ts";
import type { RowLocation } from "../../kernels/source.ts";
import type { Loss } from "../../losses/loss.ts";
import type { Predictor } from "../../predictors/predictor.ts";
import { bindRisk } from "./boundRisk.ts";
import { bindColumnSquares } from "./columnSquares.ts";
import { constantLoss } from "./constantLoss.ts";
import { bindCurvature, hasCurvature } from "./curvature.ts";
import { bindHessian } from "./hessian.ts";
import { bindHingeSteps, hasHingeSteps } from "./hingeSteps.ts";
import { bindMetric } from "./metric.ts";
import type { LinearData, Problem } from "./objective.ts";
import { type RowParts, rowParts } from "./rowParts.ts";
import { numbersOfEntries } from "./sparseEntries.ts";

const SPARSE_BLOCK = 256; // the entries of a row are few, so the rows of a block stay in the cache
const CHUNK = 2048; // scores that are processed at a time where the inputs are not needed

const MAX_NUMBERS = 1 << 25; // of a certificate of stored rows: 256 MiB

/** The parts of a risk: its rows are `inputs`, `targets` and `weights` in memory, or `stored` in chunks. */
export type RiskOptions = RiskParts & (RowSources | ChunkedRows);

/** The parts of a risk without its rows. */
export interface RiskParts {
  /** Computes the scores of an example: `linear`, `network` or `factors`, or your own. */
  readonly predictor: Predictor;
  /** Compares scores with targets: `halfSquared`, `logistic`, `crossEntropy`, `hinge` or `squaredHinge`, or your own. */
  readonly loss: Loss;
  /** The penalty l2 / 2 · ‖w‖² on the predictor's weights [0]. */
  readonly l2?: number;
  /** The penalty l1 · Σ |w| on the predictor's weights [0]. */
  readonly l1?: number;
}

/**
 * The empirical risk, a problem for `train`: (1/n) Σ weightᵢ · loss(predictor(xᵢ), yᵢ) + l2/2 ‖w‖² + l1 ‖w‖₁. Intercepts
 * are not penalised. Its element type is that of the inputs; for pairs it is that of the targets.
 *
 * @throws RangeError when l2 or l1 is negative, or the shapes of predictor, loss and data differ
 *
 * @example
 * ```ts
 * import { column, dense, halfSquared, linear, risk } from "downhill";
 *
 * const inputs = dense({ data: Float64Array.of(1, 2, 3), rows: 3, columns: 1 });
 * const targets = column(Float64Array.of(3, 5, 7));
 * const problem = risk({ predictor: linear(1), loss: halfSquared(), inputs, targets });
 * problem.size; // 2
 * ```
 */
export function risk({ predictor, loss, l2 = 0, l1 = 0, ...rows }: RiskOptions): Problem {
  requireNonNegative("risk", "l2", l2);
  requireNonNegative("risk", "l1", l1);
  requireShape("scores per example", predictor.outputs, loss.outputs);
  const { n, columns, targets, elementType, chunks } = shapeOf(rows);
  requireShape("columns of inputs", predictor.inputColumns, columns);
  requireShape("columns of targets", loss.targets, targets);
  const inputs = "stored" in rows ? undefined : rows.inputs;
  const inOrder = (order?: Uint32Array): Problem => ({
    size: predictor.size,
    examples: n,
    elementType,
    ...(chunks && { chunks }),
    buffer: order === undefined ? inputs?.buffer : undefined,
    init: (params, random) => predictor.init(params, random),
    bind(arena) {
      const blockRows = Math.min(inputs?.entriesPerRow === undefined ? predictor.blockRows : SPARSE_BLOCK, n);
      const bound = bindRows(arena, rows, blockRows, order);
      const { X, y, w } = bound;
      const parts = { predictor, loss, ...bound, l2, l1, blockRows };
      const objective = bindRisk(arena, parts);
      if (inputs?.redraw) {
        objective.beginEpoch = (epoch) =>
          inputs.redraw!(epoch, new Uint32Array(arena.memory.buffer, X.address, n * columns));
      }
      const { spec } = loss;
      if (spec === undefined) return objective;
      const d = predictor.inputColumns;
      const k = predictor.outputs;
      const chunk = Math.min(n, Math.max(blockRows, Math.floor(CHUNK / k)));
      const isLinear = predictor.spec?.predictor === "linear";
      // Certificates are computed in float64, and dense rows of float32 are copied for them.
      const copied = elementType === "float64" || X.entries ? 0 : blockRows * d;
      const scratchNumbers = 3 * predictor.size + chunk * (3 * k + loss.targets + 1) + copied + 3 * k + 1;
      const scratch = isLinear ? arena.reserve(8 * scratchNumbers) : 0;
      const specParts = { ...parts, loss: { ...loss, spec } };
      const squares = isLinear ? bindColumnSquares(arena, parts, n) : null;
      const numbers = ({ address }: RowLocation, columns: number): Vector =>
        viewOf(arena.elementType, arena.memory.buffer, address, n * columns);
      const { affineScratch } = arena;
      const facts = {
        loss: spec,
        n,
        d,
        k,
        l2,
        l1,
        blockRows,
        chunk,
        scratch,
        affineScratch,
        squares: () => squares!.all,
      };
      const dataWith = (numbersOfRows: Vector): LinearData => ({
        ...facts,
        X: numbersOfRows,
        targets: numbers(y, loss.targets),
        weights: w ? numbers(w, 1) : null,
      });
      let constant: ReturnType<typeof constantLoss> | undefined;
      return {
        ...objective,
        constant() {
          constant ??= constantLoss(spec, rowParts(arena, parts, n));
          return constant;
        },
        ...(predictor.spec && { hessian: (arena: Arena) => bindHessian(arena, specParts, n) }),
        ...(squares &&
          hasCurvature(parts) && {
            curvature: (arena: Arena) => bindCurvature(arena, specParts, n, squares),
            metric: (arena: Arena) => bindMetric(arena, specParts, n, squares),
          }),
        ...(hasHingeSteps(parts, n) && {
          hingeSteps: (arena: Arena, threads: boolean) =>
            bindHingeSteps(arena, specParts, n, threads ? undefined : objective),
        }),
        ...(isLinear && !X.entries && !bound.chunks && { linearData: () => dataWith(numbers(X, d)) }),
        ...(isLinear &&
          X.entries &&
          elementType === "float64" && {
            sparseData: () => ({ ...dataWith(numbersOfEntries(arena, X, n)), sparse: X }),
          }),
        ...(isLinear &&
          bound.chunks &&
          n * (6 * k + 4) <= MAX_NUMBERS && {
            linearRows: () => ({
              ...facts,
              ...labelsOf(rowParts(arena, parts, n), loss.targets, w !== undefined),
              inputs: (block: Rows) => X.at(block),
            }),
          }),
      };
    },
  });
  if (!inputs?.grid) return inOrder();
  return {
    ...inOrder(),
    grid(random) {
      const grid = inputs.grid!(random);
      return { problem: inOrder(grid.order), grid };
    },
  };
}

/** The targets and the weights of all rows, in memory of their own. */
function labelsOf({ n, each }: RowParts, perRow: number, weighted: boolean): Pick<LinearData, "targets" | "weights"> {
  const targets = new Float64Array(n * perRow);
  const weights = weighted ? new Float64Array(n) : null;
  each((part) => {
    targets.set(part.targets, part.from * perRow);
    weights?.set(part.weights!, part.from);
  });
  return { targets, weights };
}

/** The numbers of rows and columns, and the element type. @throws RangeError if the parts have different numbers of rows */
function shapeOf(rows: RowSources | ChunkedRows): {
  readonly n: number;
  readonly columns: number;
  readonly targets: number;
  readonly elementType: ElementType;
  readonly chunks?: Chunks;
} {
  if ("stored" in rows) return { ...rows.stored, n: rows.stored.rows, chunks: rows.stored };
  const { inputs, targets, weights } = rows;
  requireShape("rows of targets", inputs.rows, targets.rows);
  if (weights) requireShape("numbers of weights", inputs.rows, weights.rows * weights.columns);
  const elementType = inputs.elementType ?? targets.elementType ?? "float64";
  return { n: inputs.rows, columns: inputs.columns, targets: targets.columns, elementType };
}

function requireShape(what: string, expected: number, got: number): void {
  if (got === expected) return;
  throw new InputRangeError(
    `risk: ${what} must be ${expected}, got ${got}. Make predictor, loss, inputs, targets and weights for the same shapes.`,
  );
}

// The rows of a fit: in memory, or stored in chunks.
import type { Matrix } from "../../core/matrix.ts";
import { takeRows } from "../../core/matrix.ts";
import { elementTypeOfMatrix, isSparse } from "../../core/sparse.ts";
import type { ElementType } from "../../core/vector.ts";
import { column, dense, rowsOf } from "../../kernels/source.ts";
import type { Problem } from "../../training/objective/objective.ts";
import { type RiskParts, risk } from "../../training/objective/risk.ts";
import { type RowSizes, rowSizes } from "./rowSizes.ts";
import type { RowSubset } from "./rowSubsets.ts";
import { type Scaling, standardization } from "./scaling.ts";
import { sparseScaling } from "./sparseScaling.ts";

/** Rows before they are scaled, with targets as the loss expects them and weights with mean 1. */
export interface FitRows extends Pick<Matrix, "rows" | "columns" | "names"> {
  readonly isSparse: boolean;
  readonly elementType: ElementType;
  /** Calls `visit` for parts of the rows, in their order. The numbers of a part are valid during the call only. */
  each(visit: (part: RowSubset) => void): void;
  /** At most this many of the rows, evenly spaced, or all. Their weights are not scaled again. */
  spaced(most: number): RowSubset;
  /** The sizes of the columns and the rows, before they are scaled. They are computed once. */
  sizes(): RowSizes;
  /** The scaling of the columns. */
  scaling(functionName: string): Scaling;
  /** The risk of all rows, whose columns are scaled. */
  problem(parts: RiskParts, scaling: Scaling | null): Problem;
}

/** The indices of at most `most` rows, at equal distances from each other; null if these are all rows. */
export function spacedRows(rows: number, most: number): Uint32Array | null {
  const every = Math.ceil(rows / Math.min(rows, most));
  return every === 1 ? null : Uint32Array.from({ length: Math.ceil(rows / every) }, (_, i) => i * every);
}

/** The risk of rows in memory. */
export const riskOf = ({ X, y, weights }: RowSubset, parts: RiskParts, scaling: Scaling | null): Problem =>
  risk({
    ...parts,
    inputs: rowsOf(X, scaling ?? undefined),
    targets: dense(y),
    weights: weights ? column(weights) : undefined,
  });

/** Rows in memory. */
export function rowsInMemory(all: RowSubset): FitRows {
  const { X } = all;
  let known: RowSizes | undefined;
  const parts = {
    columns: X.columns,
    isSparse: isSparse(X),
    each: (visit: (part: RowSubset) => void): void => visit(all),
  };
  const sizes = (): RowSizes => (known ??= rowSizes(parts));
  return {
    ...parts,
    rows: X.rows,
    ...(X.names && { names: X.names }),
    elementType: elementTypeOfMatrix(X),
    spaced(most) {
      const rows = spacedRows(X.rows, most);
      if (rows === null) return all;
      return {
        X: takeRows(X, rows),
        y: takeRows(all.y, rows),
        weights: all.weights && Float64Array.from(rows, (row) => all.weights![row]!),
      };
    },
    sizes,
    scaling: (functionName) =>
      isSparse(X) ? sparseScaling(X, functionName) : standardization(X, functionName, undefined, sizes().ranges!),
    problem: (parts, scaling) => riskOf(all, parts, scaling),
  };
}

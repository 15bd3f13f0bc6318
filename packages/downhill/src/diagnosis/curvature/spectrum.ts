import { InputRangeError } from "../../core/check.ts";
import type { BindKernels } from "../../kernels/kernels.ts";
import type { LinearData } from "../../training/objective/objective.ts";
import { columnShares, linearOwners } from "./columnShares.ts";
import type { CurvatureReport } from "./curvatureReport.ts";
import { type Eigen, eigenOf } from "./eigen.ts";
import { type HessianBlock, hessianBlocks } from "./hessianBlocks.ts";

/** A block of the Hessian with its eigenvalues above rounding and their eigenvectors. */
export interface BlockSpectrum extends Eigen, Omit<HessianBlock, "matrix"> {}

/**
 * The eigenvalues and eigenvectors of the Hessian of linear scores. With halfSquared there is one block, which is the same for all
 * outputs.
 *
 * @throws RangeError when a second derivative is too large for a number
 */
export const spectrum = (data: LinearData, params: ArrayLike<number>, kernels: BindKernels): BlockSpectrum[] =>
  hessianBlocks(data, params, kernels).map(({ matrix, m, outputs }) => ({
    ...eigenOf(requireFiniteCurvature(matrix), m, roundingOf(data), kernels),
    m,
    outputs,
  }));

/** The relative rounding error of a diagonal entry of the Hessian after Cholesky's method. */
export const roundingOf = ({ n, d, k }: LinearData): number => 4 * Number.EPSILON * (k * (d + 1) + Math.sqrt(n));

/** @throws RangeError unless all second derivatives are finite numbers */
export function requireFiniteCurvature<T extends ArrayLike<number>>(numbers: T): T {
  for (let at = 0; at < numbers.length; at++) {
    if (Math.abs(numbers[at]!) < Infinity) continue;
    throw new InputRangeError(
      `curvature: second derivatives must be finite numbers, got ${numbers[at]}, because an input or a parameter is too large. ` +
        "Standardize the columns, or pass smaller params.",
    );
  }
  return numbers;
}

/** The report of exact eigenvalues. */
export function exactReport(
  data: LinearData,
  params: ArrayLike<number>,
  names: readonly string[] | undefined,
  kernels: BindKernels,
): CurvatureReport {
  let [largest, smallest] = [0, Infinity];
  let [steepest, flattest]: (Float64Array | undefined)[] = [];
  for (const { values, vectors, m } of spectrum(data, params, kernels)) {
    const last = values.length - 1;
    if (last < 0) continue;
    if (values[0]! > largest) {
      largest = values[0]!;
      steepest = vectors.subarray(0, m);
    }
    if (values[last]! < smallest) {
      smallest = values[last]!;
      flattest = vectors.subarray(last * m);
    }
  }
  const shares = (direction: Float64Array) =>
    columnShares(direction, linearOwners(data.d, direction.length / (data.d + 1), names));
  const known = flattest !== undefined;
  return {
    largest,
    largestBound: largest * (1 + roundingOf(data)),
    smallest: known ? smallest : null,
    condition: known ? largest / smallest : null,
    method: "exact",
    failureProbability: 0,
    steepest: steepest ? shares(steepest) : [],
    flattest: flattest ? shares(flattest) : null,
  };
}

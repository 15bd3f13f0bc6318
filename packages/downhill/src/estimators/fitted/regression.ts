// What fitted models of a number share.
import { InputTypeError, requireFinite, show } from "../../core/check.ts";
import { matrix } from "../../core/matrix.ts";
import type { Predictor } from "../../predictors/predictor.ts";
import type { Again, PartialFitOptions } from "../fit/estimator.ts";
import type { Targets } from "../fit/rowSubsets.ts";
import { type Scaling, standardization } from "../fit/scaling.ts";
import { matrixOf, type Table } from "../fit/table.ts";
import type { FittedData, FittedTable } from "./fittedData.ts";
import { tableMembers } from "./fittedTable.ts";
import { scorer } from "./scorer.ts";

/** A fitted model that predicts a number. */
export interface FittedRegression extends FittedTable {
  /** The predicted target of each row. */
  predict(X: Table): Float64Array;
  /** The model trained further on other rows: scaling and l2 stay, the clock of schedules goes on. */
  partialFit(X: Table, y: ArrayLike<number>, options?: PartialFitOptions): FittedRegression;
}

/** Numbers as targets, standardized or as they are. */
export function numberTargets(functionName: string, y: ArrayLike<number>, frozen: Scaling | null | undefined): Targets {
  for (let i = 0; i < y.length; i++) {
    if (typeof y[i] !== "number") {
      throw new InputTypeError(
        `${functionName}: targets must be numbers, got ${show(y[i])} in row ${i}. Use a classifier for labels.`,
      );
    }
  }
  const numbers = Float64Array.from(y);
  requireFinite(functionName, "targets", numbers);
  const table = matrix(numbers, numbers.length, 1);
  const scaling = frozen === undefined ? standardization(table, () => "the target") : frozen;
  if (scaling === null) return { numbers: table, classes: null, scaling, weights: null };
  const data = numbers.map((value) => (value - scaling.shift[0]!) / scaling.scale[0]!);
  return { numbers: { ...table, data }, classes: null, scaling, weights: null };
}

/** The members that a fitted regression has whatever its predictor. */
export function fittedRegression<F extends FittedRegression>(
  fittedData: FittedData,
  predictor: Predictor,
  again: Again<ArrayLike<number>, F>,
): FittedRegression & { partialFit(X: Table, y: ArrayLike<number>, options?: PartialFitOptions): F } {
  const scores = scorer(predictor, fittedData.params, fittedData.scaling, fittedData.features);
  const columns = { count: fittedData.features, names: fittedData.names };
  const { targetScaling } = fittedData;
  return {
    ...tableMembers(fittedData),
    predict(X) {
      const { data } = scores("predict", matrixOf("predict", X, columns));
      if (targetScaling === null) return data;
      return data.map((z) => z * targetScaling.scale[0]! + targetScaling.shift[0]!);
    },
    partialFit: (X, y, how) => again(fittedData, X, y, how),
  };
}

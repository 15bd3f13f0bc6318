// The parts that all regressions share: targets, and the members of a fitted regression.
import { InputRangeError, requireFinite } from "../../core/check.ts";
import { exp } from "../../core/elementary.ts";
import { matrix } from "../../core/matrix.ts";
import type { Predictor } from "../../predictors/predictor.ts";
import type { PartialFit, PartialFitOptions, Targets } from "../fit/model.ts";
import { type Scaling, standardization } from "../fit/scaling.ts";
import { requireNumbers, type Table, tableOf } from "../fit/table.ts";
import type { FittedData } from "./fittedData.ts";
import { type FittedTable, tableMembers } from "./fittedTable.ts";
import { scorer } from "./scorer.ts";

/** A fitted model that predicts numbers. */
export interface FittedRegression extends FittedTable {
  /** The predicted target of each row. */
  predict<R>(X: Table<R>): Float64Array;
  /** Continues the training on other rows and returns a new model. Scaling and l2 stay the same, and schedules continue. */
  partialFit<R>(X: Table<R>, y: ArrayLike<number>, options?: PartialFitOptions): FittedRegression;
}

/**
 * Checks the targets of a regression and scales them.
 *
 * @param known  the scaling: null for none, undefined to compute it from the targets
 * @throws TypeError for a target that is not a number; RangeError for one that is not finite
 */
export function numberTargets(functionName: string, y: ArrayLike<number>, known: Scaling | null | undefined): Targets {
  requireNumbers(functionName, "targets", y, "Use a classifier such as logisticRegression for labels.");
  const numbers = Float64Array.from(y);
  requireFinite(functionName, "targets", numbers);
  const table = matrix(numbers, numbers.length, 1);
  const scaling = known === undefined ? standardization(table, functionName, () => "the target") : known;
  if (scaling === null) return { numbers: table, classes: null, scaling, weights: null };
  const data = numbers.map((value) => (value - scaling.shift[0]!) / scaling.scale[0]!);
  return { numbers: { ...table, data }, classes: null, scaling, weights: null };
}

/** The members of a fitted regression with any predictor. */
export function fittedRegression<F extends FittedRegression>(
  fittedData: FittedData,
  predictor: Predictor,
  partialFit: PartialFit<ArrayLike<number>, F>,
): FittedRegression & { partialFit<R>(X: Table<R>, y: ArrayLike<number>, options?: PartialFitOptions): F } {
  const scores = scorer(predictor, fittedData.params, fittedData.scaling, fittedData.features);
  const columns = { count: fittedData.features, names: fittedData.names };
  const { targetScaling, settings } = fittedData;
  return {
    ...tableMembers(fittedData),
    predict(X) {
      const { data } = scores("predict", tableOf("predict", X, columns));
      if (settings["loss"] === "poisson") return meansOf(data);
      if (targetScaling === null) return data;
      return data.map((z) => z * targetScaling.scale[0]! + targetScaling.shift[0]!);
    },
    partialFit: (X, y, options) => partialFit(fittedData, X, y, options),
  };
}

/** e^z of each score. Throws RangeError for one that is not finite. */
function meansOf(scores: Float64Array): Float64Array {
  const means = scores.map(exp);
  const at = means.indexOf(Infinity);
  if (at < 0) return means;
  throw new InputRangeError(
    `predict: every row of X must have a finite mean e^z, got z = ${scores[at]} in row ${at}. Pass smaller numbers in this row.`,
  );
}

// What fitted models of a number share.
import { InputTypeError, requireFinite, show } from "../core/check.ts";
import { matrix } from "../core/matrix.ts";
import type { Predictor } from "../predictors/predictor.ts";
import type { Core, FittedTable } from "./fitted.ts";
import { tableMembers } from "./members.ts";
import type { Targets } from "./parts.ts";
import { type Scaling, standardization } from "./preprocessing.ts";
import { scorer } from "./scorer.ts";
import type { Again, PartialFitOptions } from "./supervised.ts";
import { matrixOf, type Table } from "./table.ts";

/** A fitted model that predicts a number. */
export interface FittedRegression extends FittedTable {
  /** The predicted target of each row. */
  predict(X: Table): Float64Array;
  /** The model trained further on other rows: scaling and l2 stay, the clock of schedules goes on. */
  partialFit(X: Table, y: ArrayLike<number>, options?: PartialFitOptions): FittedRegression;
}

/** Numbers as targets, standardized or as they are. */
export function numberTargets(who: string, y: ArrayLike<number>, frozen: Scaling | null | undefined): Targets {
  for (let i = 0; i < y.length; i++) {
    if (typeof y[i] !== "number") {
      throw new InputTypeError(
        `${who}: targets must be numbers, got ${show(y[i])} in row ${i}. Use a classifier for labels.`,
      );
    }
  }
  const numbers = Float64Array.from(y);
  requireFinite(who, "targets", numbers);
  const table = matrix(numbers, numbers.length, 1);
  const scaling = frozen === undefined ? standardization(table, () => "the target") : frozen;
  if (scaling === null) return { numbers: table, classes: null, scaling, weights: null };
  const data = numbers.map((value) => (value - scaling.shift[0]!) / scaling.scale[0]!);
  return { numbers: { ...table, data }, classes: null, scaling, weights: null };
}

/** The members that a fitted regression has whatever its predictor. */
export function fittedRegression<F extends FittedRegression>(
  core: Core,
  predictor: Predictor,
  again: Again<ArrayLike<number>, F>,
): FittedRegression & { partialFit(X: Table, y: ArrayLike<number>, options?: PartialFitOptions): F } {
  const scores = scorer(predictor, core.params, core.scaling, core.features);
  const columns = { count: core.features, names: core.names };
  const { targetScaling } = core;
  return {
    ...tableMembers(core),
    predict(X) {
      const { data } = scores("predict", matrixOf("predict", X, columns));
      if (targetScaling === null) return data;
      return data.map((z) => z * targetScaling.scale[0]! + targetScaling.shift[0]!);
    },
    partialFit: (X, y, how) => again(core, X, y, how),
  };
}

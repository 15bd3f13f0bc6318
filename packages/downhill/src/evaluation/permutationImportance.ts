import { requireKnown, requireLength, requireOneOf, requireSize } from "../core/check.ts";
import type { Label } from "../core/label.ts";
import type { Matrix } from "../core/matrix.ts";
import { matrixOf } from "../estimators/fit/table.ts";
import type { TableData } from "../tables/cells/cellTableOf.ts";
import type { FittedTableModel } from "../tables/fitted/fittedTableModel.ts";
import type { TypedTable } from "../tables/reading/typedTable.ts";
import { defaultMetric, type EvaluationData, type NumberModel, scoresOf } from "./candidate.ts";
import { type Importance, importanceOf, type Shuffled } from "./importance.ts";
import { higherIsBetter, type MetricName, requireMetric } from "./scores.ts";
import { type ScoreOf, shuffledTable } from "./shuffledTable.ts";

const functionName = "permutationImportance";

/** Options of `permutationImportance`. */
export interface ImportanceOptions {
  /** How often each column is shuffled [5]. */
  readonly repeats?: number;
  /** Seed of the random numbers, a whole number [0]. */
  readonly seed?: number;
  /**
   * The score [the score closest to the loss of the model: logLoss, accuracy for `linearSvm`, rootMeanSquaredError,
   * meanAbsoluteError for the losses "absolute" and "huber", meanPinballLoss, meanPoissonDeviance].
   */
  readonly metric?: MetricName;
}

/**
 * Permutation importance: by how much the score of a fitted model becomes worse when the cells of one column are shuffled among
 * the rows, so that the column says nothing about its row. It works for every model. Compute it on rows that the model was not
 * fitted to: on training rows a column that was learnt by heart seems important.
 *
 * Two columns that say the same have low importances, because the model still has the other one.
 *
 * For a model of a table the raw cells of a column are shuffled, so a category or a date counts as one column.
 *
 * @param model  a fitted model
 * @param data  rows with their targets; for a model of a table the rows of the table
 * @throws RangeError or TypeError for options or data that are not allowed
 *
 * @example
 * ```ts
 * import { linearRegression, permutationImportance } from "downhill";
 *
 * const X = [{ size: 1, noise: 3 }, { size: 2, noise: 1 }, { size: 3, noise: 4 }, { size: 4, noise: 1 }];
 * const model = linearRegression().fit(X, [1, 2, 3, 4]);
 * const { columns } = permutationImportance(model, { X, y: [1, 2, 3, 4] });
 * columns.map(({ column }) => column); // ["size", "noise"]
 * ```
 *
 * Source: Breiman, “Random forests”, 2001; the definition is that of scikit-learn.
 */
export function permutationImportance(
  model: FittedTableModel,
  data: TableData | TypedTable,
  options?: ImportanceOptions,
): Importance;
export function permutationImportance<Y extends ArrayLike<Label>>(
  model: NumberModel,
  data: Omit<EvaluationData<Y>, "weights">,
  options?: ImportanceOptions,
): Importance;
export function permutationImportance(
  model: NumberModel | FittedTableModel,
  data: unknown,
  options: ImportanceOptions = {},
): Importance {
  requireKnown(functionName, options, ["repeats", "seed", "metric"]);
  const inner = model.kind === "table" ? model.model : model;
  const { repeats = 5, seed = 0, metric = defaultMetric(inner) } = options;
  requireSize(functionName, "repeats", repeats);
  requireOneOf(functionName, "metric", metric, Object.keys(higherIsBetter));
  const score: ScoreOf = (X, y) => {
    const scores = scoresOf(inner, { X, y });
    return scores[requireMetric(functionName, metric, scores)]!;
  };
  const shuffled =
    model.kind === "table"
      ? shuffledTable(functionName, model, data as TableData | TypedTable, score)
      : shuffledMatrix(model, data as EvaluationData<ArrayLike<Label>>, score);
  return importanceOf(metric, shuffled, { repeats, seed });
}

function shuffledMatrix(
  model: NumberModel,
  data: Omit<EvaluationData<ArrayLike<Label>>, "weights">,
  score: ScoreOf,
): Shuffled {
  const X = matrixOf(functionName, data.X, { count: model.features, names: model.names });
  requireLength(functionName, "y", data.y, "row of X", X.rows);
  return {
    rows: X.rows,
    columns: Array.from({ length: X.columns }, (_, j) => X.names?.[j] ?? String(j)),
    score: score(X, data.y),
    shuffledScore: (column, order) => score(withShuffled(X, column, order), data.y),
  };
}

/** A copy of X in which row i has the entry of row order[i] in one column. */
function withShuffled(X: Matrix, column: number, order: Uint32Array): Matrix {
  const data = X.data.slice();
  for (let i = 0; i < X.rows; i++) data[i * X.columns + column] = X.data[order[i]! * X.columns + column]!;
  return { ...X, data };
}

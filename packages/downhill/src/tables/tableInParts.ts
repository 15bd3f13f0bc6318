// A table that may be larger than the memory: its rows come in parts.
import { InputTypeError, show } from "../core/check.ts";
import type { Label } from "../core/label.ts";
import type { FittedClassifier } from "../estimators/fitted/classifier.ts";
import type { FittedRegression } from "../estimators/fitted/regression.ts";
import type { CellParts } from "./cells/cellParts.ts";
import { type FittedTableOf, fittedTableModel, type TableModelData } from "./fitted/fittedTableModel.ts";
import { libraryDialect } from "./libraryDialect.ts";
import { learnPreparation } from "./preparation/learnPreparation.ts";
import { type PartPreparer, partPreparer } from "./preparation/partPreparer.ts";
import type { Preparation } from "./preparation/preparation.ts";
import { savedForm } from "./preparation/savedPreparation.ts";
import { chosenRows, type RowChoice } from "./reading/chosenRows.ts";
import { columnOptions } from "./reading/columnOptions.ts";
import { readTableInParts } from "./reading/readTableInParts.ts";
import type { TypedParts } from "./reading/typedParts.ts";
import type { LeftOut, Note } from "./reading/typedTable.ts";
import type { Dialect, TableOptions } from "./tableOptions.ts";
import { baselineOfParts } from "./training/baseline.ts";
import { type UsablePart, usableParts } from "./training/usableParts.ts";
import { notesOnRows, type UsableRows } from "./training/usableRows.ts";

/** What is learnt from training rows in parts. JSON. */
export interface LearnedParts {
  /** How rows become features. */
  readonly preparation: Preparation;
  /** Decisions and warnings. */
  readonly notes: readonly Note[];
  /** The columns that are of no use. */
  readonly leftOut: readonly LeftOut[];
}

/** A table in parts whose columns have kinds. */
export interface TableInParts {
  /** The columns, and the values of their cells. */
  readonly typed: TypedParts;
  /**
   * The rows that a model can be trained on, with their targets and weights.
   *
   * @param names  the columns that the parts need besides the target and the weights
   * @param rows  some rows of the table [all rows]
   */
  usable(names: readonly string[], rows?: TypedParts): Generator<UsablePart, void>;
  /**
   * Some rows of the table.
   *
   * @param count  the number of these rows
   * @param chosen  for each row from `first` on, 1 for a row that is chosen and 0 for others
   */
  some(count: number, chosen: RowChoice): TypedParts;
  /**
   * Learns from training rows how the columns become features, with the bits of `tableModel`.
   *
   * @param rows  the training rows without validation rows
   * @param facts  whether the target has classes, and the numbers of rows that were left out
   * @throws RangeError for options that do not fit the columns, and if no column is of use
   */
  learn(
    rows: TypedParts,
    facts: { readonly classes: boolean } & Pick<UsableRows, "withoutTarget" | "leftOut">,
  ): LearnedParts;
  /**
   * The object that computes the features of rows.
   *
   * @param rows  the rows that are prepared, for the locations in messages
   */
  preparer(preparation: Preparation, rows: TypedParts): PartPreparer;
  /**
   * The prediction without a model: the most frequent class, or the mean, the median or a quantile of the targets.
   *
   * @param settings  those of the fitted model
   */
  baseline(rows: TypedParts, settings: Readonly<Record<string, unknown>>, classes: boolean): Label;
}

/**
 * Reads a table whose rows come in parts, so that they need not be in memory together. The command trains on such tables; a program
 * whose table fits into memory uses `tableModel`. The kinds of the columns, the preparation and the notes are those of the same rows in
 * memory, to the bit.
 *
 * @param data  the parts, and facts about all cells
 * @param options  those of `tableModel`; no column can have words
 * @throws TypeError for a column with words; RangeError for options that contradict the table, and for cells that are not of the kind of their column
 *
 * @example
 * ```ts
 * import { type CellParts, tableInParts } from "downhill";
 *
 * const part = (...values: number[]) => ({ type: "number", values: Float64Array.from(values), start: 0, step: 1 }) as const;
 * const data: CellParts = {
 *   rows: 4,
 *   columns: new Map(["size", "price"].map((name) => [name, { type: "number", present: true, finite: true }])),
 *   *parts() {
 *     yield { rows: 2, columns: new Map([["size", part(1, 2)], ["price", part(10, 20)]]) };
 *     yield { rows: 2, columns: new Map([["size", part(3, 4)], ["price", part(30, 40)]]) };
 *   },
 * };
 * const table = tableInParts(data, { target: "price" });
 * const { preparation } = table.learn(table.typed, { classes: false, withoutTarget: 0, leftOut: 0 });
 * preparation.means; // [2.5]
 * ```
 */
export function tableInParts(data: CellParts, options: TableOptions): TableInParts {
  const { target, dialect = libraryDialect("fit") } = options;
  const own = { ...options, dialect };
  const words = Object.keys(options.columns ?? {}).find((name) => columnOptions(options, name).kind === "words");
  if (words !== undefined) {
    throw new InputTypeError(
      `${dialect.functionName}: column ${show(words)} cannot have words in a table in parts, whose rows are dense. ` +
        `Use tableModel, or leave the column out with ${dialect.ignore(words)}.`,
    );
  }
  const typed = readTableInParts(data, own);
  return {
    typed,
    usable: (names, rows = typed) => usableParts(rows, names, own),
    some: (count, chosen) => chosenRows(typed, count, chosen),
    learn(rows, { classes, ...counts }) {
      const { preparation, notes, leftOut } = learnPreparation(rows, { ...own, classes, dialect: located(rows) });
      const ofTable = [...typed.notes, ...typed.leftOut.map(({ note }) => note)];
      return {
        preparation: savedForm(preparation),
        notes: [...ofTable, ...notesOnRows({ rows: null, ...counts }, target), ...notes],
        leftOut,
      };
    },
    preparer: (preparation, rows) => partPreparer(preparation, located(rows)),
    baseline: (rows, settings, classes) => baselineOfParts(rows, target, settings, classes),
  };

  function located({ rowOf }: TypedParts): Dialect {
    return rowOf === undefined ? dialect : { ...dialect, locate: (row) => dialect.locate(rowOf(row)) };
  }
}

/**
 * The fitted model of a table, from the fitted model of its features and the facts that `tableInParts` gave.
 *
 * @example
 * ```ts
 * import { linearRegression, tableModel, tableModelOf } from "downhill";
 *
 * const { model, preparation, notes, training } = tableModel(linearRegression(), { target: "y" }).fit([{ x: 1, y: 2 }, { x: 2, y: 4 }]);
 * tableModelOf({ model, preparation, notes, training }).target; // "y"
 * ```
 */
export const tableModelOf = <M extends FittedClassifier | FittedRegression>(
  data: TableModelData<M>,
): FittedTableOf<M> => fittedTableModel(data);

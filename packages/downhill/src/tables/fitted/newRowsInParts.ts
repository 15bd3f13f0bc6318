// Rows in parts that a fitted table model did not see in the training.
import type { Label } from "../../core/label.ts";
import type { AnyMatrix } from "../../core/sparse.ts";
import type { CellParts } from "../cells/cellParts.ts";
import { libraryDialect } from "../libraryDialect.ts";
import { hasWords } from "../preparation/featureNames.ts";
import { partPreparer } from "../preparation/partPreparer.ts";
import type { PreparedRows } from "../preparation/prepareRows.ts";
import { wordPreparer } from "../preparation/wordPreparer.ts";
import { readPartsWith } from "../reading/readTableInParts.ts";
import { takeRows } from "../reading/takeRows.ts";
import { targetOf } from "../reading/targetOf.ts";
import type { TypedTable } from "../reading/typedTable.ts";
import type { Dialect } from "../tableOptions.ts";
import { usableRowsWith } from "../training/usableRows.ts";
import type { FittedTableModel } from "./fittedTableModel.ts";
import { classCheck, noTargets, rulesOf } from "./newRows.ts";

/** Some of the rows. */
export interface NewPart {
  /** The features; sparse rows if some columns have words. */
  readonly X: AnyMatrix;
  /** The columns, for `explain`. */
  readonly typed: TypedTable;
  /** One number or label per row; null if the targets are not read. */
  readonly y: Float64Array | readonly Label[] | null;
}

/** Rows in parts, read and prepared by the rules of a model. */
export interface NewRowsInParts extends Pick<PreparedRows, "missing" | "unseen"> {
  /** The number of rows that the parts have. */
  readonly rows: number;
  /** The number of rows that were left out because their target is missing. */
  readonly withoutTarget: number;
  /** The parts in the order of the rows. A part is valid until the next one is requested. */
  parts(): Generator<NewPart, void>;
}

/**
 * Reads rows that come in parts, for the predictions of a fitted table model: the features are those of `prepare` and of `testData`, to the
 * bit, and all rows are checked before the first part. The command predicts large tables with it.
 *
 * @param data  the parts, and facts about all cells
 * @param options  `target`: whether the targets are read, and rows without a target are left out [false]; `dialect`: how messages name rows
 * @throws RangeError for cells that the rules of the model cannot read, and for labels that are not classes of the model
 *
 * @example
 * ```ts
 * import { type CellParts, linearRegression, newRowsInParts, tableModel } from "downhill";
 *
 * const model = tableModel(linearRegression(), { target: "price" }).fit([{ size: 1, price: 2 }, { size: 2, price: 4 }]);
 * const part = (...values: number[]) =>
 *   ({ rows: values.length, columns: new Map([["size", { type: "number" as const, values: Float64Array.from(values), start: 0, step: 1 }]]) }) as const;
 * const data: CellParts = {
 *   rows: 3,
 *   columns: new Map([["size", { type: "number", present: true, finite: true }]]),
 *   *parts() {
 *     yield part(3, 4);
 *     yield part(5);
 *   },
 * };
 * const { parts } = newRowsInParts(model, data);
 * Array.from(parts(), ({ X }) => Array.from(model.model.predict(X), Math.round)); // [[6, 8], [10]]
 * ```
 */
export function newRowsInParts(
  { model, preparation }: FittedTableModel,
  data: CellParts,
  {
    target: hasTarget = false,
    dialect = libraryDialect("newRowsInParts"),
  }: { readonly target?: boolean; readonly dialect?: Dialect } = {},
): NewRowsInParts {
  const { target } = preparation;
  const rules = new Map([...rulesOf(preparation), ...(hasTarget ? [[target.name, target.read] as const] : [])]);
  const table = readPartsWith(data, rules, dialect);

  function* usable() {
    for (const all of table.parts([...rules.keys()])) {
      if (!hasTarget) yield { typed: all, chosen: null, size: all.rows, y: null, withoutTarget: 0 };
      else {
        const { rows: chosen, withoutTarget } = usableRowsWith(all, { target: target.name, required: [] });
        const typed = chosen === null ? all : takeRows(all, chosen);
        yield { typed, chosen, size: all.rows, y: targetOf(typed, target.name, dialect), withoutTarget };
      }
    }
  }

  /** The row of the source with an index among the rows of the parts. */
  function rowOf(index: number): number {
    let [left, first] = [index, 0];
    for (const { typed, chosen, size } of usable()) {
      if (left < typed.rows) return first + (chosen?.[left] ?? left);
      left -= typed.rows;
      first += size;
    }
    return index;
  }

  const located = { ...dialect, locate: (row: number) => dialect.locate(rowOf(row)) };
  const start = () => (hasWords(preparation) ? wordPreparer(preparation, located) : partPreparer(preparation, located));
  const preparer = start();
  const classes = classCheck(target.name, "classes" in model ? model.classes : null, located);
  let [rows, withoutTarget] = [0, 0];
  for (const part of usable()) {
    if (part.y !== null) classes.add(part.y);
    preparer.matrix(part.typed, rows);
    rows += part.typed.rows;
    withoutTarget += part.withoutTarget;
  }
  if (hasTarget && rows === 0) throw noTargets(target.name, dialect);
  classes.finish();
  return {
    ...preparer.finish(),
    rows,
    withoutTarget,
    *parts() {
      const { matrix } = start();
      let first = 0;
      for (const { typed, y } of usable()) {
        if (typed.rows === 0) continue;
        yield { X: matrix(typed, first), typed, y };
        first += typed.rows;
      }
    },
  };
}

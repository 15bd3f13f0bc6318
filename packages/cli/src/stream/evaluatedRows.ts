// The rows of DATA with their targets, for the evaluation of a saved model.
import type { Label, MissingCount, UnseenCount } from "downhill";
import { DataError } from "../errors/errors.ts";
import type { ModelFile } from "../model/modelFile.ts";
import type { Rows } from "../model/rows.ts";
import { pairRequests, requestsOf, textColumns } from "../model/savedModelRequests.ts";
import { labelledRows, svmlightRows } from "../model/svmlightRows.ts";
import { dialectOf } from "../model/tableOptions.ts";
import type { DataArgument } from "../table/files/source.ts";
import { withTable } from "../table/openTable.ts";

/** Rows with targets, and the facts about their cells. */
export interface EvaluatedRows {
  readonly rows: Rows;
  /** Sentences about the way in which DATA was read. */
  readonly notes: readonly string[];
  readonly missing: readonly MissingCount[];
  readonly unseen: readonly UnseenCount[];
  /** The rows that were left out because their target is missing. */
  readonly withoutTarget: number;
}

/**
 * Reads the rows of DATA with their targets. Rows without a target are left out.
 *
 * @throws an input error of the library for a label that is not a class of the model
 */
export async function readRows(command: string, model: ModelFile, data: DataArgument): Promise<EvaluatedRows> {
  if (model.kind === "svmlight") {
    const { X, y, notes } = await svmlightRows(command, model, data.data);
    const rows = labelledRows(command, model.fitted, X, y);
    return { rows, missing: [], unseen: [], withoutTarget: 0, notes };
  }
  return withTable(command, { argument: data, texts: textColumns(model) }, async (open) => {
    const dialect = dialectOf(command, open.locate);
    const { notes } = open;
    if (model.kind === "ratings") {
      const { rating } = model.fitted.columns;
      const cells = await open.readCells([
        ...pairRequests(model.fitted),
        ...(rating === null ? [] : [{ name: rating.name, separate: true }]),
      ]);
      const { rows, users, items, ratings } = model.fitted.testData(cells, dialect);
      if (rows.length === 0) {
        throw new DataError(`${command}: every row has a missing cell in a column of the model. Supply the cells.`);
      }
      const withoutTarget = cells.rows - rows.length;
      return { rows: { task: "ratings", users, items, ratings }, ...nothing, notes, withoutTarget };
    }
    const { target } = model.fitted;
    const requests = requestsOf(model, open, [], target);
    const { X, y, missing, unseen, withoutTarget } = model.fitted.testData(await open.readCells(requests), dialect);
    const rows: Rows =
      "classes" in model.fitted
        ? { task: "classification", X, y: y as readonly Label[] }
        : { task: "regression", X, y: y as Float64Array };
    return { rows, missing, unseen, withoutTarget, notes };
  });
}

const nothing = { missing: [], unseen: [] };

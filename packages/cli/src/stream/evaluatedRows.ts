// The rows of DATA with their targets, for the evaluation of a saved model.
import {
  type FittedTableModel,
  type Label,
  type Matrix,
  type MissingCount,
  type NewPart,
  newRowsInParts,
  type UnseenCount,
} from "downhill";
import { DataError } from "../errors/errors.ts";
import type { ModelFile } from "../model/modelFile.ts";
import type { PredictedRows, Rows } from "../model/rows.ts";
import { pairRequests, requestsOf, textColumns } from "../model/savedModelRequests.ts";
import { labelledRows, svmlightRows } from "../model/svmlightRows.ts";
import { dialectOf } from "../model/tableOptions.ts";
import type { DataArgument } from "../table/files/source.ts";
import { withTable } from "../table/openTable.ts";
import { isStreamed, withCells } from "./modelCells.ts";

/** Rows with targets, and the facts about their cells. */
export interface EvaluatedRows {
  readonly rows: Rows | PredictedRows;
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
  const streamed = model.kind === "table" && isStreamed(command, data);
  return withTable(command, { argument: data, texts: textColumns(model), streamed }, async (open) => {
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
    return withCells(command, open, { requests }, async (cells) => {
      const { parts, missing, unseen, withoutTarget, rows } = newRowsInParts(model.fitted, cells, {
        target: true,
        dialect,
      });
      return { rows: predictedRows(model.fitted, parts(), rows), missing, unseen, withoutTarget, notes };
    });
  });
}

/** The predictions of all parts. */
function predictedRows({ model }: FittedTableModel, parts: Iterable<NewPart>, rows: number): PredictedRows {
  const numbers = (columns = 1) => new Float64Array(rows * columns);
  let first = 0;
  if (!("classes" in model)) {
    const [predictions, y] = [numbers(), numbers()];
    for (const part of parts) {
      predictions.set(model.predict(part.X), first);
      y.set(part.y as Float64Array, first);
      first += part.X.rows;
    }
    return { task: "regression", predictions, y };
  }
  const [labels, y]: Label[][] = [[], []];
  const all: { scores?: Joined; probabilities?: Joined | null } = {};
  for (const part of parts) {
    const own = model.predictions(part.X);
    for (let i = 0; i < part.X.rows; i++) {
      labels!.push(own.labels[i]!);
      y!.push(part.y![i]!);
    }
    const put = (joined: Joined | undefined, { data, columns }: Matrix): Joined => {
      const into = joined ?? { data: numbers(columns), rows, columns };
      into.data.set(data, first * columns);
      return into;
    };
    all.scores = put(all.scores, own.scores);
    all.probabilities = own.probabilities && put(all.probabilities ?? undefined, own.probabilities);
    first += part.X.rows;
  }
  const predictions = { labels: labels!, scores: all.scores!, probabilities: all.probabilities! };
  return { task: "classification", predictions, y: y! };
}

type Joined = Matrix & { readonly data: Float64Array };

const nothing = { missing: [], unseen: [] };

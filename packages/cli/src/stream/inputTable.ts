// The rows of DATA for the predictions of a saved model, in parts.
import {
  type AnyMatrix,
  type CellParts,
  type Dialect,
  type Explanation,
  type FittedRatingModel,
  type FittedTableModel,
  type Label,
  newRowsInParts,
} from "downhill";
import { UsageError } from "../errors/errors.ts";
import { adviceOnName } from "../errors/nearNames.ts";
import { show } from "../errors/quoting.ts";
import { forAll } from "../errors/severalErrors.ts";
import { cellNotes } from "../model/cellNotes.ts";
import type { ModelFile } from "../model/modelFile.ts";
import { pairRequests, requestsOf, textColumns } from "../model/savedModelRequests.ts";
import { svmlightRows } from "../model/svmlightRows.ts";
import { dialectOf } from "../model/tableOptions.ts";
import { textsOf } from "../table/cells/textCells.ts";
import type { DataArgument } from "../table/files/source.ts";
import { type OpenTable, withTable } from "../table/openTable.ts";
import { isStreamed, withCells } from "./modelCells.ts";
import type { TextRows } from "./textRows.ts";

/** A column of DATA as it is written, with DuckDB's type if it has one, for the output of `predict`. */
export type KeptColumn = [name: string, texts: readonly string[], facts?: { readonly type: string }];

/** The inputs of a prediction: features, or users with items. */
export type Inputs =
  | {
      readonly kind: "features";
      readonly X: AnyMatrix;
      /** The contributions of the columns; null if they were not requested. */
      readonly explanation: Explanation | null;
    }
  | { readonly kind: "pairs"; readonly users: readonly Label[]; readonly items: readonly Label[] };

/** The rows of DATA, in parts. */
export interface InputTable {
  readonly rows: number;
  /** Sentences about the way in which DATA was read, and about cells that were replaced. */
  readonly notes: readonly string[];
  /** A part is valid until the next one is requested. */
  parts(): Iterable<{ readonly inputs: Inputs; readonly kept: KeptColumn[] }>;
}

/** How the inputs of a prediction are read. */
export interface InputOptions {
  readonly data: DataArgument;
  /** The columns of --keep. */
  readonly keep: readonly string[];
  readonly explain?: boolean | undefined;
}

/**
 * Reads the inputs and the columns of --keep as text, for `work`. DATA needs no target. All rows are checked before the first part.
 *
 * @throws UsageError for a column of --keep that DATA does not have
 */
export async function withInputs<T>(
  command: string,
  model: ModelFile,
  { data, keep, explain = false }: InputOptions,
  work: (table: InputTable) => Promise<T>,
): Promise<T> {
  if (model.kind === "svmlight") {
    const { X, notes } = await svmlightRows(command, model, data.data);
    const inputs = { kind: "features", X, explanation: null } as const;
    return work({ rows: X.rows, notes, parts: () => [{ inputs, kept: [] }] });
  }
  const texts = [...textColumns(model), ...keep];
  return withTable(command, { argument: data, texts, streamed: isStreamed(command, data) }, async (open) => {
    forAll(keep, (name) => {
      if (open.columns.includes(name)) return;
      throw new UsageError(
        `${command}: --keep ${show(name)} is not a column of the data. ${adviceOnName(name, open.columns)}`,
      );
    });
    const used = model.kind === "ratings" ? pairRequests(model.fitted) : requestsOf(model, open, keep);
    const written = keep.filter((name) => !used.some((request) => request.name === name));
    // All are read at once, because a query may give other rows when it runs again.
    const requests = [...used, ...written.map((name) => ({ name, asText: "asWritten" as const }))];
    return withCells(command, open, { requests, written }, (cells, reader) => {
      const dialect = dialectOf(command, open.locate);
      const keptInParts = keptColumns(cells, { keep, written, types: open.types, reader });
      const table =
        model.kind === "ratings"
          ? pairsInParts(model.fitted, cells, dialect)
          : featuresInParts(model.fitted, cells, { dialect, explain });
      return work({
        rows: cells.rows,
        notes: [...open.notes, ...table.notes],
        *parts() {
          const kept = keptInParts();
          for (const inputs of table.parts()) yield { inputs, kept: kept.next().value! };
        },
      });
    });
  });
}

interface KeptOptions {
  readonly keep: readonly string[];
  /** The columns that are kept row by row. */
  readonly written: readonly string[];
  readonly types: OpenTable["types"];
  readonly reader: () => ReturnType<TextRows["reader"]>;
}

/** The columns of --keep, part by part. */
function keptColumns(cells: CellParts, { keep, written, types, reader }: KeptOptions) {
  const used = keep.filter((name) => !written.includes(name));
  return function* (): Generator<KeptColumn[], void> {
    const next = written.length === 0 ? () => [] : reader();
    for (const part of cells.parts(used)) {
      const rows = next(part.rows);
      yield keep.map((name): KeptColumn => {
        const texts = rows[written.indexOf(name)] ?? textsOf(part, name);
        const type = types.get(name);
        return type === undefined ? [name, texts] : [name, texts, { type }];
      });
    }
  };
}

interface InputParts {
  readonly notes: readonly string[];
  parts(): Generator<Inputs, void>;
}

function featuresInParts(
  fitted: FittedTableModel,
  cells: CellParts,
  { dialect, explain }: { readonly dialect: Dialect; readonly explain: boolean },
): InputParts {
  const { parts, ...facts } = newRowsInParts(fitted, cells, { dialect });
  return {
    notes: cellNotes(facts),
    *parts() {
      for (const { X, typed } of parts()) {
        yield { kind: "features", X, explanation: explain ? fitted.explain(typed, dialect) : null };
      }
    },
  };
}

function pairsInParts(fitted: FittedRatingModel, cells: CellParts, dialect: Dialect): InputParts {
  const names = pairRequests(fitted).map(({ name }) => name);
  function* parts(): Generator<Extract<Inputs, { kind: "pairs" }>, void> {
    for (const part of cells.parts(names)) yield { kind: "pairs", ...fitted.pairs(part, dialect) };
  }
  let missing = 0;
  for (const { users, items } of parts())
    missing += users.filter((user, row) => user === "" || items[row] === "").length;
  const note =
    missing === 1
      ? "1 row has no user or no item. Its prediction is that of an unknown user or item."
      : `${missing} rows have no user or no item. Their predictions are those of an unknown user or item.`;
  return { notes: missing === 0 ? [] : [note], parts };
}

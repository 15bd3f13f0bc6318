import { allFinite, InputRangeError } from "../../core/check.ts";
import { type Matrix, markFinite } from "../../core/matrix.ts";
import type { AnyMatrix } from "../../core/sparse.ts";
import type { NumberValues, TypedColumn, TypedTable } from "../reading/typedTable.ts";
import type { Dialect } from "../tableOptions.ts";
import { throwProblems } from "../throwProblems.ts";
import { putExpansion } from "./expansion.ts";
import { columnsWithoutWords, featuresOfColumn } from "./featureNames.ts";
import type { Preparation } from "./preparation.ts";
import { type ColumnWriter, columnWriter, type MissingCount, type UnseenCount } from "./rowWriter.ts";

/** The features of rows. */
export interface PreparedRows<X extends AnyMatrix = AnyMatrix> {
  /**
   * Finite numbers with the names of the features. Can share the memory of the table. If some columns have words, the rows are sparse and
   * have no names.
   */
  readonly X: X;
  /** The number of missing cells in each column that has some. */
  readonly missing: readonly MissingCount[];
  /** The cells whose categories the training rows do not have, in each column that has some. */
  readonly unseen: readonly UnseenCount[];
}

/**
 * The features of rows without words. The features of a row depend only on this row and the preparation. If all features are numbers that are
 * stored together in one array in the right order, and no cell is missing, the matrix uses this array without a copy.
 *
 * @param typed  has the columns of the preparation
 * @param finite  whether its columns of numbers are known to have no missing and no infinite cell
 * @throws RangeError for a missing cell or an unseen category where they are errors, and for a number that is not finite; one
 * sentence for each column
 */
export function prepareRows(
  preparation: Preparation,
  typed: TypedTable,
  dialect: Dialect,
  finite = false,
): PreparedRows<Matrix> {
  const { features, expansion, means } = preparation;
  const { rows } = typed;
  const width = features.length;
  const names = features.map(({ name }) => name);
  const shared = expansion === null ? sharedNumbers(preparation, typed, finite) : undefined;
  if (shared !== undefined) {
    return { X: markFinite({ data: shared, rows, columns: width, names }), missing: [], unseen: [] };
  }
  const data = reserve(rows, width, dialect);
  const writer = baseWriter(preparation, dialect);
  writer.write({ typed, from: 0, to: rows, first: 0 }, { data, width });
  throwProblems(dialect.functionName, writer.problems());
  if (expansion !== null) {
    const row = putExpansion(expansion, means, { data, rows, width, base: writer.width });
    if (row >= 0) {
      throw new InputRangeError(
        `${dialect.functionName}: the products or splines of the numbers in ${dialect.locate(row)} must be finite, but they are not. ` +
          "Correct the numbers in this row.",
      );
    }
  }
  return {
    X: markFinite({ data, rows, columns: width, names, unscaled: indicatorsOf(preparation) }),
    ...writer.counts(),
  };
}

/** For each feature, whether it is 0 or 1 by its encoding. */
export const indicatorsOf = ({ columns, features }: Preparation): boolean[] => {
  const base = columns.flatMap((column) => {
    const { encoding } = column;
    const numbers = encoding.type === "number" ? 1 : encoding.type === "date" ? encoding.parts.length : 0;
    return featuresOfColumn(column).map((_, k) => k >= numbers);
  });
  return features.map((_, j) => base[j] ?? false);
};

const BLOCK = 1024; // rows that are written for all columns before the next rows, so that they stay in the cache

/** Writes the features of the columns, without the expansion. */
export interface BaseWriter {
  /** The number of features. */
  readonly width: number;
  /** Writes the rows from … to − 1 of a part of a table whose row 0 is the row `first` of the table. */
  write(
    rows: { readonly typed: TypedTable; readonly from: number; readonly to: number; readonly first: number },
    target: { readonly data: Float64Array; readonly width: number },
  ): void;
  /** A sentence for each column with an error. */
  problems(): string[];
  /** The missing and the unseen cells of the rows that are written. */
  counts(): Pick<PreparedRows, "missing" | "unseen">;
}

/** The writer of the features of the columns without words. */
export function baseWriter(
  { columns: all, unseen }: Pick<Preparation, "columns" | "unseen">,
  dialect: Dialect,
): BaseWriter {
  const columns = columnsWithoutWords(all);
  const writers = columns.map((prepared) => columnWriter(prepared, { dialect, unseen }));
  const every = <T>(of: (writer: ColumnWriter) => T | null): T[] =>
    writers.map(of).filter((each): each is T & {} => each !== null);
  const starts = [0];
  for (const column of columns) starts.push(starts.at(-1)! + featuresOfColumn(column).length);
  return {
    width: starts.at(-1)!,
    write({ typed, from: start, to: end, first }, { data, width }) {
      const own = columns.map(({ name }) => columnOf(typed, name));
      for (let from = start; from < end; from += BLOCK) {
        const to = Math.min(end, from + BLOCK);
        writers.forEach((writer, c) => {
          const at = (from - start) * width + starts[c]!;
          writer.write({ column: own[c]!, from, to, first }, { data, width, at });
        });
      }
    },
    problems: () => every((writer) => writer.problem()),
    counts: () => ({ missing: every((writer) => writer.missing()), unseen: every((writer) => writer.unseen()) }),
  };
}

/** The column of a name. The table was read by the rules of the preparation, so it has the column. */
export const columnOf = ({ columns }: TypedTable, name: string): TypedColumn =>
  columns.find((column) => column.name === name)!;

/** The array that is the matrix of the features; undefined if there is none. */
function sharedNumbers({ columns }: Preparation, typed: TypedTable, finite: boolean): Float64Array | undefined {
  const used = columns.map(({ name, encoding }) => {
    const column = columnOf(typed, name);
    const isOne = encoding.type === "number" && !encoding.fill?.indicator && column.kind !== "time";
    return isOne ? (column as NumberValues) : undefined;
  });
  const [first] = used;
  if (first === undefined) return undefined;
  const length = typed.rows * columns.length;
  const { values, start } = first;
  const isShared = used.every(
    (column, j) =>
      column?.values.buffer === values.buffer &&
      column.values.byteOffset === values.byteOffset &&
      column.step === columns.length &&
      column.start === start + j,
  );
  if (!isShared || start + length > values.length) return undefined;
  const numbers = values.length === length ? values : values.subarray(start, start + length);
  return finite || allFinite(numbers) ? numbers : undefined;
}

const GIB = 1_073_741_824; // bytes

function reserve(rows: number, width: number, { functionName }: Dialect): Float64Array {
  try {
    return new Float64Array(rows * width);
  } catch {
    throw new InputRangeError(
      `${functionName}: ${rows} rows of ${width} features need ${Math.ceil((rows * width * 8) / GIB)} GiB, which is more than the memory has. ` +
        "Use fewer rows or fewer columns.",
    );
  }
}

// Reads the rows of an svmlight file for a saved model.
import { type FittedClassifier, type FittedRegression, type Label, type SparseMatrix, sparse } from "downhill";
import { DataError } from "../errors/errors.ts";
import { list, show } from "../errors/quoting.ts";
import { readSvmlightFile } from "../table/files/readSvmlightFile.ts";
import { isSvmlight } from "../table/files/svmlight.ts";
import type { SvmlightModelFile } from "./modelFile.ts";
import type { Rows } from "./rows.ts";

/**
 * The rows of an svmlight file with the columns of a model. Columns that are not columns of the model are left out, and a note counts them.
 *
 * @throws DataError if DATA is no svmlight file, or counts its columns from 0 and the model from 1
 */
export async function svmlightRows(
  command: string,
  { fitted, svmlight: { firstColumn } }: SvmlightModelFile,
  data: string,
): Promise<{ readonly X: SparseMatrix; readonly y: Float64Array; readonly notes: string[] }> {
  if (!isSvmlight(data)) {
    throw new DataError(
      `${command}: the model was trained on an svmlight file, so DATA must be one too, got ${show(data)}. ` +
        "Pass a file with the ending .svm, .svmlight or .libsvm.",
    );
  }
  const read = await readSvmlightFile(command, data, firstColumn === 0 ? 0 : "auto");
  if (read.firstColumn !== firstColumn) {
    throw new DataError(
      `${command}: ${show(data)} has the column 0, but the training file counted its columns from 1. ` +
        "Write both files with the same first column.",
    );
  }
  const { X, leftOut } = withColumns(read.X, fitted.features);
  const last = fitted.features - 1 + firstColumn;
  const notes =
    leftOut === 0
      ? []
      : [
          leftOut === 1
            ? `1 number is left out, because its column is higher than ${last}, the last column of the model`
            : `${leftOut} numbers are left out, because their columns are higher than ${last}, the last column of the model`,
        ];
  return { X, y: read.y, notes };
}

/** The rows with exactly these columns, and how many numbers of other columns they had. */
function withColumns(X: SparseMatrix, columns: number): { readonly X: SparseMatrix; readonly leftOut: number } {
  if (X.columns <= columns) return { X: sparse(X.indptr, X.indices, X.values, columns), leftOut: 0 };
  const indptr = new Uint32Array(X.rows + 1);
  const [indices, values] = [X.indices.slice(), X.values.slice()];
  let count = 0;
  for (let row = 0; row < X.rows; row++) {
    for (let e = X.indptr[row]!; e < X.indptr[row + 1]! && X.indices[e]! < columns; e++, count++) {
      indices[count] = X.indices[e]!;
      values[count] = X.values[e]!;
    }
    indptr[row + 1] = count;
  }
  const kept = sparse(indptr, indices.subarray(0, count), values.subarray(0, count), columns);
  return { X: kept, leftOut: X.values.length - count };
}

/** @throws DataError for a target that is not a class of the model */
export function labelledRows(
  command: string,
  fitted: FittedClassifier | FittedRegression,
  X: SparseMatrix,
  y: Float64Array,
): Rows {
  if (!("classes" in fitted)) return { task: "regression", X, y };
  const classes: ReadonlySet<Label> = new Set(fitted.classes);
  const row = y.findIndex((label) => !classes.has(label));
  if (row >= 0) {
    throw new DataError(
      `${command}: the target of row ${row + 1} is ${y[row]}, which is not a class of the model. ` +
        `Its classes are ${list(fitted.classes, 10)}. Remove the row, or correct its target.`,
    );
  }
  return { task: "classification", X, y: Array.from(y) };
}

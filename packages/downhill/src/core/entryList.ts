import { markSparse, type SparseMatrix } from "./sparse.ts";

/** The entries of a sparse matrix while its rows are written one after another. */
export interface EntryList {
  /** Adds an entry to the row that is being written. The columns of a row must increase, and numbers must be finite and not 0. */
  add(column: number, value: number): void;
  /** Adds the entries of a row of another matrix. Its column 0 becomes the column `start`. */
  addRow(other: SparseMatrix, row: number, start: number): void;
  /** Ends the row. */
  endRow(): void;
  /** The matrix of all rows. */
  matrix(columns: number): SparseMatrix;
}

/** An empty list for a number of rows. */
export function entryList(rows: number): EntryList {
  const indptr = new Uint32Array(rows + 1);
  let indices = new Uint32Array(1024);
  let values = new Float64Array(1024);
  let [row, count] = [0, 0];
  const reserve = (more: number): void => {
    if (count + more <= indices.length) return;
    const length = Math.max(count + more, 2 * indices.length);
    const [ofIndices, ofValues] = [new Uint32Array(length), new Float64Array(length)];
    ofIndices.set(indices);
    ofValues.set(values);
    [indices, values] = [ofIndices, ofValues];
  };
  return {
    add(column, value) {
      reserve(1);
      indices[count] = column;
      values[count++] = value;
    },
    addRow(other, from, start) {
      const [first, end] = [other.indptr[from]!, other.indptr[from + 1]!];
      reserve(end - first);
      for (let e = first; e < end; e++, count++) {
        indices[count] = other.indices[e]! + start;
        values[count] = other.values[e]!;
      }
    },
    endRow() {
      indptr[++row] = count;
    },
    matrix: (columns) =>
      markSparse({ indptr, indices: indices.slice(0, count), values: values.slice(0, count), rows, columns }),
  };
}

// The rows that a picture shows: those of the training and those that are held out.

import type { Label, Matrix } from "downhill";

/** Rows and their targets. */
export interface PictureRows {
  readonly X: Matrix;
  readonly y: ArrayLike<Label>;
}

/** The drawn rows; those that are held out have hollow markers. */
export interface DrawnRows extends PictureRows {
  readonly hollow: readonly boolean[];
}

const MOST_POINTS = 2000;

/** The first rows, where there are too many to draw. */
export function firstRows({ X, y }: PictureRows): PictureRows {
  if (X.rows <= MOST_POINTS) return { X, y };
  const rows = MOST_POINTS;
  return { X: { ...X, rows, data: X.data.subarray(0, rows * X.columns) }, y: Array.from(y).slice(0, rows) };
}

/** The training rows and the held-out rows, at most 2,000 of each. */
export function drawnRows(rows: PictureRows, heldOut: PictureRows | null): DrawnRows {
  const parts = [rows, ...(heldOut ? [heldOut] : [])].map(firstRows);
  const { columns } = rows.X;
  const data = Float64Array.from(parts.flatMap(({ X }) => Array.from(X.data)));
  return {
    X: { data, rows: data.length / columns, columns, ...namesOf(rows.X) },
    y: parts.flatMap(({ y }) => Array.from(y)),
    hollow: parts.flatMap(({ X }, part) => Array.from({ length: X.rows }, () => part === 1)),
  };
}

/** The numbers of a column. */
export const columnOf = ({ data, rows, columns }: Matrix, j: number): Float64Array =>
  Float64Array.from({ length: rows }, (_, i) => data[i * columns + j]!);

/** The mean of each column. */
export function meansOf({ data, rows, columns }: Matrix): Float64Array {
  const means = new Float64Array(columns);
  for (let at = 0; at < data.length; at++) means[at % columns]! += data[at]! / rows;
  return means;
}

export const namesOf = ({ names }: Matrix): { names?: readonly string[] } => (names ? { names } : {});

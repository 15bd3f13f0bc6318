// The rows that a picture shows: those of the training and those that are held out.

import { formatCount } from "@downhill/plots/format";
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

/** The number of the row that is the i-th of a picture: where there are too many to draw, evenly spaced ones are drawn. */
export const shownRow = (rows: number, i: number): number =>
  rows <= MOST_POINTS ? i : Math.floor((i * rows) / MOST_POINTS);

const shown = new WeakMap<PictureRows, PictureRows>();

/** The rows of a picture. They are taken once. */
export function shownRows(all: PictureRows): PictureRows {
  const { X, y } = all;
  const known = X.rows <= MOST_POINTS ? all : shown.get(all);
  if (known !== undefined) return known;
  const { columns } = X;
  const data = new Float64Array(MOST_POINTS * columns);
  const targets: Label[] = [];
  for (let i = 0; i < MOST_POINTS; i++) {
    const row = shownRow(X.rows, i);
    data.set(X.data.subarray(row * columns, (row + 1) * columns), i * columns);
    targets.push(y[row]!);
  }
  const some = { X: { ...X, rows: MOST_POINTS, data }, y: targets };
  shown.set(all, some);
  return some;
}

/** Which rows a picture leaves out, as a sentence; "" for none. */
export function leftOutRows(training: number, heldOut: number): string {
  const parts = [["training", training] as const, ["held-out", heldOut] as const]
    .filter(([, rows]) => rows > MOST_POINTS)
    .map(([name, rows]) => `${formatCount(MOST_POINTS)} of ${formatCount(rows)} ${name} rows`);
  return parts.length === 0 ? "" : `The points are ${parts.join(" and ")}, evenly spaced in the table.`;
}

const drawn = new WeakMap<PictureRows, { readonly heldOut: PictureRows | null; readonly all: DrawnRows }>();

/** The training rows and the held-out rows of a picture. They are put together once for a run. */
export function drawnRows(rows: PictureRows, heldOut: PictureRows | null): DrawnRows {
  const known = drawn.get(rows);
  if (known?.heldOut === heldOut) return known.all;
  const parts = [rows, ...(heldOut ? [heldOut] : [])].map(shownRows);
  const { columns } = rows.X;
  const count = parts.reduce((sum, { X }) => sum + X.rows, 0);
  const data = new Float64Array(count * columns);
  let at = 0;
  for (const { X } of parts) {
    data.set(X.data.subarray(0, X.rows * columns), at);
    at += X.rows * columns;
  }
  const all = {
    X: { data, rows: count, columns, ...namesOf(rows.X) },
    y: parts.flatMap(({ y }) => Array.from(y)),
    hollow: parts.flatMap(({ X }, part) => Array.from({ length: X.rows }, () => part === 1)),
  };
  drawn.set(rows, { heldOut, all });
  return all;
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

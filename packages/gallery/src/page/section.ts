import { type ClassPoints, type GridPoints, gridBetween, lossCurve, type Spec } from "@downhill/plots";
import type { Matrix } from "downhill";

export interface Figure {
  /** Its file is `name`.svg. */
  readonly name: string;
  readonly spec: Spec;
  /** For a narrow screen, where it wants another arrangement. */
  readonly narrow?: { readonly spec: Spec; readonly height: number };
  /** What to look at. */
  readonly caption: string;
  /** Takes the whole width of the page. */
  readonly broad?: boolean;
}

/** Plain text, a table if numbers belong side by side, and figures. */
export interface Part {
  readonly title?: string;
  readonly paragraphs: readonly string[];
  readonly table?: { readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] };
  readonly figures: readonly Figure[];
}

/** What the page says of one program. */
export interface Section {
  readonly title: string;
  readonly parts: readonly Part[];
}

/** The loss curve that every program has. */
export const lossFigure = (program: string, losses: Float64Array, yName: string, caption: string): Figure => ({
  name: `${program}-loss`,
  spec: lossCurve({ title: `${yName} in each epoch`, runs: [{ values: losses }], yName }),
  caption,
});

const column = ({ data, rows, columns }: Matrix, j: number): Float64Array =>
  Float64Array.from({ length: rows }, (_, i) => data[i * columns + j]!);

/** Points of the plane with their classes. */
export const pointsOf = (X: Matrix, labels: ArrayLike<number>): ClassPoints => ({
  x1: column(X, 0),
  x2: column(X, 1),
  labels,
});

/** The articles' picture: from one below the smallest to one above the largest value of each column. */
export function gridAround(X: Matrix): GridPoints & { readonly matrix: Matrix } {
  const range = (values: Float64Array): [number, number] => [Math.min(...values) - 1, Math.max(...values) + 1];
  const grid = gridBetween(range(column(X, 0)), range(column(X, 1)), { columns: 120, rows: 100 });
  return { ...grid, matrix: { data: grid.points, rows: grid.columns * grid.rows, columns: 2 } };
}

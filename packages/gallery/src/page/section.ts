import { type ClassPoints, type GridPoints, gridBetween, lossCurve, type Spec } from "@downhill/plots";
import type { Matrix } from "downhill";

export interface Figure {
  /** The name of its file, without .svg. */
  readonly name: string;
  readonly spec: Spec;
  /** The chart for a narrow screen, where it differs. */
  readonly narrow?: { readonly spec: Spec; readonly height: number };
  readonly caption: string;
  /** Whether the figure is as wide as the page. */
  readonly broad?: boolean;
}

/** Paragraphs of plain text, then a table, then figures. */
export interface Part {
  readonly title?: string;
  readonly paragraphs: readonly string[];
  readonly table?: { readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] };
  readonly figures: readonly Figure[];
}

/** The page's text and figures about one program. */
export interface Section {
  readonly title: string;
  readonly parts: readonly Part[];
}

/** The figure with a program's loss curve. */
export const lossFigure = (program: string, losses: Float64Array, yName: string, caption: string): Figure => ({
  name: `${program}-loss`,
  spec: lossCurve({ title: "Loss in each epoch", runs: [{ values: losses }], yName }),
  caption,
});

const column = ({ data, rows, columns }: Matrix, j: number): Float64Array =>
  Float64Array.from({ length: rows }, (_, i) => data[i * columns + j]!);

/** The rows of a matrix with two columns as points of the plane with their classes. */
export const pointsOf = (X: Matrix, labels: ArrayLike<number>): ClassPoints => ({
  x1: column(X, 0),
  x2: column(X, 1),
  labels,
});

/** The grid of the articles' pictures: in each column from the smallest value − 1 to the largest value + 1. */
export function gridAround(X: Matrix): GridPoints & { readonly matrix: Matrix } {
  const range = (values: Float64Array): [number, number] => [Math.min(...values) - 1, Math.max(...values) + 1];
  const grid = gridBetween(range(column(X, 0)), range(column(X, 1)), { columns: 120, rows: 100 });
  return { ...grid, matrix: { data: grid.points, rows: grid.columns * grid.rows, columns: 2 } };
}

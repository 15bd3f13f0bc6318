// The points and the grids of charts over two variables, and their checks.

import { formatNumber } from "../text/format.ts";
import { fail, requireFinite, requireLength, requireOrder, requireSome, requireTexts } from "./check.ts";
import { checkGrid, type Grid } from "./grid.ts";

/** Points with a class for each. */
export interface ClassPoints {
  /** First variable, finite; at least one point. */
  readonly x1: ArrayLike<number>;
  /** Second variable, finite, one for each of `x1`. */
  readonly x2: ArrayLike<number>;
  /** Class of each point, a whole number from 0; two classes may also be −1 and +1. */
  readonly labels: ArrayLike<number>;
  /** Whether the marker of each point is hollow, for rows that were held out. Default: none. */
  readonly hollow?: ArrayLike<boolean>;
  /** Whether a ring is drawn around each point, for points that are chosen. Default: none. */
  readonly ring?: ArrayLike<boolean>;
  /** The numbers of all classes in the order of the legend. Default: 0, 1, 2, … */
  readonly order?: readonly number[];
  /** Name of the rings in the legend. Default: no entry. */
  readonly ringName?: string;
}

/** Throws unless there is one finite value for each cell of the grid. */
export function checkField(
  functionName: string,
  grid: Grid,
  values: Readonly<Record<string, ArrayLike<number>>>,
): void {
  checkGrid(functionName, grid);
  requireFinite(functionName, values);
  requireLength(functionName, values, { "the grid has cells": grid.columns * grid.rows });
}

/** Throws unless the points are finite, have a label each, lie within the grid, and have an order with each of the classes. */
export function checkPoints(functionName: string, grid: Grid, points: ClassPoints, classes: number): void {
  const { x1, x2, labels, hollow, ring, ringName, order } = points;
  requireTexts(functionName, { "points.ringName": ringName });
  requireFinite(functionName, { "points.x1": x1, "points.x2": x2 });
  const lists = {
    "points.x2": x2,
    "points.labels": labels,
    ...(hollow && { "points.hollow": hollow }),
    ...(ring && { "points.ring": ring }),
  };
  requireLength(functionName, lists, { "points.x1": x1.length });
  if (order !== undefined) requireOrder(functionName, { "points.order": order }, classes);
  for (const [name, values, [low, high]] of [["x1", x1, grid.x1] as const, ["x2", x2, grid.x2] as const])
    for (let i = 0; i < values.length; i++)
      if (values[i]! < low || values[i]! > high)
        fail(
          functionName,
          `points.${name}[${i}] must lie within the grid, from ${formatNumber(low)} to ${formatNumber(high)}, got ${values[i]}. Make the grid with gridOver(x1, x2).`,
        );
}

/** Throws unless all labels are −1 or +1, or all are 0 or 1. */
export function checkBinary(functionName: string, labels: ArrayLike<number>): void {
  requireSome(functionName, { "points.labels": labels });
  let seen = 0;
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i]!;
    if (label !== 1 && label !== 0 && label !== -1)
      fail(
        functionName,
        `points.labels[${i}] must be 0 or 1, or −1 or +1, got ${label}. Use classRegions for more than two classes.`,
      );
    if (label !== 1 && seen !== 0 && seen !== label + 2)
      fail(
        functionName,
        "points.labels must be 0 and 1, or −1 and +1, got −1, 0 and 1. Use 0 and 1 only, or −1 and +1 only.",
      );
    if (label !== 1) seen = label + 2;
  }
}

/** The labels 0 and 1 for labels that are 0 and 1, or −1 and +1. */
export function zeroOne(labels: ArrayLike<number>): Float64Array {
  return Float64Array.from(labels, (label) => (label > 0 ? 1 : 0));
}

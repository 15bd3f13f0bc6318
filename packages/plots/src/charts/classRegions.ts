// The class that a classifier predicts at each point of a plane: one pale region for each class, with the points over them.
// The regions are painted as nested sets ("class k or a later class"), so that neighbours share their border exactly.

import { regionColor } from "../color/series.ts";
import { ink, paper } from "../color/theme.ts";
import {
  fail,
  requireFinite,
  requireIndices,
  requireLength,
  requireShares,
  requireSome,
  requireTexts,
} from "../data/check.ts";
import { type ClassPoints, checkField, checkPoints } from "../data/field.ts";
import { checkGrid, type Grid } from "../data/grid.ts";
import { type Frame, finish, frameOf } from "../layout/frame.ts";
import { background, contourLines, filledArea, outlinesIn } from "../marks/field.ts";
import { fieldA11y } from "../marks/fieldA11y.ts";
import { checkGuides, type Guides, guideItems, guideMarks } from "../marks/guides.ts";
import { classItems, classMarks } from "../marks/markers.ts";
import type { Mark, Scene, Size } from "../scene/scene.ts";
import { drawing, type Input, type Spec, standardSize, textOf } from "../scene/spec.ts";
import { counted } from "../text/format.ts";

/**
 * What is known at each cell of the grid: the predicted class (a whole number from 0), or a score (or a probability) for each
 * class, row by row with one column for each class. With scores the borders are smooth; with classes they follow the
 * cells.
 */
export type ClassField = { readonly chosen: ArrayLike<number> } | { readonly scores: ArrayLike<number> };

/** The spec of `classRegions`. */
export interface ClassRegions extends Spec {
  readonly kind: "classRegions";
  /** The cells over both variables. Make it with `gridOver`. */
  readonly grid: Grid;
  /** The predicted class or the scores at each cell. */
  readonly field: ClassField;
  /**
   * The highest probability of a class at each cell, from 0 to 1: a region is paler where it is lower, in four steps from one class in K
   * to 1. Default: each region has one colour.
   */
  readonly confidence?: ArrayLike<number>;
  /** Points over the regions, within the grid, with labels from 0. Default: none. */
  readonly points?: ClassPoints;
  /** Lines over the field, such as those at which hidden units bend. Default: none. */
  readonly guides?: Guides;
  /** Names of all K classes; K is at most 42. */
  readonly classes: readonly string[];
  /** Name of the horizontal axis. Default: "x1". */
  readonly xName: string;
  /** Name of the vertical axis. Default: "x2". */
  readonly yName: string;
}

/** Seven colours times six markers: more classes would look alike. */
const maxClasses = 42;

/**
 * Regions of K classes over two variables.
 *
 * @throws RangeError when grid and field disagree, when a class is not below K, or when a point lies outside of the grid
 *
 * @example
 * ```ts
 * import { classRegions, draw, gridOver, gridRows } from "@downhill/plots";
 *
 * const points = { x1: [0, 2, 4], x2: [0, 3, 1], labels: [0, 1, 2] };
 * const grid = gridOver(points.x1, points.x2, { padding: 0.3 });
 * const scores = gridRows(grid).flatMap(([a = 0, b = 0]) => [4 - a - b, 2 * b, 2 * a - b]);
 * const svg = draw(classRegions({ title: "Regions", grid, field: { scores }, points, classes: ["a", "b", "c"] }));
 * ```
 */
export function classRegions({
  xName = "x1",
  yName = "x2",
  ...rest
}: Input<ClassRegions, "xName" | "yName">): ClassRegions {
  requireTexts("classRegions", { xName, yName, classes: rest.classes, ...textOf(rest) });
  const { grid, field, points, classes } = rest;
  const cells = grid.columns * grid.rows;
  checkGrid("classRegions", grid);
  requireSome("classRegions", { classes });
  if (classes.length > maxClasses)
    fail("classRegions", `classes must hold at most ${maxClasses} names, got ${classes.length}. Merge rare classes.`);
  if ("chosen" in field) {
    requireLength("classRegions", { "field.chosen": field.chosen }, { "the grid has cells": cells });
    requireIndices("classRegions", { "field.chosen": field.chosen }, classes.length);
  } else {
    requireLength("classRegions", { "field.scores": field.scores }, { "cells × classes": cells * classes.length });
    requireFinite("classRegions", { "field.scores": field.scores });
  }
  if (rest.confidence !== undefined) {
    checkField("classRegions", grid, { confidence: rest.confidence });
    requireShares("classRegions", { confidence: rest.confidence });
  }
  checkGuides("classRegions", rest.guides);
  if (points !== undefined) {
    checkPoints("classRegions", grid, points, classes.length);
    requireIndices("classRegions", { "points.labels": points.labels }, classes.length);
  }
  return { ...rest, xName, yName, kind: "classRegions", [drawing]: { defaultSize: standardSize, layout } };
}

function layout(spec: ClassRegions, size: Size): Scene {
  const { grid, field, classes, points, guides } = spec;
  const cells = grid.columns * grid.rows;
  const classOf = (cell: number): number => classAt(field, classes.length, cell);
  const regions = new Set(Array.from({ length: cells }, (_, cell) => classOf(cell)));
  const frame = frameOf(
    {
      text: spec,
      x: { name: spec.xName, scale: "linear", domain: grid.x1 },
      y: { name: spec.yName, scale: "linear", domain: grid.x2 },
      legend: [
        ...(classes.length === 1 ? [] : classItems(classes, points, (k) => regions.has(k))),
        ...guideItems(guides, classes.length),
      ],
      lines: "border",
    },
    size,
  );
  const leadOf = (isIn: (k: number) => boolean): Float64Array =>
    Float64Array.from({ length: cells }, (_, cell) => leadAt(spec, cell, isIn));
  const areas = classes.slice(1).map((_, k) => leadOf((j) => j > k));
  // With scores, the outline of each class draws every border twice, all equally strong. With classes, the outlines of the
  // nested areas are needed: only these have the corners of the areas where three classes meet.
  const borders = "chosen" in field || classes.length === 1 ? areas : classes.map((_, k) => leadOf((j) => j === k));
  const outlineOf = (values: Float64Array): string => outlinesIn({ grid, values }, frame)(0);
  const marks: Mark[] = [
    background(frame.box, regionColor(0)),
    ...areas.flatMap((values, k) => filledArea(outlineOf(values), frame, regionColor(k + 1))),
    ...paleAreas(spec, frame),
    ...contourLines(borders.map(outlineOf), frame, { stroke: ink, width: 1, opacity: 0.6 }),
    ...guideMarks(guides, frame, classes.length),
    ...(points === undefined ? [] : classMarks(points, classes.length, frame)),
  ];
  const sentence = `Regions of ${counted(classes.length, "class", "classes")} over ${spec.xName} and ${spec.yName}.`;
  return finish(frame, marks, fieldA11y({ title: spec.title, sentence, classes, grid, points, classOf }));
}

/** The parts of the regions with a low confidence, under a veil of the colour of the paper for each step. */
function paleAreas({ grid, confidence, classes }: ClassRegions, frame: Frame): Mark[] {
  if (confidence === undefined) return [];
  const least = 1 / classes.length;
  const doubts = outlinesIn({ grid, values: Float64Array.from(confidence, (share) => 1 - share) }, frame);
  return [1, 2, 3].flatMap((step) =>
    filledArea(doubts((1 - least) * (step / 4)), frame, paper).map((mark) => ({ ...mark, opacity: 0.3 })),
  );
}

/** Best score of the classes in a set minus best score of the others, at a cell: positive where the set wins. */
function leadAt({ field, classes }: ClassRegions, cell: number, isIn: (k: number) => boolean): number {
  if ("chosen" in field) return isIn(field.chosen[cell]!) ? 0.5 : -0.5;
  let [inside, outside] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let j = 0; j < classes.length; j++) {
    const score = field.scores[cell * classes.length + j]!;
    if (isIn(j)) inside = Math.max(inside, score);
    else outside = Math.max(outside, score);
  }
  return inside - outside;
}

function classAt(field: ClassField, classes: number, cell: number): number {
  if ("chosen" in field) return field.chosen[cell]!;
  let best = 0;
  for (let j = 1; j < classes; j++)
    if (field.scores[cell * classes + j]! > field.scores[cell * classes + best]!) best = j;
  return best;
}

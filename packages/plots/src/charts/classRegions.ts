// Which class a classifier chooses where: one pale area per class, with the points over them.
// Areas are painted as nested sets "class k or a later one", so neighbours share their border exactly.

import { regionColor } from "../color/series.ts";
import { ink } from "../color/theme.ts";
import { fail, requireFinite, requireIndices, requireLength, requireSome, requireTexts } from "../data/check.ts";
import type { ClassPoints } from "../data/field.ts";
import { checkPoints } from "../data/field.ts";
import { checkGrid, type Grid } from "../data/grid.ts";
import { finish, frameOf } from "../layout/frame.ts";
import { area, background, contourLines } from "../marks/field.ts";
import { fieldA11y } from "../marks/fieldA11y.ts";
import { classItems, classMarks } from "../marks/markers.ts";
import type { Mark, Scene, Size } from "../scene/scene.ts";
import { drawing, type Input, type Spec, standardSize, textOf } from "../scene/spec.ts";

/**
 * What is known at each cell: the chosen class (a whole number from 0), or a score (or probability) per class,
 * row-major with one column per class. Scores give smooth borders; of chosen classes the borders are those of the cells.
 */
export type ClassField = { readonly chosen: ArrayLike<number> } | { readonly scores: ArrayLike<number> };

export interface ClassRegions extends Spec {
  readonly kind: "classRegions";
  readonly grid: Grid;
  readonly field: ClassField;
  /** Points over the regions, labelled from 0. */
  readonly points?: ClassPoints;
  /** Names of all K classes; their number is K. */
  readonly classes: readonly string[];
  readonly xName: string;
  readonly yName: string;
}

/**
 * Regions of K classes over two variables.
 *
 * @throws RangeError when grid and field disagree, a class is not below K, or a point is off the grid
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
  requireSome("classRegions", "classes", classes);
  if (classes.length > 42) fail("classRegions", "classes", "be 42 at most", classes.length, "Merge rare classes.");
  if ("chosen" in field) {
    requireLength("classRegions", "field.chosen", field.chosen, cells, "grid.columns · grid.rows");
    requireIndices("classRegions", "field.chosen", field.chosen, classes.length);
  } else {
    requireLength("classRegions", "field.scores", field.scores, cells * classes.length, "cells · classes");
    requireFinite("classRegions", "field.scores", field.scores);
  }
  if (points !== undefined) {
    checkPoints("classRegions", grid, points);
    requireIndices("classRegions", "points.labels", points.labels, classes.length);
  }
  return { ...rest, xName, yName, kind: "classRegions", [drawing]: { defaultSize: standardSize, layout } };
}

function layout(spec: ClassRegions, size: Size): Scene {
  const { grid, field, classes, points } = spec;
  const side = (cell: number): number => chosenAt(field, classes.length, cell);
  const regions = new Set(Array.from({ length: grid.columns * grid.rows }, (_, cell) => side(cell)));
  const frame = frameOf(
    {
      words: spec,
      x: { name: spec.xName, scale: "linear", domain: grid.x1 },
      y: { name: spec.yName, scale: "linear", domain: grid.x2 },
      legend: classes.length === 1 ? [] : classItems(classes, points, (k) => regions.has(k)),
      field: true,
    },
    size,
  );
  const cells = grid.columns * grid.rows;
  const leads = classes.slice(1).map((_, k) => leadOf(field, cells, classes.length, (j) => j > k));
  // Every class's own outline draws each border twice, all equally strong. Of whole cells, only the outlines of the areas
  // have the areas' corners where three classes meet.
  const outlines =
    "chosen" in field || classes.length === 1
      ? leads
      : classes.map((_, k) => leadOf(field, cells, classes.length, (j) => j === k));
  const marks: Mark[] = [
    background(frame.box, regionColor(0)),
    ...leads.flatMap((lead, k) => area(grid, lead, 0, frame, regionColor(k + 1))),
    ...contourLines(
      grid,
      outlines.map((values) => ({ values, level: 0 })),
      frame,
      { stroke: ink, width: 1, opacity: 0.6 },
    ),
    ...(points === undefined ? [] : classMarks(points, classes.length, frame)),
  ];
  const what = `Regions of ${classes.length} classes over ${spec.xName} and ${spec.yName}.`;
  return finish(frame, marks, fieldA11y(spec.title, what, classes, grid, points, side));
}

/** By how much the best class of a set leads the best of the others, at every cell; positive where it wins. */
function leadOf(field: ClassField, cells: number, classes: number, among: (k: number) => boolean): Float64Array {
  const lead = new Float64Array(cells);
  for (let cell = 0; cell < cells; cell++) {
    if ("chosen" in field) {
      lead[cell] = among(field.chosen[cell]!) ? 0.5 : -0.5;
      continue;
    }
    let [inside, outside] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let j = 0; j < classes; j++) {
      const score = field.scores[cell * classes + j]!;
      if (among(j)) inside = Math.max(inside, score);
      else outside = Math.max(outside, score);
    }
    lead[cell] = inside - outside;
  }
  return lead;
}

function chosenAt(field: ClassField, classes: number, cell: number): number {
  if ("chosen" in field) return field.chosen[cell]!;
  let best = 0;
  for (let j = 1; j < classes; j++)
    if (field.scores[cell * classes + j]! > field.scores[cell * classes + best]!) best = j;
  return best;
}

// What the page shows about a model beside its picture, as plain data.

import type { FittedClassifier, FittedFactorization, FittedRegression } from "downhill";
import { isOverOne, type Picture } from "../scenes/modelScene.ts";
import type { RatingOrder } from "../scenes/ratingScene.ts";
import type { ShownRun } from "../training/shownRun.ts";
import { type ConfusionCell, type ConfusionPart, confusionOf } from "./confusion.ts";
import { type LinePart, lineOf } from "./line.ts";
import { type MarginPart, marginOf } from "./margin.ts";
import type { RowChart, UpdateChart } from "./pointing.ts";
import { type RatingPart, ratingPart } from "./ratings.ts";
import { stripFields, thumbnailsOf, unitFields } from "./strip.ts";
import type { Thumbnail } from "./thumbnail.ts";
import { type WeightsPart, weightsOf } from "./weights.ts";

/** What the user points at. */
export interface Focus {
  /** The small picture that is shown large; "" for none. */
  readonly thumbnail: string;
  /** The chosen cell of the confusion matrix. */
  readonly cell: ConfusionCell | null;
  /** The numbers of a user and of an item. */
  readonly rating: readonly [user: number, item: number] | null;
  /** The user and the item around which the matrices are drawn; null for all users and items. */
  readonly near: readonly [user: number, item: number] | null;
  /** The order of the users and items in the matrices; null for that of the ratings. */
  readonly order: RatingOrder | null;
  /** The chart with the pointer, or with the row that the keyboard reads. */
  readonly chart: RowChart | UpdateChart;
  /** The place of the pointer in this chart. */
  readonly at: readonly [number, number] | null;
  /** How far from this point a row is read, on both axes. */
  readonly reach: readonly [number, number] | null;
  /** The row that the keyboard reads: its number among the rows of the chart, which begins again after the last one. */
  readonly row: number | null;
}

/** Nothing. */
export const noFocus: Focus = {
  thumbnail: "",
  cell: null,
  rating: null,
  near: null,
  order: null,
  chart: "model",
  at: null,
  reach: null,
  row: null,
};

/** The parts of the panel that can be requested. "point" is in the frame, because it follows the pointer. */
export type PartName = "point" | "line" | "confusion" | "strip" | "weights" | "margin" | "ratings";

/** The requested parts that the model has. */
export interface ModelPanel {
  readonly line?: LinePart;
  readonly confusion?: ConfusionPart;
  readonly strip?: readonly Thumbnail[];
  readonly weights?: WeightsPart;
  readonly margin?: MarginPart;
  readonly ratings?: RatingPart;
}

/** The parts of a run with these parameters. @param best  the parameters with the lowest loss, where they are known */
export function modelPanel(
  run: ShownRun,
  params: Float64Array,
  parts: readonly PartName[],
  {
    focus,
    picture,
    best,
  }: { readonly focus: Focus; readonly picture: Picture | null; readonly best: Float64Array | null },
): ModelPanel {
  const { lab, fitted, state } = run;
  const has = (part: PartName): boolean => parts.includes(part);
  const model = fitted.model(params);
  if (lab.holds === "ratings" || picture === null)
    return has("ratings") && lab.holds === "ratings"
      ? { ratings: ratingPart(lab, model as FittedFactorization, focus.rating) }
      : {};
  const outputs = "classes" in model ? model.classes.map(String) : ["output"];
  const weights = has("weights") ? weightsOf(state, lab.features, outputs, params, deadUnits(run, params)) : null;
  const hasPicture = isOverOne(picture) || "classes" in model; // of single features, and not of predictions
  const fields = has("strip") && hasPicture ? stripFields(model as FittedClassifier | FittedRegression, lab.train) : [];
  const strip = fields.length > 0 && { strip: thumbnailsOf(fields, picture) };
  if (!("classes" in model)) {
    const now = has("line") ? lineOf(model as FittedRegression) : null;
    const lowest = best && lineOf(fitted.model(best) as FittedRegression);
    return { ...(now && { line: { now, best: lowest } }), ...(weights && { weights }), ...strip };
  }
  const classifier = model as FittedClassifier;
  return {
    ...(weights && { weights }),
    ...(has("confusion") && { confusion: confusionOf(lab, classifier, picture.threshold) }),
    ...strip,
    ...(has("margin") && state.model.name === "svm" && { margin: marginOf(run, lab, params) }),
  };
}

/** The names of the hidden units that do not learn. */
function deadUnits({ lab, fitted }: ShownRun, params: Float64Array): string[] {
  if (lab.holds === "ratings") return [];
  const model = fitted.model(params) as FittedClassifier | FittedRegression;
  return unitFields(model, lab.train).flatMap(({ name, isDead }) => (isDead ? [name] : []));
}

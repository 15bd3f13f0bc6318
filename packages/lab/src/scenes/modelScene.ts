// The picture of a model: its data, and what it predicts with the present parameters.

import type { Guides, Spec } from "@downhill/plots";
import type { FittedClassifier, FittedRegression } from "downhill";
import type { TableRows } from "../state/labRun.ts";
import type { PlaneFunction } from "../training/kinks.ts";
import { fieldOverOne, lineSpec, predictionSpec } from "./lineScene.ts";
import { oneFeatureSpec, planeSpec, type ShownField } from "./planeScene.ts";

/** What a picture shows beside the model. */
export interface Picture {
  readonly rows: TableRows;
  /** Rows that are not used in training; null without such rows. */
  readonly heldOut: TableRows | null;
  readonly features: readonly string[];
  readonly target: string;
  /** The numbers of the columns on the axes. */
  readonly shown: readonly [number, number];
  /** Whether the columns are the powers x, x², … of the first one. */
  readonly isCurve: boolean;
  /** How the errors of a line are drawn. */
  readonly errors: "none" | "sticks" | "squares";
  /** The model with the lowest loss, where it is known. */
  readonly best: FittedRegression | null;
  /** The probability from which the second of two classes is predicted. */
  readonly threshold: number;
  /** The drawn rows that have a ring, and what they have in common; null for none. */
  readonly ring: { readonly name: string; has(row: number): boolean } | null;
  /** The functions that are 0 where hidden units bend; none where these lines are not shown. */
  readonly kinks: readonly PlaneFunction[];
  /** Lines over the picture that are not those of `kinks`; null for none. */
  readonly bentGrid: Guides | null;
  /** The field that is shown instead of the prediction. */
  readonly field: ShownField | null;
}

/** The cells of a picture in each direction. */
export type Cells = 40 | 64 | 100;

/** The spec of the picture. */
export function modelSpec(model: FittedRegression | FittedClassifier, picture: Picture, cells: Cells): Spec {
  const isOne = isOverOne(picture);
  if (isOne && picture.field !== null) return fieldOverOne(picture.field, picture);
  if ("classes" in model) {
    return isOne ? oneFeatureSpec(model, picture) : planeSpec(model, picture, cells, picture.field);
  }
  return isOne ? lineSpec(model, picture) : predictionSpec(model, picture);
}

/** Whether the picture is over one feature, or over one of which the columns are the powers. */
export const isOverOne = ({ features, isCurve }: Picture): boolean => features.length === 1 || isCurve;

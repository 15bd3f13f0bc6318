// One row of the data: what the model predicts for it, and its part of the loss.

import { formatNumber, formatPercent } from "@downhill/plots/format";
import type { Label } from "downhill";
import type { Picture } from "../scenes/modelScene.ts";
import { namesOf, shownRow } from "../scenes/pictureRows.ts";
import { classOrder } from "../state/classOrder.ts";
import type { TableRows, TableRun } from "../state/labRun.ts";
import type { ShownRun } from "../training/shownRun.ts";
import { type PointedRow, type RowModel, shownColumns } from "./rowPlaces.ts";

/** What a model predicts for a row or a point. */
export interface Reading {
  readonly text: string;
  /** The probability of each class, in the order of the page; null for a model without probabilities. */
  readonly shares: Shares | null;
}

export type Shares = readonly { readonly name: string; readonly share: number }[];

/** "Row 3, x1 0.2, x2 0.5: true class A, predicted A 80%, B 20%. Its loss is 0.22, 1.5 % of the sum." */
export function rowReading(
  { fitted }: ShownRun,
  lab: TableRun,
  params: Float64Array,
  picture: Picture,
  { isHeldOut, number }: PointedRow,
): Reading {
  const model = fitted.model(params) as RowModel;
  const all = isHeldOut ? lab.heldOut! : lab.train;
  const { columns, data, rows } = all.X;
  const row = shownRow(rows, number);
  const own: TableRows = {
    X: { data: data.slice(row * columns, (row + 1) * columns), rows: 1, columns, ...namesOf(all.X) },
    y: [all.y[row]! as Label],
  };
  const values = shownColumns(model, picture).map((j) => `${picture.features[j]} ${formatNumber(own.X.data[j]!, 3)}`);
  const name = [`${isHeldOut ? "Held-out row" : "Row"} ${row + 1}`, ...values].join(", ");
  const { text, shares } = prediction(model, own);
  return { text: `${name}: ${text}${lossText(fitted.meanLoss, params, own, all)}`, shares };
}

/** The probabilities in the order of the page. */
export const sharesOf = (classes: readonly Label[], probabilities: ArrayLike<number>): Shares =>
  classOrder(classes).map((k) => ({ name: String(classes[k]), share: probabilities[k]! }));

/** "a 80%, b 20%". */
export const sharesText = (shares: Shares): string =>
  shares.map(({ name, share }) => `${name} ${formatPercent(share)}`).join(", ");

/** "score 1.2" of two classes, or "scores a 1.2, b −0.5", in the order of the page. */
export const scoresText = (classes: readonly Label[], scores: ArrayLike<number>): string =>
  scores.length === 1
    ? `score ${formatNumber(scores[0]!, 3)}`
    : `scores ${classOrder(classes)
        .map((k) => `${classes[k]} ${formatNumber(scores[k]!, 3)}`)
        .join(", ")}`;

/** "true class a, predicted a 80%, b 20%." */
function prediction(model: RowModel, { X, y }: TableRows): Reading {
  if (!("classes" in model)) {
    const [truth, predicted] = [formatNumber(Number(y[0]), 4), formatNumber(model.predict(X)[0]!, 4)];
    return { text: `true ${truth}, predicted ${predicted}.`, shares: null };
  }
  const { probabilities, scores } = model.predictions(X);
  const shares = probabilities && sharesOf(model.classes, probabilities.data);
  const found = shares ? sharesText(shares) : `${model.predict(X)[0]} with ${scoresText(model.classes, scores.data)}`;
  return { text: `true class ${y[0]}, predicted ${found}.`, shares };
}

/** " Its loss is 0.22, 1.5 % of the sum." Of a held-out row it is the sum of the held-out rows. "" where its loss is not known. */
function lossText(
  meanLoss: ShownRun["fitted"]["meanLoss"],
  params: Float64Array,
  own: TableRows,
  all: TableRows,
): string {
  if (meanLoss === null) return "";
  const [loss, mean] = [meanLoss(params, own), meanLoss(params, all)];
  const share = mean > 0 ? `, ${formatNumber((100 * loss) / mean / all.X.rows, 2)} % of the sum` : "";
  return ` Its loss is ${formatNumber(loss, 3)}${share}.`;
}

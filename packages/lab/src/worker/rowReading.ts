// One row of the data: what the model predicts for it, and its part of the loss.

import { formatNumber, formatPercent } from "@downhill/plots/format";
import type { Label } from "downhill";
import type { Picture } from "../scenes/modelScene.ts";
import { namesOf } from "../scenes/pictureRows.ts";
import type { TableRows, TableRun } from "../state/labRun.ts";
import type { ShownRun } from "../training/shownRun.ts";
import { type PointedRow, type RowModel, shownColumns } from "./rowPlaces.ts";

/** "Row 3, x1 0.2, x2 0.5: true class A, predicted A 80%, B 20%. Its loss is 0.22, 1.5 % of the sum." */
export function rowText(
  { fitted }: ShownRun,
  lab: TableRun,
  params: Float64Array,
  picture: Picture,
  { isHeldOut, number }: PointedRow,
): string {
  const model = fitted.model(params) as RowModel;
  const all = isHeldOut ? lab.heldOut! : lab.train;
  const { columns, data } = all.X;
  const own: TableRows = {
    X: { data: data.slice(number * columns, (number + 1) * columns), rows: 1, columns, ...namesOf(all.X) },
    y: [all.y[number]! as Label],
  };
  const values = shownColumns(model, picture).map((j) => `${picture.features[j]} ${formatNumber(own.X.data[j]!, 3)}`);
  const name = [`${isHeldOut ? "Held-out row" : "Row"} ${number + 1}`, ...values].join(", ");
  return `${name}: ${predictionText(model, own)}${lossText(fitted.meanLoss, params, own, all)}`;
}

/** "true class a, predicted a 80%, b 20%." */
function predictionText(model: RowModel, { X, y }: TableRows): string {
  if (!("classes" in model))
    return `true ${formatNumber(Number(y[0]), 4)}, predicted ${formatNumber(model.predict(X)[0]!, 4)}.`;
  const { probabilities, scores } = model.predictions(X);
  const found = probabilities
    ? model.classes.map((label, k) => `${label} ${formatPercent(probabilities.data[k]!)}`).join(", ")
    : `${model.predict(X)[0]} with ${scores.columns === 1 ? "score" : "scores"} ${Array.from(scores.data, (score) => formatNumber(score, 3)).join(", ")}`;
  return `true class ${y[0]}, predicted ${found}.`;
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

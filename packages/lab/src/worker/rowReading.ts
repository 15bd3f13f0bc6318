// One row of the picture: what the model predicts for it, and its part of the loss.

import { formatNumber, formatPercent } from "@downhill/plots/format";
import type { FittedClassifier, FittedRegression, Label } from "downhill";
import { type Focus, noFocus } from "../panels/modelPanel.ts";
import type { Picture } from "../scenes/modelScene.ts";
import { columnOf, firstRows, namesOf } from "../scenes/pictureRows.ts";
import type { TableRows } from "../state/labRun.ts";
import type { ShownRun } from "../training/shownRun.ts";
import { pictureOf } from "./shown.ts";

/** A row as the pointer or the keyboard reads it. */
export interface RowReading {
  /** Where the row is in the picture, in the units of its axes. */
  readonly at: readonly [number, number];
  readonly text: string;
}

type Model = FittedRegression | FittedClassifier;

/** A row of the picture. */
interface ReadRow {
  readonly at: readonly [number, number];
  readonly all: TableRows;
  readonly number: number;
  readonly isHeldOut: boolean;
}

/** The row that the keyboard has chosen, or the nearest one within reach of the pointer; null for none. */
export function rowReading(
  run: ShownRun,
  params: Float64Array,
  { row, at, reach }: Pick<Focus, "row" | "at" | "reach">,
): RowReading | null {
  if (row === null && (at === null || reach === null)) return null;
  const picture = pictureOf(run, params, noFocus, null);
  if (picture === null) return null;
  const { fitted } = run;
  const model = fitted.model(params) as Model;
  const rows = rowsOf(model, picture);
  const chosen = row === null ? nearest(rows, at!, reach!) : rows[((row % rows.length) + rows.length) % rows.length]!;
  if (chosen === null) return null;
  const { all, number, isHeldOut } = chosen;
  const { columns, data } = all.X;
  const own: TableRows = {
    X: { data: data.slice(number * columns, (number + 1) * columns), rows: 1, columns, ...namesOf(all.X) },
    y: [all.y[number]! as Label],
  };
  const values = shownColumns(model, picture).map((j) => `${picture.features[j]} ${formatNumber(own.X.data[j]!, 3)}`);
  const name = [`${isHeldOut ? "Held-out row" : "Row"} ${number + 1}`, ...values].join(", ");
  return {
    at: chosen.at,
    text: `${name}: ${predictionText(model, own)}${lossText(fitted.meanLoss, params, own, all)}`,
  };
}

/** The columns on the axes. */
const shownColumns = (model: Model, { features, isCurve, shown }: Picture): readonly number[] =>
  features.length === 1 || isCurve ? [0] : "classes" in model ? [...new Set(shown)] : [];

/** The rows of the picture, those of the training first. */
function rowsOf(model: Model, picture: Picture): ReadRow[] {
  const { rows, heldOut, shown } = picture;
  const held = heldOut === null ? [] : [{ all: heldOut, isHeldOut: true }];
  const both = [{ all: rows, isHeldOut: false }, ...held];
  const isPlane = shownColumns(model, picture).length > 0;
  // A picture of predictions against true values has the held-out rows alone, if there are some.
  return (isPlane ? both : both.slice(-1)).flatMap(({ all, isHeldOut }) => {
    const { X, y } = firstRows(all);
    const numbers = y as ArrayLike<number>;
    const [x, up] = !isPlane
      ? [numbers, model.predict(X) as ArrayLike<number>]
      : !("classes" in model)
        ? [columnOf(X, 0), numbers]
        : picture.features.length === 1
          ? [columnOf(X, 0), Array.from(y, (label) => Number(label === model.classes.at(-1)))]
          : [columnOf(X, shown[0]), columnOf(X, shown[1])];
    return Array.from({ length: X.rows }, (_, i): ReadRow => ({ at: [x[i]!, up[i]!], all, number: i, isHeldOut }));
  });
}

/** The nearest row within reach; null for none. @param reach  the distances on both axes up to which a row is read */
function nearest(
  rows: readonly ReadRow[],
  at: readonly [number, number],
  reach: readonly [number, number],
): ReadRow | null {
  const distance = ({ at: [x, y] }: ReadRow): number => ((x - at[0]) / reach[0]) ** 2 + ((y - at[1]) / reach[1]) ** 2;
  let best: ReadRow | null = null;
  let least = 1;
  for (const row of rows) {
    const own = distance(row);
    if (own < least) [best, least] = [row, own];
  }
  return best;
}

/** "true class a, predicted a 80%, b 20%." */
function predictionText(model: Model, { X, y }: TableRows): string {
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

// Charts of a matrix factorization.
import { predictedVsActual, ratingMatrices } from "@downhill/plots";
import { formatNumber } from "@downhill/plots/format";
import { html, type Markup, tableOf } from "@downhill/plots/page";
import type { FittedFactorization } from "downhill";
import type { NumberOutcome } from "../../model/metrics.ts";
import type { RatingRows } from "../../model/rows.ts";
import type { Picture } from "../figure.ts";
import { drawable } from "./numbers.ts";

const MAX_SIDE = 100; // users or items: more cells than this cannot be told apart

/** Observed and predicted ratings as matrices, for at most 100 users and 100 items. */
export function matrixPictures(fitted: FittedFactorization, { users, items, ratings }: RatingRows): Picture[] {
  const [rows, columns] = [fitted.users.length, fitted.items.length];
  if (rows > MAX_SIDE || columns > MAX_SIDE) return [];
  const observed = new Float64Array(rows * columns).fill(Number.NaN);
  const userAt = new Map(fitted.users.map((user, i) => [user, i]));
  const itemAt = new Map(fitted.items.map((item, i) => [item, i]));
  for (let k = 0; k < users.length; k++) {
    observed[userAt.get(users[k]!)! * columns + itemAt.get(items[k]!)!] = ratings![k]!;
  }
  const rebuilt = fitted.predict(
    fitted.users.flatMap((user) => fitted.items.map(() => user)),
    fitted.users.flatMap(() => [...fitted.items]),
  );
  const spec = ratingMatrices({
    title: "Observed ratings, and predictions for every user and item",
    matrices: [
      { name: "Observed (training)", rows, columns, values: observed },
      { name: "Predicted", rows, columns, values: rebuilt },
    ],
  });
  return [{ spec, full: true }];
}

/** Predicted against actual ratings. */
export function ratingPictures(outcome: NumberOutcome, where: string): Picture[] {
  const { prediction, target, score } = drawable(outcome);
  const title = `Predicted and actual ratings, ${where}`;
  return [
    {
      spec: predictedVsActual({
        title,
        actual: target,
        predicted: prediction,
        xName: "actual rating",
        yName: "predicted rating",
        score,
      }),
    },
  ];
}

const SHOWN = { users: 8, items: 3 };

/** The best items for the first users. */
export function recommendationTable(fitted: FittedFactorization): Markup {
  const users = fitted.users.slice(0, SHOWN.users);
  const rows = fitted
    .recommendEach(users, { top: SHOWN.items })
    .map((items, at) => [
      String(users[at]),
      items.map(({ item, rating }) => `${item} (${formatNumber(rating)})`).join(", ") || "–",
    ]);
  const what = fitted.settings.loss === "halfSquared" ? "predicted rating" : "score";
  const caption = `The ${SHOWN.items} items with the highest ${what}, in brackets, without the items that the user has.`;
  return html`<h3>Recommendations for the first ${users.length === 1 ? "user" : `${users.length} users`}</h3>
${tableOf(["User", "Items"], rows, caption)}`;
}

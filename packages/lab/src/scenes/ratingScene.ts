// The ratings of a factorization: those that are known, all that it predicts, and the differences.

import { ratingMatrices, type Spec } from "@downhill/plots";
import type { FittedFactorization, Label } from "downhill";

/** The ratings that a factorization learns from. */
export interface KnownRatings {
  readonly users: ArrayLike<Label>;
  readonly items: ArrayLike<Label>;
  readonly ratings: ArrayLike<number>;
}

/** The spec of the three matrices. */
export function ratingSpec(model: FittedFactorization, known: KnownRatings): Spec {
  const users = [...new Set(Array.from(known.users))].sort();
  const items = [...new Set(Array.from(known.items))].sort();
  const [rows, columns] = [users.length, items.length];
  const at = new Map(users.map((user, i) => [user, i]));
  const across = new Map(items.map((item, j) => [item, j]));
  const observed = new Float64Array(rows * columns).fill(Number.NaN);
  for (let k = 0; k < known.users.length; k++)
    observed[at.get(known.users[k]!)! * columns + across.get(known.items[k]!)!] = known.ratings[k]!;
  const pairs = users.flatMap((user) => items.map((item) => [user, item] as const));
  const predicted = model.predict(
    pairs.map(([user]) => user),
    pairs.map(([, item]) => item),
  );
  const matrix = (name: string, values: ArrayLike<number>) => ({ name, rows, columns, values });
  return ratingMatrices({
    title: "Ratings: known, predicted, and the errors",
    matrices: [
      matrix("Known", observed),
      matrix("Predicted", predicted),
      matrix(
        "Error",
        predicted.map((value, k) => value - observed[k]!),
      ),
    ],
    xName: "Item",
    yName: "User",
  });
}

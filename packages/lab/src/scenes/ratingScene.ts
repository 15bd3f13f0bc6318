// The pictures of a factorization: its matrices, and the map of its users and items.

import { factorMatrices, type Spec, scatterPlot } from "@downhill/plots";
import { formatCount, formatPercent } from "@downhill/plots/format";
import type { FittedFactorization, Label, Matrix } from "downhill";
import { planeOfPath, project } from "../training/plane.ts";
import { isDrawable } from "./drawable.ts";

/** The ratings that a factorization learns from. */
export interface KnownRatings {
  readonly users: ArrayLike<Label>;
  readonly items: ArrayLike<Label>;
  readonly ratings: ArrayLike<number>;
}

/** The numbers of users and of items in the order in which a picture shows them. */
export interface RatingOrder {
  readonly users: readonly number[];
  readonly items: readonly number[];
}

const MOST = 400; // users, and items, of a picture: it has fewer pixels, and more would hold up a run

/** The largest number of users, and of items, in a picture around one rating. */
export const NEAR = 30;

/** The first of the NEAR labels around one of them. */
const startAround = (at: number, count: number): number => Math.max(0, Math.min(at - NEAR / 2, count - NEAR));

/**
 * The spec of the matrices; null where numbers are too large to draw.
 *
 * @param focus  the numbers of a user and of an item
 * @param near  the user and the item around which to draw; null for all
 * @param order  the numbers of the users and of the items in the order of the picture; null for that of the model
 */
export function ratingSpec(
  model: FittedFactorization,
  known: KnownRatings,
  {
    focus,
    near,
    order,
  }: Record<"focus" | "near", readonly [number, number] | null> & { readonly order: RatingOrder | null },
): Spec | null {
  const count = near === null ? MOST : NEAR;
  const part = (labels: readonly Label[], numbers: readonly number[] = Array.from(labels.keys()), k: 0 | 1) => {
    const from = near === null ? 0 : startAround(numbers.indexOf(near[k]), numbers.length);
    return { from, numbers: numbers.slice(from, from + count) };
  };
  const shownUsers = part(model.users, order?.users, 0);
  const shownItems = part(model.items, order?.items, 1);
  const users = shownUsers.numbers.map((user) => model.users[user]!);
  const items = shownItems.numbers.map((item) => model.items[item]!);
  const [rows, columns] = [users.length, items.length];
  const at = new Map(users.map((user, i) => [user, i]));
  const across = new Map(items.map((item, j) => [item, j]));
  const observed = new Float64Array(rows * columns).fill(Number.NaN);
  for (let k = 0; k < known.users.length; k++) {
    const [row, column] = [at.get(known.users[k]!), across.get(known.items[k]!)];
    if (row !== undefined && column !== undefined) observed[row * columns + column] = known.ratings[k]!;
  }
  const pairs = { users: new Array<Label>(rows * columns), items: new Array<Label>(rows * columns) };
  for (let k = 0; k < rows * columns; k++) {
    pairs.users[k] = users[Math.floor(k / columns)]!;
    pairs.items[k] = items[k % columns]!;
  }
  const predicted = model.predict(pairs.users, pairs.items);
  const { rank } = model.settings;
  const chosen = focus && ([shownUsers.numbers.indexOf(focus[0]), shownItems.numbers.indexOf(focus[1])] as const);
  const isShown = chosen?.every((at) => at >= 0);
  const factorsOf = ({ data }: Matrix, numbers: readonly number[]): number[] =>
    numbers.flatMap((number) => Array.from(data.subarray(number * rank, (number + 1) * rank)));
  const userFactors = factorsOf(model.userFactors, shownUsers.numbers);
  const itemFactors = factorsOf(model.itemFactors, shownItems.numbers);
  if (!predicted.every(isDrawable) || !userFactors.every(isDrawable) || !itemFactors.every(isDrawable)) return null;
  return factorMatrices({
    title: "Known ratings, U and V, predictions and errors",
    ...{ users: users.map(String), items: items.map(String), known: observed, predicted },
    first: [shownUsers.from, shownItems.from],
    ...{ userFactors, itemFactors },
    ...(isShown && { focus: chosen! }),
  });
}

/** Which users and items the picture of all leaves out, as a sentence after another one; "" for none. */
export function leftOut({ users, items }: Pick<FittedFactorization, "users" | "items">): string {
  const parts = [["users", users.length] as const, ["items", items.length] as const]
    .filter(([, count]) => count > MOST)
    .map(([name, count]) => `the first ${MOST} of ${formatCount(count)} ${name}`);
  return parts.length === 0 ? "" : ` It shows ${parts.join(" and ")}; “Draw only around this rating” shows others.`;
}

/** The map of users and items, and a sentence about it. */
export function factorMapSpec(
  model: FittedFactorization,
  focus: readonly [number, number] | null,
): { readonly spec: Spec | null; readonly text: string } {
  const { rank } = model.settings;
  const rowsOf = ({ data, rows }: { readonly data: ArrayLike<number>; readonly rows: number }): Float64Array[] =>
    Array.from({ length: rows }, (_, i) => Float64Array.from({ length: rank }, (__, k) => data[i * rank + k]!));
  const [users, items] = [rowsOf(model.userFactors), rowsOf(model.itemFactors)];
  const all = [...users, ...items];
  if (!all.every((row) => row.every((value) => Math.abs(value) < 1e150)))
    return { spec: null, text: "The factors are too large to draw." };
  const { places, names, text } = placesOf(all, rank);
  const group = (name: string, from: number, to: number) => ({
    name,
    x: places.slice(from, to).map(([x]) => x),
    y: places.slice(from, to).map(([, y]) => y),
  });
  const chosen = focus && focus[0] < users.length && focus[1] < items.length;
  const spec = scatterPlot({
    title: "Map of users and items",
    groups: [
      group("users", 0, users.length),
      group("items", users.length, all.length),
      ...(chosen
        ? [
            group(`user ${model.users[focus[0]]}`, focus[0], focus[0] + 1),
            group(`item ${model.items[focus[1]]}`, users.length + focus[1], users.length + focus[1] + 1),
          ]
        : []),
    ],
    xName: names[0],
    yName: names[1],
  });
  return { spec, text };
}

/** Where the factors are on the map: themselves for two factors, their two main directions for more. */
function placesOf(rows: readonly Float64Array[], rank: number) {
  if (rank <= 2) {
    const names = ["factor 1", rank === 1 ? "" : "factor 2"] as const;
    const text = "A user likes an item whose point is in the same direction from 0.";
    return { places: rows.map(([x, y = 0]): [number, number] => [x!, y]), names, text };
  }
  const names = ["first main direction", "second main direction"] as const;
  const plane = planeOfPath(rows, names);
  const places = rows.map((row) => project(plane, row));
  const size = (list: readonly number[]): number => list.reduce((sum, value) => sum + value * value, 0);
  const all = rows.reduce((sum, row) => sum + size(Array.from(row, (value, k) => value - plane.origin[k]!)), 0);
  const share = all === 0 ? 1 : Math.min(1, places.reduce((sum, place) => sum + size(place), 0) / all);
  return {
    places,
    names,
    text: `The two main directions have ${formatPercent(share)} of the variance of the ${rank} factors.`,
  };
}

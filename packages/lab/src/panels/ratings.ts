// What a factorization predicts for one user and one item, and the items that it suggests.

import { type FittedFactorization, type Label, type Matrix, type Ratings, rootMeanSquaredError } from "downhill";
import type { RatingOrder } from "../scenes/ratingScene.ts";
import type { RatingRun } from "../state/labRun.ts";

/** The numbers of the user, the item and the pair that are focused. */
export interface RatingPart {
  readonly users: readonly string[];
  readonly items: readonly string[];
  readonly user: number;
  readonly item: number;
  readonly mean: number;
  /** The biases; null for a model without biases. */
  readonly biases: readonly [user: number, item: number] | null;
  /** The factors of the user and of the item. */
  readonly userFactors: readonly number[];
  readonly itemFactors: readonly number[];
  readonly predicted: number;
  /** The known rating; null for none. */
  readonly known: number | null;
  readonly isHeldOut: boolean;
  /** The five items with the highest predictions that the user has not rated. */
  readonly suggestions: readonly { readonly item: string; readonly rating: number }[];
  /** The root mean squared errors; null without held-out ratings. */
  readonly errors: { readonly training: number; readonly heldOut: number | null };
  /** The numbers of the users and of the items by their first factor, the largest first. */
  readonly order: RatingOrder;
  /** All known ratings as the numbers of a user and of an item, and a rating; null where they cannot be edited. */
  readonly points: readonly (readonly [number, number, number])[] | null;
}

const MOST_EDITED = 2000; // ratings
const MOST_IDS = 200; // users, and items

/** The part of a factorization. @param focus  the numbers of a user and of an item */
export function ratingPart(
  { train, heldOut }: RatingRun,
  model: FittedFactorization,
  focus: readonly [number, number] | null,
): RatingPart {
  const users = labelsOf(model.users, heldOut?.users);
  const items = labelsOf(model.items, heldOut?.items);
  const user = Math.min(focus?.[0] ?? 0, users.length - 1);
  const item = Math.min(focus?.[1] ?? 0, items.length - 1);
  const [userLabel, itemLabel] = [users[user]!, items[item]!];
  const [u, i] = [model.users.indexOf(userLabel), model.items.indexOf(itemLabel)];
  const { rank, mean } = model.settings;
  const factors = ({ data }: { readonly data: ArrayLike<number> }, at: number): number[] =>
    Array.from({ length: rank }, (_, k) => (at < 0 ? 0 : data[at * rank + k]!));
  const inTraining = ratingOf(train, userLabel, itemLabel);
  const inHeldOut = heldOut && ratingOf(heldOut, userLabel, itemLabel);
  const error = (ratings: Ratings): number =>
    rootMeanSquaredError(model.predict(ratings.users, ratings.items), ratings.ratings);
  return {
    ...{ users: users.map(String), items: items.map(String), user, item, mean },
    biases:
      model.userBiases === null || model.itemBiases === null
        ? null
        : [u < 0 ? 0 : model.userBiases[u]!, i < 0 ? 0 : model.itemBiases[i]!],
    userFactors: factors(model.userFactors, u),
    itemFactors: factors(model.itemFactors, i),
    predicted: model.predict([userLabel], [itemLabel])[0]!,
    known: inTraining ?? inHeldOut ?? null,
    isHeldOut: inTraining === null && inHeldOut !== null,
    suggestions:
      u < 0
        ? []
        : model.recommend(userLabel, { top: 5 }).map(({ item: label, rating }) => ({ item: String(label), rating })),
    order: { users: byFirst(model.userFactors), items: byFirst(model.itemFactors) },
    errors: { training: error(train), heldOut: heldOut && error(heldOut) },
    points: pointsOf([train, ...(heldOut ? [heldOut] : [])], users, items),
  };
}

/** The numbers of the rows by their first column, the largest first. */
const byFirst = ({ data, rows, columns }: Matrix): number[] =>
  Array.from({ length: rows }, (_, row) => row).sort((a, b) => data[b * columns]! - data[a * columns]!);

const labelsOf = (known: readonly Label[], others: ArrayLike<Label> | undefined): Label[] => {
  const all = new Set(known);
  return [...known, ...new Set(Array.from(others ?? []).filter((label) => !all.has(label)))];
};

function ratingOf({ users, items, ratings }: Ratings, user: Label, item: Label): number | null {
  for (let k = 0; k < users.length; k++) if (users[k] === user && items[k] === item) return ratings[k]!;
  return null;
}

function pointsOf(parts: readonly Ratings[], users: readonly Label[], items: readonly Label[]): RatingPart["points"] {
  const count = parts.reduce((sum, { ratings }) => sum + ratings.length, 0);
  if (count > MOST_EDITED || users.length > MOST_IDS || items.length > MOST_IDS) return null;
  const [user, item] = [users, items].map((labels) => new Map(labels.map((label, k) => [label, k])));
  return parts.flatMap((part) =>
    Array.from(part.ratings, (rating, k) => [user!.get(part.users[k]!)!, item!.get(part.items[k]!)!, rating] as const),
  );
}

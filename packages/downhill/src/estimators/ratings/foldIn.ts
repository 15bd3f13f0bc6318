// New users of a fitted factorization. The factors of the items do not change, so the parameters of a user follow from the
// user's own ratings.

import { InputRangeError, show } from "../../core/check.ts";
import { classesOf } from "../../core/label.ts";
import { listAt, listsOf } from "../../core/lists.ts";
import type { Pairs } from "../../core/pairs.ts";
import { type Duplicates, distinctRatings } from "./duplicates.ts";
import type { FactorizationData } from "./factorization.ts";
import { implicitUserRow } from "./implicitUserRow.ts";
import { requireNegatives } from "./negatives.ts";
import { checkedRatings, indexed, positiveRatings, type Ratings } from "./ratings.ts";
import { type UserRatings, userRow } from "./userRow.ts";

const functionName = "foldIn";

/**
 * The fitted data with the new users of some ratings.
 *
 * @throws RangeError for a user that the model knows, or an item that it does not know
 */
export function foldIn(fittedData: FactorizationData, table: Ratings | Pairs): FactorizationData {
  const { settings, options, users, items, seen, params } = fittedData;
  const isImplicit = settings.loss !== "halfSquared";
  const given = isImplicit ? positiveRatings(functionName, table) : checkedRatings(functionName, table as Ratings);
  const newUsers = indexed(functionName, "users", table.users);
  const newItems = indexed(functionName, "items", table.items);
  requireNewUsers(fittedData, table);
  const itemAt = new Map(items.map((item, at) => [item, at]));
  const { user, item, ratings } = distinctRatings(
    functionName,
    [newUsers, newItems, given],
    (options["duplicates"] ?? "mean") as Duplicates,
  );
  const count = newUsers.labels.length;
  const rowsOf = listsOf(user, count);
  const ratingsOf = (newUser: number): UserRatings => {
    const rows = listAt(rowsOf, newUser).toSorted(
      (a, b) => itemAt.get(newItems.labels[item[a]!]!)! - itemAt.get(newItems.labels[item[b]!]!)!,
    );
    return {
      items: rows.map((row) => itemAt.get(newItems.labels[item[row]!]!)!),
      ratings: Float64Array.from(rows, (row) => (ratings[row]! - settings.mean) / settings.deviation),
    };
  };
  const own = Array.from({ length: count }, (_, newUser) => ratingsOf(newUser));
  if (isImplicit) requireNegatives(functionName, newUsers, items.length, { starts: rowsOf.starts, entries: item });
  const width = settings.rank + (settings.biases ? 1 : 0);
  const solved = own.map((each, newUser) => {
    const row = isImplicit ? implicitUserRow(fittedData, each.items) : userRow(fittedData, each);
    if (row !== null) return row;
    throw new InputRangeError(
      isImplicit
        ? `${functionName}: l2 of the user's parameters must be above 0 for new users with implicit feedback, got 0. Train with l2 above 0.`
        : `${functionName}: a user needs at least as many ratings of different items as the user has parameters (${width}) for a ` +
            `model with l2 = 0, got ${each.items.length} for the user ${show(newUsers.labels[newUser])}. Supply more ratings, or train ` +
            "with l2 above 0.",
    );
  });

  const all = classesOf(functionName, [...users, ...newUsers.labels]);
  const oldAt = new Map(users.map((each, at) => [each, at]));
  const joined = new Float64Array(params.length + count * width);
  const lists = all.map((label, at) => {
    const old = oldAt.get(label);
    const row =
      old === undefined ? solved[newUsers.positions.get(label)!]! : params.subarray(old * width, (old + 1) * width);
    joined.set(row, at * width);
    return old === undefined ? own[newUsers.positions.get(label)!]!.items : listAt(seen, old);
  });
  joined.set(params.subarray(users.length * width), all.length * width);
  const starts = new Uint32Array(all.length + 1);
  lists.forEach((list, at) => {
    starts[at + 1] = starts[at]! + list.length;
  });
  const entries = new Uint32Array(starts[all.length]!);
  lists.forEach((list, at) => {
    entries.set(list, starts[at]);
  });
  return { ...fittedData, users: all, seen: { starts, entries }, params: joined };
}

function requireNewUsers({ users, items }: FactorizationData, table: Pairs): void {
  const known = { users: new Set(users), items: new Set(items) };
  for (let row = 0; row < table.users.length; row++) {
    if (known.users.has(table.users[row]!)) {
      throw new InputRangeError(
        `${functionName}: users must be new to the model, but it has training ratings of ${show(table.users[row])}, in row ${row}. ` +
          "Leave out this user, or train a model on all ratings.",
      );
    }
    if (known.items.has(table.items[row]!)) continue;
    throw new InputRangeError(
      `${functionName}: items must have training ratings, got ${show(table.items[row])} in row ${row}. Leave out this rating.`,
    );
  }
}

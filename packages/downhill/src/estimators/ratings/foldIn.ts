// New users of a fitted factorization. The factors of the items do not change, so the parameters of a user follow from the
// user's own ratings.

import { InputRangeError, show } from "../../core/check.ts";
import { solvePositiveDefinite } from "../../core/cholesky.ts";
import { classesOf } from "../../core/label.ts";
import { listAt, listsOf } from "../../core/lists.ts";
import { type Duplicates, distinctRatings } from "./duplicates.ts";
import type { FactorizationData } from "./factorization.ts";
import { checkedRatings, indexed, type Ratings } from "./ratings.ts";

const functionName = "foldIn";

/** A rating of a user: the position of the item in the model, and the standardized rating. */
interface UserRatings {
  readonly items: Uint32Array;
  readonly ratings: Float64Array;
}

/**
 * The fitted data with the new users of some ratings.
 *
 * @throws RangeError for a user that the model knows, or an item that it does not know
 */
export function foldIn(fittedData: FactorizationData, table: Ratings): FactorizationData {
  const { settings, options, users, items, seen, params } = fittedData;
  const given = checkedRatings(functionName, table);
  const newUsers = indexed(functionName, "users", table.users);
  const newItems = indexed(functionName, "items", table.items);
  requireNewUsers(fittedData, table);
  const itemAt = new Map(items.map((item, at) => [item, at]));
  const { user, item, ratings } = distinctRatings(
    functionName,
    newUsers,
    newItems,
    given,
    (options["duplicates"] ?? "mean") as Duplicates,
  );
  const count = newUsers.labels.length;
  const rowsOf = listsOf(user, Uint32Array.from(user.keys()), count);
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
  const solved = own.map((each, newUser) => {
    const row = userRow(fittedData, each);
    if (row !== null) return row;
    throw new InputRangeError(
      `${functionName}: a user needs at least as many ratings of different items as the user has parameters ` +
        `(${settings.rank + (settings.biases ? 1 : 0)}) for a model with l2 = 0, got ${each.items.length} for the user ` +
        `${show(newUsers.labels[newUser])}. Supply more ratings, or train with l2 above 0.`,
    );
  });

  const width = settings.rank + (settings.biases ? 1 : 0);
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

function requireNewUsers({ users, items }: FactorizationData, table: Ratings): void {
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

/**
 * The parameters θ = (p, b) of a user that minimise Σ ½ (y_i − b_i − b − p · q_i)² + m · l2/2 (‖p‖² + b²) over the n ratings of the
 * user: the part of the objective of the training that the user changes. With the penalty per rating m = n; with the uniform
 * penalty m is the number of training ratings, because the objective is their mean. The solution is that of the normal equations.
 *
 * @returns null if the solution is not unique
 */
function userRow({ settings, options, users, params }: FactorizationData, own: UserRatings): Float64Array | null {
  const { rank, biases, penalty } = settings;
  const width = rank + (biases ? 1 : 0);
  const A = new Float64Array(width * width);
  const b = new Float64Array(width);
  const q = new Float64Array(width).fill(1); // the factors of an item, and 1 for the bias of the user
  own.items.forEach((item, at) => {
    const from = (users.length + item) * width;
    for (let f = 0; f < rank; f++) q[f] = params[from + f]!;
    const y = own.ratings[at]! - (biases ? params[from + rank]! : 0);
    for (let f = 0; f < width; f++) {
      for (let g = 0; g <= f; g++) A[f * width + g]! += q[f]! * q[g]!;
      b[f]! += q[f]! * y;
    }
  });
  const count = penalty === "perRating" ? own.items.length : trainingRatings(options);
  for (let f = 0; f < width; f++) A[f * width + f]! += count * (options["l2"] as number);
  return solvePositiveDefinite(A, b) ? b : null;
}

function trainingRatings({ ratings }: FactorizationData["options"]): number {
  if (typeof ratings === "number") return ratings;
  throw new InputRangeError(
    `${functionName}: the model must have the number of its training ratings, got one of an earlier version. Train it again.`,
  );
}

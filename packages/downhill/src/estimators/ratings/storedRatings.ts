// Stored ratings, as the ratings of a fit: their checks, and their rows as a risk expects them.
import { InputRangeError, InputTypeError, show } from "../../core/check.ts";
import { classesOf, type Label } from "../../core/label.ts";
import { type Lists, listAt, withoutRepeats } from "../../core/lists.ts";
import { type Vector, zeros } from "../../core/vector.ts";
import { chunkCount, rowsOfChunk, type StoredRows } from "../../kernels/storedRows.ts";
import type { FactorizationOptions } from "./factorizationOptions.ts";
import type { RatingData, RatingRows } from "./ratingPlan.ts";
import type { RatingFacts } from "./ratingRun.ts";

/** Stored ratings for a factorization. The ids are in memory, and so are the rated items of each user, which the model contains. */
export interface StoredRatings {
  /** Per row a pair (`pairs: true`) and a rating. The pair is the position of the user in `users`, and that of the item in `items`. */
  readonly rows: StoredRows;
  /** The users, each once: false, true, then numbers by value, then texts by character codes. Each has a training rating. */
  readonly users: readonly Label[];
  /** The items, in the same way. */
  readonly items: readonly Label[];
}

/** Further stored ratings of a fit. */
export interface FurtherRatings {
  readonly validation?: StoredRatings | undefined;
  readonly seen?: StoredRatings | undefined;
}

/**
 * Reads the ratings a few times: to check them, and for the lists of rated items.
 *
 * @throws RangeError or TypeError for ratings or options that are not allowed
 */
export function storedRatings(
  functionName: string,
  { feedback, stop }: FactorizationOptions,
  table: StoredRatings,
  { validation, seen }: FurtherRatings,
): { readonly facts: RatingFacts; readonly data: RatingData } {
  if (feedback === "implicit") {
    throw new InputTypeError(
      `${functionName}: feedback must be "explicit" for stored rows, got "implicit", because its negative items are drawn with all pairs in ` +
        "memory. Use fit.",
    );
  }
  if ((validation === undefined) !== (stop?.validation === undefined)) {
    throw new InputRangeError(
      validation
        ? `${functionName}: validation needs the option stop.validation of the estimator, got none. Pass stop: { validation: { share: 0.1 } }, or leave out validation.`
        : `${functionName}: stop.validation needs stored validation rows, got none. Pass { validation: … }, or leave out stop.validation.`,
    );
  }
  const { users, items } = table ?? {};
  for (const one of [table, validation, seen]) if (one) requireStoredRatings(functionName, one, table);
  const counts = { users: new Uint32Array(users.length), items: new Uint32Array(items.length) };
  for (const one of [validation, seen]) if (one) checkRows(functionName, one, null);
  checkRows(functionName, table, counts);
  for (const kind of ["users", "items"] as const) {
    const missing = counts[kind].indexOf(0);
    if (missing < 0) continue;
    throw new InputRangeError(
      `${functionName}: ${kind} must have training ratings, got none for ${show(table[kind][missing])}. Leave it out of ${kind}.`,
    );
  }
  const trained = validation ? [table, validation] : [table];
  const rated = ratedItems(trained, users.length);
  requireOneRatingPerPair(functionName, trained, rated);
  const largestCount = (): number => Math.max(...[counts.users, counts.items].map(largest));
  return {
    facts: {
      ...{ users, items },
      seen: seen ? withoutRepeats(ratedItems([...trained, seen], users.length)) : rated,
      ratings: table.rows.rows,
      validation: validation?.rows.rows,
    },
    data: {
      functionName,
      users: users.length,
      items: items.length,
      training: rowsIn(table, largestCount),
      validation: validation && rowsIn(validation, largestCount),
      singleOrder: undefined,
    },
  };
}

const largest = (counts: Uint32Array): number => counts.reduce((most, count) => Math.max(most, count), 0);

/** @throws TypeError or RangeError for rows that are no ratings, or labels that are not those of the training ratings, in order */
function requireStoredRatings(functionName: string, table: StoredRatings, training: StoredRatings): void {
  const { rows } = table;
  if (typeof rows?.load !== "function") {
    throw new InputTypeError(
      `${functionName}: rows must be stored rows, got ${show(rows)}. Pass { rows: storedRows(…), users, items }; fit takes ratings in memory.`,
    );
  }
  const { pairs, columns, targets, weighted } = rows;
  if (!pairs || columns !== 2 || targets !== 1 || weighted) {
    throw new InputRangeError(
      `${functionName}: the rows must have a pair and a rating, got ${JSON.stringify({ pairs, columns, targets, weighted })}. ` +
        "Store them with { columns: 2, pairs: true }.",
    );
  }
  for (const kind of ["users", "items"] as const) {
    const labels = table[kind];
    if (!Array.isArray(labels) || labels.length === 0) {
      throw new InputTypeError(
        `${functionName}: ${kind} must be a list of labels, got ${show(labels)}. Pass the labels whose positions the rows contain.`,
      );
    }
    const ordered = table === training ? classesOf(functionName, labels, kind) : training[kind];
    const wrong = labels.findIndex((label, i) => label !== ordered[i]);
    if (wrong < 0 && labels.length === ordered.length) continue;
    throw new InputRangeError(
      table === training
        ? `${functionName}: ${kind} must be different and in order (numbers by value, then texts by character codes), got ` +
            `${show(labels[wrong])} at position ${wrong}. Sort them, and store the rows with the new positions.`
        : `${functionName}: ${kind} must be those of the training ratings. Store all ratings with the same users and items.`,
    );
  }
}

/** A chunk of stored ratings. The next chunk overwrites its numbers. */
interface RatingChunk {
  /** The first row. */
  readonly from: number;
  readonly pairs: Uint32Array;
  readonly ratings: Vector;
}

/** Calls `visit` with each chunk. */
function eachChunk(stored: StoredRows, visit: (chunk: RatingChunk) => void): void {
  const size = Math.min(stored.rowsPerChunk, stored.rows);
  const [pairs, ratings] = [new Uint32Array(2 * size), zeros(stored.elementType, size)];
  for (let chunk = 0; chunk < chunkCount(stored); chunk++) {
    const rows = rowsOfChunk(stored, chunk);
    const own = { pairs: pairs.subarray(0, 2 * rows), ratings: ratings.subarray(0, rows) };
    stored.load(chunk, own.pairs, own.ratings, null);
    visit({ from: chunk * stored.rowsPerChunk, ...own });
  }
}

/**
 * Checks the positions and the ratings, and counts the ratings of each user and item.
 *
 * @throws RangeError for a position outside the lists, or a rating that is not finite
 */
function checkRows(
  functionName: string,
  { rows, users, items }: StoredRatings,
  counts: { readonly users: Uint32Array; readonly items: Uint32Array } | null,
): void {
  eachChunk(rows, ({ from, pairs, ratings }) => {
    for (let i = 0; i < ratings.length; i++) {
      const [user, item] = [pairs[2 * i]!, pairs[2 * i + 1]!];
      const kind = user >= users.length ? "users" : "items";
      if (kind === "users" || item >= items.length) {
        const [position, all] = kind === "users" ? [user, users] : [item, items];
        throw new InputRangeError(
          `${functionName}: the positions in ${kind} must be below ${all.length}, got ${position} in row ${from + i}. ` +
            `Store positions in the list ${kind}.`,
        );
      }
      if (!Number.isFinite(ratings[i])) {
        throw new InputRangeError(
          `${functionName}: ratings must hold finite numbers, got ${ratings[i]} in row ${from + i}. Remove the row or supply the value.`,
        );
      }
      if (counts === null) continue;
      counts.users[user]! += 1;
      counts.items[item]! += 1;
    }
  });
}

/** For each user the positions of the rated items in ascending order, with repeats. */
function ratedItems(tables: readonly StoredRatings[], users: number): Lists {
  const starts = new Uint32Array(users + 1);
  const eachPair = (visit: (user: number, item: number) => void): void => {
    for (const { rows } of tables) {
      eachChunk(rows, ({ pairs }) => {
        for (let i = 0; i < pairs.length; i += 2) visit(pairs[i]!, pairs[i + 1]!);
      });
    }
  };
  eachPair((user) => {
    starts[user + 1]! += 1;
  });
  for (let user = 0; user < users; user++) starts[user + 1]! += starts[user]!;
  const next = starts.slice();
  const entries = new Uint32Array(starts[users]!);
  eachPair((user, item) => {
    entries[next[user]!] = item;
    next[user]! += 1;
  });
  const lists = { starts, entries };
  for (let user = 0; user < users; user++) listAt(lists, user).sort();
  return lists;
}

/** @throws RangeError for a pair with two ratings: they would count twice, and merging them needs all ratings in memory */
function requireOneRatingPerPair(functionName: string, tables: readonly StoredRatings[], rated: Lists): void {
  const { users, items } = tables[0]!;
  for (let user = 0; user < users.length; user++) {
    const own = listAt(rated, user);
    const repeat = own.findIndex((item, at) => at > 0 && item === own[at - 1]);
    if (repeat < 0) continue;
    const found: string[] = [];
    for (const [t, { rows }] of tables.entries()) {
      eachChunk(rows, ({ from, pairs }) => {
        for (let i = 0; i < pairs.length; i += 2) {
          if (pairs[i] === user && pairs[i + 1] === own[repeat])
            found.push(`${t === 0 ? "" : "validation "}row ${from + i / 2}`);
        }
      });
    }
    throw new InputRangeError(
      `${functionName}: each pair of a user and an item must have one rating, got two for ${show(users[user])} and ` +
        `${show(items[own[repeat]!])}, in ${found[0]} and ${found[1]}. Make one rating of them before you store the rows.`,
    );
  }
}

/** The rows of a fit. Their ratings have the element type of the run. */
function rowsIn({ rows: stored, users }: StoredRatings, largestCount: () => number): RatingRows {
  return {
    rows: stored.rows,
    each: (visit) => eachChunk(stored, ({ ratings }) => visit(ratings)),
    largestCount,
    rowsOf({ width }, { mean, deviation }) {
      const ratings = zeros(stored.elementType, Math.min(stored.rowsPerChunk, stored.rows));
      return {
        stored: {
          ...stored,
          load(chunk, inputs, targets) {
            const own = ratings.subarray(0, targets.length);
            stored.load(chunk, inputs, own, null);
            for (let i = 0; i < own.length; i++) {
              inputs[2 * i] = inputs[2 * i]! * width;
              inputs[2 * i + 1] = (users.length + inputs[2 * i + 1]!) * width;
              targets[i] = (own[i]! - mean) / deviation;
            }
          },
        },
      };
    },
  };
}

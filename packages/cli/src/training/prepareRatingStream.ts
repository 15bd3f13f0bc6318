// Prepares ratings that may be larger than the memory: DuckDB reads them once into a temporary file of cells; the ratings to train on are
// then in a file, from which the training reads them. In memory are the ids, and while the ratings are divided about 100 bytes for each.

import { formatCount } from "@downhill/plots/format";
import {
  type FittedFactorization,
  type Note,
  type RatingNumbers,
  type RatingsInParts,
  type RatingTableFacts,
  ratingModelOf,
  ratingsInParts,
  storedBytes,
} from "downhill";
import { DataError } from "../errors/errors.ts";
import { show } from "../errors/quoting.ts";
import { VALIDATION_SHARE } from "../model/estimator.ts";
import type { RatingRows } from "../model/rows.ts";
import { ratingSplit, requireParts } from "../model/splitRows.ts";
import { eachRatingPart, ratingColumns, type StoredRatingRows, storedRatingsAt } from "../model/storedRatings.ts";
import type { StoredRange } from "../model/storedTable.ts";
import { columnOptionsOf, dialectOf } from "../model/tableOptions.ts";
import { DEFAULT_HOLD_OUT, DEFAULT_SEED, type TrainOptions } from "../options/trainOptions.ts";
import { cellFiles } from "../stream/cellFile.ts";
import { cellPartsOf } from "../stream/cellParts.ts";
import type { Fingerprint } from "../stream/fingerprint.ts";
import { scratchFile } from "../stream/scratchFile.ts";
import { type StoreFile, writeStore } from "../stream/storeFile.ts";
import type { DataArgument } from "../table/files/source.ts";
import { withTable } from "../table/openTable.ts";
import {
  type Anew,
  cachedRows,
  type PreparedStream,
  readUnchanged,
  type StreamSurroundings,
  writtenByRank0,
} from "./cachedRows.ts";
import { fileNote } from "./prepared.ts";
import { equalRatingsNote, ratingColumnsOf } from "./prepareRatings.ts";
import { requireValidationRatings } from "./ratingChecks.ts";

const command = "train";

/** What the file of ratings knows of them. JSON. */
interface RatingFacts {
  readonly fingerprint: Fingerprint;
  readonly names: { readonly user: string; readonly item: string; readonly rating: string };
  /** The number of rows of the table. */
  readonly rows: number;
  readonly users: readonly string[];
  readonly items: readonly string[];
  readonly notes: readonly Note[];
  readonly table: RatingTableFacts;
  readonly training: StoredRange;
  readonly validation: StoredRange | null;
  readonly heldOut: StoredRange | null;
  /** The training ratings and the validation ratings before those of a pair became one; null if each pair has one. */
  readonly given: StoredRange | null;
  /** The mean of the training ratings. */
  readonly answer: number;
}

/**
 * Prepares ratings for a training run, or takes those of an earlier run from its cache.
 *
 * @param surroundings  how the progress is shown, and the ranks that use the cache, if there is one: rank 0 reads the ratings and writes it
 * @throws UsageError for a wrong column or option; DataError and input errors of the library for wrong cells
 */
export const prepareRatingStream = (
  data: DataArgument,
  options: TrainOptions,
  { ranks, progress }: StreamSurroundings = {},
): Promise<PreparedStream> =>
  cachedRows<RatingFacts>(data, options, {
    name: [options.user, options.item, options.rating].join("\0"),
    ...{ ranks, progress },
    from: preparedFrom,
    anew: (anew) => writtenByRank0(ranks, anew.cache, () => prepareAnew(data, options, anew)),
  });

const IN_MEMORY = 100_000; // ratings for charts and for the scores of lists

function preparedFrom({ facts, read, close }: StoreFile<RatingFacts>): PreparedStream {
  const { users, items, names, training, validation, heldOut, given, answer } = facts;
  const at = (range: StoredRange) => storedRatingsAt({ users, items, read }, range);
  const rowsOf = (ranges: readonly StoredRange[], own: StoredRatingRows["training"]): RatingRows => {
    const rows = ranges.reduce((sum, range) => sum + range.rows, 0);
    const each: StoredRatingRows["each"] = (visit) => {
      for (const range of ranges) eachRatingPart(at(range), visit);
    };
    const step = Math.ceil(rows / IN_MEMORY);
    const kept = { users: [] as string[], items: [] as string[], ratings: [] as number[] };
    for (const range of ranges) {
      eachRatingPart(at(range), (part, user) => {
        for (let i = 0; i < user.length; i++) {
          if (user[i]! % step !== 0) continue;
          kept.users.push(part.users[i]!);
          kept.items.push(part.items[i]!);
          kept.ratings.push(part.ratings[i]!);
        }
      });
    }
    return {
      task: "ratings",
      ...kept,
      ratings: Float64Array.from(kept.ratings),
      stored: { rows, each, training: own },
    };
  };
  const own = {
    training: at(training),
    validation: validation && at(validation),
    heldOut: heldOut && at(heldOut),
    answer,
  };
  const train = rowsOf(given ? [given] : validation ? [training, validation] : [training], own);
  const test = heldOut && rowsOf([heldOut], null);
  const isPart = Math.ceil(train.stored!.rows / IN_MEMORY) > 1;
  const text =
    `The scores of lists and the charts are those of some users, with ${formatCount(train.users.length)} of ` +
    `${formatCount(train.stored!.rows)} training ratings; the other scores are those of all ratings`;
  return {
    prepared: {
      table: { rows: facts.rows, columns: [], kinds: [] },
      notes: [
        ...facts.notes,
        ...(isPart ? [{ code: "sample", column: null, text, level: "information" } as const] : []),
      ],
      model: "factorization",
      task: "ratings",
      reason: "set with --model",
      otherwise: "",
      parts: { train, heldOut: test },
      twoClasses: null,
      evaluable: null,
      spec: { ...names, fitted: (model: FittedFactorization) => ratingModelOf(model, facts.table) },
    },
    close,
  };
}

const MAX_IDS = 10_000_000; // as in memory

function checkTexts(name: string, { own }: { readonly own: number }): void {
  if (own <= MAX_IDS) return;
  throw new DataError(
    `${command}: the column ${show(name)} has more than ${MAX_IDS / 1_000_000} million different texts, too many to be in memory. ` +
      "Train on the ratings of fewer users or items, with a query.",
  );
}

/** Reads the ratings, and writes the file of those that the training needs. */
async function prepareAnew(
  data: DataArgument,
  options: TrainOptions,
  { cache, now, progress, unchanged }: Omit<Anew, "ranks">,
): Promise<StoreFile<RatingFacts>> {
  const beside = cache ?? (options.save || "model.json");
  const texts = [options.user, options.item].filter((name) => name !== undefined);
  return withTable(command, { argument: data, texts, streamed: true }, async (open) => {
    const { user, item, rating } = ratingColumnsOf(open, options);
    const cells = cellFiles({
      command,
      newFile: () => scratchFile(command, beside),
      checkTexts,
      onRows: progress?.read,
    });
    try {
      const requests = [
        { name: user, asText: true },
        { name: item, asText: true },
        { name: rating!, separate: true },
      ];
      const read = await readUnchanged(open, requests, cells, { ranks: undefined, unchanged });
      const ratings = ratingsInParts(cellPartsOf(read, { progress }), {
        ...{ user, item, rating: rating! },
        columns: columnOptionsOf(options, [rating]),
        ...(options.na && { na: options.na }),
        dialect: dialectOf(command, open.locate),
      });
      const divided = dividedOf(ratings, options);
      return writeStore<RatingFacts>(command, { path: cache, beside }, (append) => {
        let position = 0;
        const write = ({ user, item, ratings }: RatingNumbers): StoredRange => {
          const start = position;
          for (const bytes of storedBytes(ratingColumns, partsOf(user, item, ratings))) {
            append(bytes);
            position += bytes.length;
          }
          return { position: start, rows: ratings.length };
        };
        const { training, validation, heldOut, given, answer } = divided;
        return {
          fingerprint: now,
          names: { user, item, rating: rating! },
          rows: read.rows,
          users: ratings.users,
          items: ratings.items,
          notes: [...open.notes.map(fileNote), ...ratings.notes, ...equalRatingsNote(ratings.ratings, rating!)],
          table: ratings.facts,
          training: write(training),
          validation: validation && write(validation),
          heldOut: heldOut && write(heldOut),
          given: given && write(given),
          answer,
        };
      });
    } finally {
      cells.close();
    }
  });
}

interface Divided extends ReturnType<RatingsInParts["divided"]> {
  readonly heldOut: RatingNumbers | null;
  readonly given: RatingNumbers | null;
  readonly answer: number;
}

/** Holds out ratings, makes one rating of those of each pair, and chooses validation ratings, as in memory. */
function dividedOf(all: RatingsInParts, options: TrainOptions): Divided {
  const { holdOut: share = DEFAULT_HOLD_OUT, seed = DEFAULT_SEED, duplicates, patience } = options;
  const split = share === 0 ? null : splitOf(all, share, seed);
  const given = split === null ? all : ratingsAt(all, split.train);
  let answer = 0;
  for (const rating of given.ratings) answer += rating / given.ratings.length;
  if (patience !== undefined) requireValidationRatings({ users: given.user, items: given.item }, options);
  const divided = all.divided(
    {
      seed,
      ...(duplicates && { duplicates }),
      ...(patience !== undefined && { stop: { validation: { share: VALIDATION_SHARE, patience } } }),
    },
    split?.train,
  );
  const kept = divided.training.ratings.length + (divided.validation?.ratings.length ?? 0);
  return {
    ...divided,
    heldOut: split && ratingsAt(all, split.test),
    given: kept < given.ratings.length ? given : null,
    answer,
  };
}

const ratingsAt = ({ user, item, ratings }: RatingNumbers, rows: Uint32Array): RatingNumbers => ({
  user: rows.map((row) => user[row]!),
  item: rows.map((row) => item[row]!),
  ratings: Float64Array.from(rows, (row) => ratings[row]!),
});

function splitOf({ user, item, ratings }: RatingNumbers, testShare: number, seed: number) {
  requireParts(ratings.length, testShare);
  return ratingSplit({ users: user, items: item, times: null }, testShare, seed);
}

const PART = 65_536; // ratings

function* partsOf(user: Uint32Array, item: Uint32Array, ratings: Float64Array) {
  for (let from = 0; from < ratings.length; from += PART) {
    const targets = ratings.subarray(from, from + PART);
    const inputs = new Uint32Array(2 * targets.length);
    for (let i = 0; i < targets.length; i++) {
      inputs[2 * i] = user[from + i]!;
      inputs[2 * i + 1] = item[from + i]!;
    }
    yield { inputs, targets };
  }
}

// Prepares ratings that may be larger than the memory: DuckDB reads them once into a temporary file of cells; the ratings to train on are
// then in a file, from which the training reads them. In memory are the ids, and while the ratings are divided about 40 bytes for each.

import { formatCount } from "@downhill/plots/format";
import {
  type FittedFactorization,
  type Note,
  type RatingPositions,
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
async function prepareAnew(data: DataArgument, options: TrainOptions, anew: Omit<Anew, "ranks">) {
  const beside = anew.cache ?? (options.save || "model.json");
  const { names, rows, ratings, notes } = await readRatings(data, options, { ...anew, beside });
  const divided = dividedOf(ratings, options);
  return writeStore<RatingFacts>(command, { path: anew.cache, beside }, (append) => {
    let position = 0;
    const write = (part: Part): StoredRange => {
      const start = position;
      for (const bytes of storedBytes(ratingColumns, partsOf(ratings, part))) {
        append(bytes);
        position += bytes.length;
      }
      return { position: start, rows: part.rows.length };
    };
    const { training, validation, heldOut, given, answer } = divided;
    return {
      fingerprint: anew.now,
      ...{ names, rows, users: ratings.users, items: ratings.items, notes },
      table: ratings.facts,
      training: write(training),
      validation: validation && write(validation),
      heldOut: heldOut && write(heldOut),
      given: given && write(given),
      answer,
    };
  });
}

interface ReadRatings extends Pick<RatingFacts, "names" | "rows" | "notes"> {
  readonly ratings: RatingsInParts;
}

/** Reads the ratings into memory. Afterwards the memory of DuckDB and the file of cells are free. */
function readRatings(
  data: DataArgument,
  options: TrainOptions,
  { beside, progress, unchanged }: Pick<Anew, "progress" | "unchanged"> & { readonly beside: string },
): Promise<ReadRatings> {
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
      const names = { user, item, rating: rating! };
      const ratings = ratingsInParts(cellPartsOf(read, { progress }), {
        ...names,
        columns: columnOptionsOf(options, [rating]),
        ...(options.na && { na: options.na }),
        dialect: dialectOf(command, open.locate),
      });
      const notes = [...open.notes.map(fileNote), ...ratings.notes, ...equalRatingsNote(ratings.ratings, rating!)];
      return { names, rows: read.rows, ratings, notes };
    } finally {
      cells.close();
    }
  });
}

/** Some of the ratings: their positions, and their values if these are not the values at the positions. */
type Part = Pick<RatingPositions, "rows"> & Partial<RatingPositions>;

interface Divided extends ReturnType<RatingsInParts["divided"]> {
  readonly heldOut: Part | null;
  readonly given: Part | null;
  readonly answer: number;
}

/** Holds out ratings, makes one rating of those of each pair, and chooses validation ratings, as in memory. */
function dividedOf(all: RatingsInParts, options: TrainOptions): Divided {
  const { holdOut: share = DEFAULT_HOLD_OUT, seed = DEFAULT_SEED, duplicates, patience } = options;
  const split = share === 0 ? null : splitOf(all, share, seed);
  const given = split?.train;
  const count = given?.length ?? all.ratings.length;
  let answer = 0;
  for (let i = 0; i < count; i++) answer += all.ratings[given ? given[i]! : i]! / count;
  if (patience !== undefined) {
    const at = (list: Uint32Array): Uint32Array => given?.map((row) => list[row]!) ?? list;
    requireValidationRatings({ users: at(all.user), items: at(all.item) }, options);
  }
  const divided = all.divided(
    {
      seed,
      ...(duplicates && { duplicates }),
      ...(patience !== undefined && { stop: { validation: { share: VALIDATION_SHARE, patience } } }),
    },
    given,
  );
  const kept = divided.training.rows.length + (divided.validation?.rows.length ?? 0);
  return {
    ...divided,
    heldOut: split && { rows: split.test },
    given: kept < count ? { rows: given ?? Uint32Array.from({ length: count }, (_, row) => row) } : null,
    answer,
  };
}

function splitOf({ user, item }: RatingsInParts, testShare: number, seed: number) {
  requireParts(user.length, testShare);
  return ratingSplit({ users: user, items: item, times: null }, testShare, seed);
}

const PART = 65_536; // ratings

function* partsOf({ user, item, ratings: all }: RatingsInParts, { rows, ratings }: Part) {
  for (let from = 0; from < rows.length; from += PART) {
    const count = Math.min(PART, rows.length - from);
    const targets = new Float64Array(count);
    const inputs = new Uint32Array(2 * count);
    for (let i = 0; i < count; i++) {
      const row = rows[from + i]!;
      inputs[2 * i] = user[row]!;
      inputs[2 * i + 1] = item[row]!;
      targets[i] = ratings ? ratings[from + i]! : all[row]!;
    }
    yield { inputs, targets };
  }
}

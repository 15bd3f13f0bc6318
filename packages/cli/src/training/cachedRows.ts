// Prepared rows in a file, which is the cache of an earlier run or is written anew.
import { createHash } from "node:crypto";
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { DataError, UsageError } from "../errors/errors.ts";
import { show } from "../errors/quoting.ts";
import type { TrainOptions } from "../options/trainOptions.ts";
import { dataFiles } from "../output/dataFiles.ts";
import { gatherValues, onAllRanks } from "../ranks/gather.ts";
import type { RunRanks } from "../ranks/join.ts";
import type { cellFiles } from "../stream/cellFile.ts";
import { differenceOf, type Fingerprint, fingerprintOf, marksOf } from "../stream/fingerprint.ts";
import type { RowProgress } from "../stream/rowProgress.ts";
import { isStore, openStore, type StoreFile } from "../stream/storeFile.ts";
import { type DataArgument, isStandardInput } from "../table/files/source.ts";
import type { OpenTable } from "../table/openTable.ts";
import type { Prepared } from "./prepared.ts";

const command = "train";

/** A prepared table whose rows are in a file. `close` closes it. */
export interface PreparedStream {
  readonly prepared: Prepared;
  close(): void;
}

/** What the reading of a table in parts has around it. */
export interface StreamSurroundings {
  /** The ranks that divide the work, if there is a cache: rank 0 writes it, and all open it. */
  readonly ranks?: RunRanks | undefined;
  readonly progress?: RowProgress | undefined;
}

export interface Anew {
  readonly cache: string | null;
  readonly ranks: RunRanks | undefined;
  readonly progress: RowProgress | undefined;
  readonly now: Fingerprint;
  /** The difference of the files from those at the start; null if they are the same. */
  readonly unchanged: () => string | null;
}

/**
 * Reads columns into temporary files, and releases DuckDB.
 *
 * @param unchanged  as that of `Anew`
 * @throws DataError if the files of DATA changed while they were read
 */
export async function readUnchanged(
  open: OpenTable,
  requests: Parameters<OpenTable["readColumns"]>[0],
  { reading }: ReturnType<typeof cellFiles>,
  { ranks, unchanged }: Pick<Anew, "ranks" | "unchanged">,
) {
  const read = await open.readColumns(requests, reading);
  open.release();
  await onAllRanks(ranks, async () => {
    const changed = unchanged();
    if (changed === null) return;
    throw new DataError(`${command}: ${changed} while it was read. Train again when nothing writes to it.`);
  });
  return read;
}

/** The file that rank 0 writes. The other ranks open it. */
export async function writtenByRank0<F>(
  ranks: RunRanks | undefined,
  cache: string | null,
  write: () => Promise<StoreFile<F>>,
): Promise<StoreFile<F>> {
  const isWriter = ranks === undefined || ranks.rank === 0;
  const store = await onAllRanks(ranks, async () => (isWriter ? write() : null));
  return await onAllRanks(ranks, async () => store ?? openStore<F>(cache!)!);
}

/** How rows of a kind are prepared. */
export interface RowsSource<F> {
  /** The name of the target, or of the columns. */
  readonly name: string;
  readonly ranks: RunRanks | undefined;
  readonly progress: RowProgress | undefined;
  /** The rows of a file as the training needs them; null if they were prepared for a target of another kind. */
  from(store: StoreFile<F>): PreparedStream | null;
  /** Reads the table, and writes the file of its prepared rows. */
  anew(anew: Anew): Promise<StoreFile<F>>;
}

/** Takes the prepared rows from the cache, or prepares them. */
export async function cachedRows<F extends { readonly fingerprint: Fingerprint }>(
  data: DataArgument,
  options: TrainOptions,
  { name, ranks, progress, from, anew }: RowsSource<F>,
): Promise<PreparedStream> {
  const { cache, fingerprint, now, known, cached, reason } = await onAllRanks(ranks, async () => {
    const paths = (await dataFiles(command, data.data)).map(({ path }) => path);
    const cache = cachePath(data.data, options.cache, name);
    const fingerprint = (): Fingerprint => fingerprintOf(data.data, options, marksOf(paths));
    const now = fingerprint();
    const known = cache === null ? null : openStore<F>(cache);
    const difference = known && differenceOf(known.facts.fingerprint, now);
    const cached = known !== null && difference === null ? from(known) : null;
    const reason = known && (difference ?? "it is for another kind of target");
    return { cache, fingerprint, now, known, cached, reason };
  });
  const isCached = ranks === undefined ? cached !== null : gatherValues(ranks, cached !== null).every(Boolean);
  if (isCached) return withNote(cached!, `The prepared rows are those of the cache ${show(cache!)}`);
  known?.close();
  const store = await anew({ cache, ranks, progress, now, unchanged: () => differenceOf(now, fingerprint()) });
  progress?.end();
  const prepared = from(store)!;
  if (cache === null) return prepared;
  const why = reason === null ? "" : `, because ${reason}`;
  return withNote(
    prepared,
    `The prepared rows are ${reason === null ? "kept in" : "prepared again for"} the cache ${show(cache)}${why}`,
  );
}

const withNote = ({ prepared, close }: PreparedStream, text: string): PreparedStream => ({
  prepared: { ...prepared, notes: [...prepared.notes, { code: "cache", column: null, text, level: "information" }] },
  close,
});

/** The file of --cache; in a folder it has a name of its own. */
function cachePath(data: string, cache: string | undefined, name: string): string | null {
  if (cache === undefined) return null;
  if (isStandardInput(data)) {
    throw new UsageError(
      "train: --cache needs a file or a query as DATA, because standard input can be read only once. Leave out --cache.",
    );
  }
  const stats = statSync(cache, { throwIfNoEntry: false });
  if (stats?.isDirectory()) return join(cache, `${cacheName(data, name)}.rows`);
  if (existsSync(cache) && !isStore(cache)) {
    throw new UsageError(
      `train: --cache ${show(cache)} is another file, which is not replaced. Choose another name, or a folder.`,
    );
  }
  return cache;
}

/** A name for the cache of a target, or of the columns of ratings, of some data. */
const cacheName = (data: string, name: string): string =>
  `downhill-${createHash("sha256")
    .update(JSON.stringify([data, name]))
    .digest("hex")
    .slice(0, 16)}`;

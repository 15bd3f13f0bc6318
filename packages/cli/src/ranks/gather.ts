// Exchanges between the ranks of a run. All ranks make the same exchanges in the same order.
import { deserialize, serialize } from "node:v8";
import type { Communicator } from "@downhill/mpi";
import { DataError, MemoryError } from "../errors/errors.ts";

/** The texts of all ranks, in their order. */
export const gatherTexts = (ranks: Communicator, text: string): string[] =>
  gatherBytes(ranks, new TextEncoder().encode(text)).map((bytes) => new TextDecoder().decode(bytes));

/** The values of all ranks, in their order: plain data, typed arrays and maps. */
export const gatherValues = <T>(ranks: Communicator, value: T): T[] =>
  gatherBytes(ranks, serialize(value)).map((bytes) => deserialize(bytes) as T);

function gatherBytes(ranks: Communicator, own: Uint8Array): Uint8Array[] {
  const lengths = new Float64Array(ranks.size);
  lengths[ranks.rank] = own.length;
  ranks.allGather(
    new Uint8Array(lengths.buffer),
    Array.from({ length: ranks.size + 1 }, (_, r) => 8 * r),
  );
  const starts = [0];
  for (const length of lengths) starts.push(starts.at(-1)! + length);
  const all = new Uint8Array(starts.at(-1)!);
  all.set(own, starts[ranks.rank]);
  ranks.allGather(all, starts);
  return Array.from(lengths, (_, r) => all.subarray(starts[r], starts[r + 1]));
}

/**
 * Does work that may fail on some ranks only, such as reading files. If it fails anywhere, it throws on all ranks.
 *
 * @throws the error of this rank, or else a DataError with the first error of another one
 */
export async function onAllRanks<T>(ranks: Communicator | undefined, work: () => Promise<T>): Promise<T> {
  if (ranks === undefined) return work();
  const own = await work().then(
    (value) => ({ value, error: null }),
    (error: unknown) => ({ value: null, error: error as Error }),
  );
  const { error } = own;
  const errors = gatherValues(
    ranks,
    error && { text: error.message || String(error), reason: error instanceof MemoryError ? error.reason : null },
  );
  if (error !== null) throw error;
  const failed = errors.findIndex((other) => other !== null);
  if (failed < 0) return own.value as T;
  const { text, reason } = errors[failed]!;
  if (reason !== null) throw new MemoryError(text, reason);
  throw new DataError(`train: rank ${failed} failed while it read its data: ${text.replace(/^train: /, "")}`);
}

/** Divides work on items among the ranks. If the work of one fails, it throws on all. */
export const shareWork =
  (ranks: Communicator) =>
  <T, R>(items: readonly T[], work: (items: readonly T[]) => readonly R[]): readonly R[] => {
    const startOf = (rank: number): number => Math.floor((items.length * rank) / ranks.size);
    const own = items.slice(startOf(ranks.rank), startOf(ranks.rank + 1));
    let [results, error]: [readonly R[], Error | null] = [[], null];
    try {
      results = own.length === 0 ? [] : work(own);
    } catch (thrown) {
      error = thrown as Error;
    }
    const all = gatherValues(ranks, { results, text: error && (error.message || String(error)) });
    if (error !== null) throw error;
    const failed = all.findIndex(({ text }) => text !== null);
    if (failed >= 0)
      throw new DataError(`train: rank ${failed} failed while it prepared the columns: ${all[failed]!.text}`);
    return all.flatMap((each) => each.results);
  };

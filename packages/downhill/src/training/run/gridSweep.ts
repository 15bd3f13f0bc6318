import { examplesIn, type Grid } from "../../core/grid.ts";
import type { Ranks } from "../../kernels/ranks.ts";
import { endBlock, recordValues, sumAfter } from "../state/progress.ts";
import type { Run, SweepMemory } from "../state/run.ts";
import type { SweepJob } from "../threads/threadPool.ts";
import { bindGridExchange, type GridExchange, type GroupPart } from "./gridExchange.ts";
import type { WriteRates } from "./sweep.ts";

const MIN_SHARED_UPDATES = 4096; // fewer updates take less than about 60 µs and are not shared

/**
 * Makes a function that does and records at most `limit` updates in the order of the grid, one per pair. It returns whether
 * it did any; if not, the function of bindUpdate must do the next update. Two parts of a diagonal have no parameter in
 * common. So threads and ranks can do the parts at the same time, and the result is the same as for one part after another, up to
 * the first value that is not finite.
 *
 * @returns  a function of the limit and of the epoch's diagonals, in the order of the epoch
 */
export function bindGridSweep(
  run: Run,
  { rates, values }: SweepMemory,
  writeRates: WriteRates,
  ranks: Ranks | undefined,
): (limit: number, diagonals: Grid["diagonals"]) => boolean {
  const { objective, params, gradient, results, progress } = run;
  const { order, diagonals: all } = run.grid!;
  const shares = order.length >= MIN_SHARED_UPDATES * all.length; // whether the diagonals are large enough on average
  const exchangeOfRanks = shares && ranks && ranks.size > 1 ? bindGridExchange(params, run.grid!, ranks) : null;
  const parts: GroupPart[] = [];
  let own: readonly GroupPart[] = parts; // the parts of this rank
  const half = values.length >> 1;
  let current = values.subarray(0, half); // for the values of the parts
  let waiting = values.subarray(half); // the values of `waitingParts`, which are not recorded yet
  let waitingParts: RecordedPart[] = [];
  const counts = new Float64Array(all.length);
  const sums = new Float64Array(all.length);

  function record(): void {
    for (const { at, count, endsBlock } of waitingParts) {
      recordValues(progress, waiting.subarray(at), count, 1);
      if (endsBlock) endBlock(progress);
    }
    waitingParts = [];
  }

  function sweepPart(task: number): void {
    record(); // while the other threads do their first parts
    const { from, to, at } = own[task]!;
    const rows = { order: null, from, to };
    const rest = rates.subarray(at);
    const lists = { rates: rest, fractions: rest, values: current.subarray(at) };
    results[task] = objective.sweep!({ params, gradient, average: null, rows, batchRows: 1, ...lists });
  }

  /** Exchanges the results of the parts. The first part may continue a block. */
  function exchangeResults(
    exchange: GridExchange,
    diagonal: Grid["diagonals"][number],
    next: typeof diagonal | undefined,
  ): void {
    let task = 0;
    for (const [i, { group, at }] of parts.entries()) {
      if (!exchange.isOwn(group)) continue;
      counts[i] = results[task++]!;
      sums[i] = sumAfter(i === 0 ? progress.blockSum : 0, current.subarray(at), counts[i]!, 1);
    }
    exchange.afterDiagonal(diagonal, next, parts, {
      counts,
      sums,
      values: progress.history.batchLosses ? current : null,
    });
  }

  const jobOf = (): SweepJob => ({
    kind: "sweep",
    params: params.byteOffset,
    gradient: gradient.byteOffset,
    rates: rates.byteOffset,
    values: current.byteOffset,
    parts: own,
  });

  return (limit, diagonals) => {
    const isShared = shares && limit >= MIN_SHARED_UPDATES;
    const workers = isShared ? run.workers() : null;
    const exchange = isShared ? exchangeOfRanks : null;
    let left = limit;
    for (let short = -1; left > 0 && short < 0; ) {
      const most = workers || exchange ? left : Math.min(left, half);
      const { diagonal, updates } = writeParts(diagonals, progress.position, most, parts);
      if (writeRates(updates) < updates) break;
      own = exchange ? parts.filter(({ group }) => exchange.isOwn(group)) : parts;
      if (workers) workers.share(own.length, jobOf(), sweepPart);
      else for (let task = 0; task < own.length; task++) sweepPart(task);
      record();
      const next = updates < left ? diagonals[diagonals.indexOf(diagonal) + 1] : undefined;
      if (exchange) exchangeResults(exchange, diagonal, next);
      else counts.set(results.subarray(0, parts.length));
      short = parts.findIndex(({ from, to }, task) => counts[task]! < to - from);
      const count = short < 0 ? updates : parts[short]!.at + counts[short]!;
      const recorded = recordedParts(diagonal, parts, count);
      if (exchange && !progress.history.batchLosses) {
        for (const [i, { endsBlock }] of recorded.entries()) {
          progress.blockSum = sums[i]!;
          if (endsBlock) endBlock(progress);
        }
      } else [current, waiting, waitingParts] = [waiting, current, recorded];
      progress.position += count;
      progress.t += count;
      if (count > 0) progress.learningRate = rates[count - 1]!;
      left -= count;
    }
    record();
    if (left < limit) exchange?.finish();
    return left < limit;
  };
}

/** Updates of a part whose values are recorded. */
interface RecordedPart {
  readonly at: number;
  readonly count: number;
  readonly endsBlock: boolean;
}

/** The first `count` updates of the parts of a diagonal. */
const recordedParts = (
  diagonal: Grid["diagonals"][number],
  parts: readonly GroupPart[],
  count: number,
): RecordedPart[] =>
  parts.flatMap(({ group, from, to, at }) => {
    const own = Math.min(to - from, count - at);
    return own > 0 ? [{ at, count: own, endsBlock: from + own === diagonal[group]!.to }] : [];
  });

/** Writes the rows of the current diagonal from `position` on, at most `limit`, into `parts`; returns the diagonal and their number. */
function writeParts(diagonals: Grid["diagonals"], position: number, limit: number, parts: GroupPart[]) {
  parts.length = 0;
  let start = 0;
  const diagonal = diagonals.find((each) => {
    const end = start + examplesIn(each);
    if (position < end) return true;
    start = end;
    return false;
  })!;
  let done = 0;
  for (const [group, { from, to }] of diagonal.entries()) {
    const skipped = Math.min(Math.max(position - start, 0), to - from);
    const count = Math.min(to - from - skipped, limit - done);
    if (count > 0) parts.push({ group, from: from + skipped, to: from + skipped + count, at: done });
    start += to - from;
    done += count;
  }
  return { diagonal, updates: done };
}

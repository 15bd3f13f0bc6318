// Earlier states of a run in bounded memory, for looking back and for going on from there.

import type { State } from "downhill";

const MOST = 128;

/** The state of a run after a number of updates. Its history is that of the run, which contains that of the state. */
export interface Snapshot {
  readonly update: number;
  readonly epoch: number;
  readonly objective: number;
  readonly params: Float64Array;
  /** The state without its history; null for the start. */
  readonly state: State | null;
}

/** Keeps snapshots at equal distances. */
export interface Snapshots {
  /** The snapshots by number of updates. */
  readonly list: readonly Snapshot[];
  /** Whether a snapshot after this number of updates belongs to the list. */
  accepts(update: number): boolean;
  /** Adds a snapshot; if there are too many, every second one is removed and the distance doubles. */
  add(snapshot: Snapshot): void;
  /** Removes the snapshots after this number of updates. */
  cut(update: number): void;
  /** The last snapshot after at most this number of updates. */
  before(update: number): Snapshot;
}

/** Makes a list with the snapshot of the start. */
export function snapshotList(start: Snapshot): Snapshots {
  let list: Snapshot[] = [start];
  let distance = 1; // updates
  return {
    get list() {
      return list;
    },
    accepts: (update) => update % distance === 0 && update > list.at(-1)!.update,
    add(snapshot) {
      list.push(snapshot);
      while (list.length > MOST) {
        distance *= 2;
        list = list.filter(({ update }) => update % distance === 0);
      }
    },
    cut(update) {
      list = list.filter((snapshot) => snapshot.update <= update);
    },
    before: (update) => list.findLast((snapshot) => snapshot.update <= update) ?? list[0]!,
  };
}

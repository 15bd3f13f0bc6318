// How the updates of a run make epochs. A change of the batch size changes the number of updates in an epoch.

/** The rows of an update. */
export interface BatchRows {
  /** The number of the epoch, from 0. */
  readonly epoch: number;
  /** The rows, as places in the order of the epoch: from the first one up to, but without, the last one. */
  readonly from: number;
  readonly to: number;
}

/** The epochs of a run. */
export interface Epochs {
  /** The rows of a batch now, and the updates of an epoch with such batches. */
  readonly rows: number;
  readonly updatesPerEpoch: number;
  /** The updates from this one until the epoch ends. */
  left(update: number): number;
  /** The rows of an update, by its number from 1. */
  rowsOf(update: number): BatchRows;
  /** How often the rows were used until an update, such as 1.5 times; for the updates that are done now. */
  reader(): (update: number) => number;
  /** Batches have this many rows after an update. The epoch with this number begins again. */
  change(update: number, epoch: number, batch: number): void;
  /** Removes the updates after this number, and a change of the size that was made there. */
  cut(update: number): void;
}

/** Updates with equal batches, from the beginning of an epoch. */
interface Stretch {
  /** The updates, the epochs and the uses of the rows before it. */
  readonly update: number;
  readonly epoch: number;
  readonly uses: number;
  readonly batch: number;
  readonly updatesPerEpoch: number;
}

/** The epochs of a run that has not done an update. @param rows  the training rows  @param batch  the rows of a batch */
export function epochsOf(rows: number, batch: number): Epochs {
  const stretch = (update: number, epoch: number, uses: number, size: number): Stretch => ({
    ...{ update, epoch, uses, batch: size },
    updatesPerEpoch: Math.ceil(rows / size),
  });
  let stretches: readonly Stretch[] = [stretch(0, 0, 0, batch)];
  const before = (list: readonly Stretch[], update: number): Stretch =>
    list.findLast((each) => each.update < update) ?? list[0]!;
  const usesIn = (list: readonly Stretch[], update: number): number => {
    const last = before(list, update);
    return last.uses + (update - last.update) / last.updatesPerEpoch;
  };
  const now = (): Stretch => stretches.at(-1)!;
  return {
    get rows() {
      return now().batch;
    },
    get updatesPerEpoch() {
      return now().updatesPerEpoch;
    },
    left(update) {
      const { updatesPerEpoch, update: first } = now();
      return updatesPerEpoch - ((update - first) % updatesPerEpoch);
    },
    rowsOf(update) {
      const own = before(stretches, update);
      const done = update - 1 - own.update;
      const from = (done % own.updatesPerEpoch) * own.batch;
      return {
        epoch: own.epoch + Math.floor(done / own.updatesPerEpoch),
        ...{ from, to: Math.min(from + own.batch, rows) },
      };
    },
    reader() {
      const list = stretches;
      return (update) => usesIn(list, update);
    },
    change(update, epoch, size) {
      const uses = update === 0 ? 0 : usesIn(stretches, update);
      stretches = [...stretches.filter((each) => each.update < update), stretch(update, epoch, uses, size)];
    },
    cut(update) {
      stretches = stretches.filter((each) => each.update < update || each.update === 0);
    },
  };
}

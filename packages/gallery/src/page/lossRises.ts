/** The change of the loss from one epoch to the next. */
export interface Change {
  /** The later epoch, counted from 1. */
  readonly epoch: number;
  readonly before: number;
  readonly after: number;
  /** after / before */
  readonly factor: number;
}

/** How often and how far a loss rises. */
export interface LossRises {
  /** Number of epochs whose loss is above the loss of the epoch before. */
  readonly rises: number;
  /** Number of epochs whose loss is more than twice the loss of the epoch before. */
  readonly doublings: number;
  /** The change with the largest factor. */
  readonly largest: Change;
  readonly last: Change;
}

/** Counts the rises of a loss curve of at least two epochs. */
export function lossRises(losses: ArrayLike<number>): LossRises {
  const changes = Array.from({ length: losses.length - 1 }, (_, i): Change => {
    const [before, after] = [losses[i]!, losses[i + 1]!];
    return { epoch: i + 2, before, after, factor: after / before };
  });
  return {
    rises: changes.filter(({ factor }) => factor > 1).length,
    doublings: changes.filter(({ factor }) => factor > 2).length,
    largest: changes.reduce((largest, change) => (change.factor > largest.factor ? change : largest)),
    last: changes.at(-1)!,
  };
}

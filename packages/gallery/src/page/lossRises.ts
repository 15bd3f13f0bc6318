/** One epoch's loss and the one before it. */
export interface Change {
  /** Counted from 1. */
  readonly epoch: number;
  readonly before: number;
  readonly after: number;
  readonly factor: number;
}

/** How restless a loss curve is. */
export interface Jumps {
  /** Epochs whose loss is above the one before. */
  readonly rises: number;
  /** Epochs whose loss is more than twice the one before. */
  readonly doublings: number;
  readonly largest: Change;
  readonly last: Change;
}

/** The rises of a loss curve of at least two epochs. */
export function jumpsOf(losses: ArrayLike<number>): Jumps {
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

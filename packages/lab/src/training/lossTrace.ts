// The losses of a run in bounded memory: every extreme value is kept, however long the run is.

const MOST = 512; // stretches

/** The losses of a run as points in the order of the updates. */
export interface LossPoints {
  /** The number of updates before each loss. */
  readonly updates: Float64Array;
  /** The losses; only the last one may be infinite or NaN. */
  readonly losses: Float64Array;
}

/** Records losses. */
export interface LossTrace {
  /** Adds the loss after this number of updates, which is larger than that of the loss before. */
  add(update: number, loss: number): void;
  /** All losses, or, of a long run, the first, lowest, highest and last loss of each stretch. */
  points(): LossPoints;
  /** The mean loss of each stretch, at its last update; of a short run, each loss. */
  means(): LossPoints;
  /** The lowest loss, and the number of updates before it; null without losses. */
  lowest(): { readonly update: number; readonly loss: number } | null;
  /** Removes the losses after this number of updates. A stretch that contains the number keeps what is known to be before it. */
  cut(update: number): void;
}

/** The loss after a number of updates. */
type Point = readonly [update: number, loss: number];

/** Consecutive losses. */
interface Stretch {
  readonly first: Point;
  lowest: Point;
  highest: Point;
  last: Point;
  count: number;
  sum: number;
}

/** Makes a trace. When it has too many stretches, pairs of neighbours are joined, and the stretches become twice as long. */
export function lossTrace(): LossTrace {
  let stretches: Stretch[] = [];
  let length = 1; // losses of a full stretch

  const joined = (a: Stretch, b: Stretch): Stretch => ({
    first: a.first,
    lowest: b.lowest[1] < a.lowest[1] ? b.lowest : a.lowest,
    highest: b.highest[1] > a.highest[1] || Number.isNaN(b.highest[1]) ? b.highest : a.highest,
    last: b.last,
    count: a.count + b.count,
    sum: a.sum + b.sum,
  });

  return {
    add(update, loss) {
      const point: Point = [update, loss];
      const last = stretches.at(-1);
      const own: Stretch = { first: point, lowest: point, highest: point, last: point, count: 1, sum: loss };
      if (last !== undefined && last.count < length) stretches[stretches.length - 1] = joined(last, own);
      else stretches.push(own);
      if (stretches.length <= MOST) return;
      const pairs: Stretch[] = [];
      for (let i = 0; i < stretches.length; i += 2) {
        const [a, b] = [stretches[i]!, stretches[i + 1]];
        pairs.push(b === undefined ? a : joined(a, b));
      }
      stretches = pairs;
      length *= 2;
    },
    points() {
      const updates = new Float64Array(4 * stretches.length);
      const losses = new Float64Array(4 * stretches.length);
      let size = 0;
      const take = (point: Point): void => {
        if (size > 0 && point[0] <= updates[size - 1]!) return; // one point can be the first and the lowest
        updates[size] = point[0];
        losses[size++] = point[1];
      };
      for (const { first, lowest, highest, last } of stretches) {
        const isFalling = highest[0] <= lowest[0];
        take(first);
        take(isFalling ? highest : lowest);
        take(isFalling ? lowest : highest);
        take(last);
      }
      return { updates: updates.slice(0, size), losses: losses.slice(0, size) };
    },
    means: () => ({
      updates: Float64Array.from(stretches, ({ last }) => last[0]),
      losses: Float64Array.from(stretches, ({ sum, count }) => sum / count),
    }),
    lowest() {
      if (stretches.length === 0) return null;
      const [update, loss] = stretches.map(({ lowest }) => lowest).reduce((a, b) => (b[1] < a[1] ? b : a));
      return { update, loss };
    },
    cut(update) {
      const kept = stretches.filter(({ first }) => first[0] <= update);
      const last = kept.at(-1);
      if (last !== undefined && last.last[0] > update) {
        const known = [last.first, last.lowest, last.highest].filter(([at]) => at <= update);
        const end = known.reduce((a, b) => (b[0] > a[0] ? b : a));
        const extreme = (sign: number): Point => known.reduce((a, b) => (sign * b[1] > sign * a[1] ? b : a));
        kept[kept.length - 1] = { ...last, lowest: extreme(-1), highest: extreme(1), last: end };
      }
      stretches = kept;
    },
  };
}

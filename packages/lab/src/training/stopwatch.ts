// The computing time of a run by the number of its updates, in bounded memory.

const MOST = 256; // points

/** Measures the updates of a run. */
export interface Stopwatch {
  /** Adds the seconds of an update. */
  add(update: number, seconds: number): void;
  /** The seconds of the first updates; between two points they grow evenly. */
  at(update: number): number;
  /** The same for the updates that are done now, also after others have replaced them. */
  reader(): (update: number) => number;
  /** Removes the updates after this number. */
  cut(update: number): void;
}

type Point = readonly [update: number, seconds: number];

/** Makes a stopwatch at 0. */
export function stopwatch(): Stopwatch {
  let points: Point[] = [[0, 0]];
  let latest: Point = [0, 0];
  let distance = 1; // updates
  const at = (update: number): number => secondsIn(points, latest, update);
  return {
    add(update, seconds) {
      latest = [update, latest[1] + seconds];
      if (update % distance !== 0) return;
      points.push(latest);
      if (points.length <= MOST) return;
      distance *= 2;
      points = points.filter(([known]) => known % distance === 0);
    },
    at,
    reader() {
      const [list, last] = [[...points], latest];
      return (update) => secondsIn(list, last, update);
    },
    cut(update) {
      latest = [update, at(update)];
      points = points.filter(([known]) => known <= update);
    },
  };
}

function secondsIn(points: readonly Point[], latest: Point, update: number): number {
  const all = [...points, latest];
  const after = all.findIndex(([known]) => known >= update);
  if (after < 0) return latest[1];
  const [u1, s1] = all[after]!;
  const [u0, s0] = all[Math.max(0, after - 1)]!;
  return u1 === u0 ? s1 : s0 + ((s1 - s0) * (update - u0)) / (u1 - u0);
}

// Values at the snapshots of a run, each computed once.

import type { LiveRun } from "../training/liveRun.ts";

const MOST = 40; // values over time

/** Values at the snapshots of a run, each computed once. */
export function valuesOverTime() {
  const known = new Map<string, number>();
  return {
    clear: () => known.clear(),
    of(name: string, live: LiveRun, value: (params: Float64Array) => number) {
      const all = live.snapshots.list;
      const every = Math.ceil(all.length / MOST);
      const some = all.filter((_, i) => i % every === 0 && i > 0);
      const points = [all[0]!, ...some, ...(live.now.update > (some.at(-1)?.update ?? 0) ? [live.now] : [])];
      const values = points.map(({ update, params }) => {
        const key = `${name} ${update}`;
        if (!known.has(key)) known.set(key, value(params));
        return known.get(key)!;
      });
      return { updates: points.map(({ update }) => update), values };
    },
  };
}

// The loss surface of a run, which is computed once and then only when its plane has changed.

import type { Spec } from "@downhill/plots";
import { formatPercent } from "@downhill/plots/format";
import { runContext } from "downhill";
import { type ParameterPath, type Surface, surfaceAround, surfaceSpec } from "../scenes/surfaceScene.ts";
import type { LiveRun } from "../training/liveRun.ts";
import { shareInPlane } from "../training/plane.ts";
import { optimumOf, planeOf } from "../training/surfaceOf.ts";

/** Draws the loss surface of a run. */
export interface Landscape {
  /** The chart, with the path up to this update and those of other runs, and a sentence about it. */
  draw(
    name: string,
    update: number,
    others: readonly ParameterPath[],
    cells: number,
  ): { readonly spec: Spec; readonly text: string };
}

const GROWTH = 1.3; // a path that is this much longer needs a new plane
const MOST_PARAMETERS = 20_000;

/** Makes the landscape; the surface is computed when it is drawn first. */
export function landscape(live: LiveRun, features: readonly string[]): Landscape {
  const { shape } = runContext(live.problem, live.optimizer, live.options);
  let optimum: Float64Array | null | undefined;
  let surface: Surface | null = null;
  let made = { cells: 0, path: 0 };

  function surfaceFor(cells: number): Surface {
    optimum ??= optimumOf(live.problem, shape !== "other" && live.problem.size < MOST_PARAMETERS);
    const path = live.snapshots.list;
    const isFixed = optimum !== null || live.evaluator.start.length === 2;
    const isOld = surface === null || made.cells !== cells || (!isFixed && path.at(-1)!.update > GROWTH * made.path);
    if (!isOld) return surface!;
    made = { cells, path: path.at(-1)!.update };
    const plane = planeOf(live, optimum, features);
    const { start } = live.evaluator;
    const shown = isFixed
      ? [start, optimum ?? live.latestUpdate.to]
      : path.length < 3
        ? [start, live.latestUpdate.to]
        : path.map(({ params }) => params);
    surface = surfaceAround(plane, live.evaluator, shown, cells);
    return surface;
  }

  return {
    draw(name, update, others, cells) {
      const own = surfaceFor(cells);
      const path = live.snapshots.list.filter((each) => each.update <= update).map(({ params }) => params);
      const isNow = update === live.now.update;
      const params = isNow && path.at(-1) !== live.now.params ? [...path, live.now.params] : path;
      const size = live.evaluator.start.length;
      const share = formatPercent(shareInPlane(own.plane, params));
      const text =
        size === 2
          ? "Each point is one line. The run walks from the start down to the best line."
          : `The model has ${size} parameters. This plane through them contains ${share} of the movement so far.`;
      const named = others.map((each) => ({ ...each, name: `Run ${each.name}` }));
      return { spec: surfaceSpec(own, [{ name: `Run ${name}`, params }, ...named], optimum ?? null), text };
    },
  };
}

// The loss surface of a run, which is computed once and then only when its plane has changed.

import type { Spec, SurfaceArrow } from "@downhill/plots";
import { formatCount, formatPercent } from "@downhill/plots/format";
import { runContext } from "downhill";
import { type ParameterPath, placeOn, type Surface, surfaceAround, surfaceSpec } from "../scenes/surfaceScene.ts";
import { type Evaluator, evaluatorOf, workOfRow } from "../training/evaluator.ts";
import type { LiveRun } from "../training/liveRun.ts";
import { project, shareInPlane } from "../training/plane.ts";
import { optimumOf, type PlaneChoice, planeOf } from "../training/surfaceOf.ts";

/** What a landscape shows. */
export interface LandscapeView {
  /** The name of the run. */
  readonly name: string;
  /** The number of its colour and of its marker. */
  readonly style: number;
  /** The path goes up to this update. */
  readonly update: number;
  readonly others: readonly ParameterPath[];
  readonly cells: number;
  readonly choice: PlaneChoice;
  /** Whether arrows show what half and twice the learning rate would do. */
  readonly arrows: boolean;
  /** Whether arrows show a step against the gradient, and what the momentum adds to it. */
  readonly directions: boolean;
  /** A start that the user tries; null for none. */
  readonly aimed: Float64Array | null;
}

/** Draws the loss surface of a run. */
export interface Landscape {
  /** The chart, with the path and those of other runs, and a sentence about it. */
  draw(view: LandscapeView): { readonly spec: Spec; readonly text: string };
  /** The parameters with the lowest loss of a convex problem; null for others. */
  optimum(): Float64Array | null;
  /** The start moved to a point of the plane that was drawn last; null before. */
  startAt(point: readonly [number, number]): Float64Array | null;
  /** Where parameters are in the plane that was drawn last; null before. */
  place(params: Float64Array): readonly [number, number] | null;
  /** The point of the start, the names of the axes, and a hundredth of their lengths; null before a plane was drawn. */
  start(aimed: Float64Array | null): StartPlace | null;
}

/** Where the start is in the plane that is drawn. */
export interface StartPlace {
  readonly at: readonly [number, number];
  readonly names: readonly [string, string];
  readonly steps: readonly [number, number];
}

const GROWTH = 1.3; // a path that is this much longer needs a new plane
const MOST_PARAMETERS = 20_000;
const NEWTON_WORK = 5e8; // rows times parameters times at most 100 of them: with more, the search of the optimum would take seconds
const MAP_WORK = 4e8; // multiply-adds, over all cells
const LARGE_CELLS = 28; // of a map that would need more work
const LEAST_ROWS = 500;

/** Makes the landscape; the surface is computed when it is drawn first. @param names  the names of the parameters */
export function landscape(live: LiveRun, names: () => readonly string[]): Landscape {
  const { shape } = runContext(live.problem, live.optimizer, live.options);
  const { evaluator } = live;
  let known: { readonly optimum: Float64Array | null } | null = null;
  let someRows: Evaluator | null = null;
  let surface: Surface | null = null;
  let made: { key: string; path: number; ahead: LiveRun["ahead"] | null } = { key: "", path: 0, ahead: null };

  function optimum(): Float64Array | null {
    const { size, examples } = live.problem;
    const isQuick = size < MOST_PARAMETERS && examples * size * Math.min(size, 100) <= NEWTON_WORK;
    known ??= { optimum: optimumOf(live.problem, shape !== "other" && isQuick) };
    return known.optimum;
  }

  /** Evaluates the cells of a map: of many rows, random ones, so that the map does not hold up the run. */
  function mapFor(cells: number): { readonly cells: number; readonly evaluator: Evaluator } {
    if (evaluator.work * cells ** 2 <= MAP_WORK || evaluator.rows <= LEAST_ROWS) return { cells, evaluator };
    const rows = Math.max(LEAST_ROWS, Math.floor(MAP_WORK / 2 / (workOfRow(live.problem) * LARGE_CELLS ** 2)));
    someRows ??= evaluatorOf(live.problem, { start: evaluator.start }, rows);
    return { cells: LARGE_CELLS, evaluator: someRows };
  }

  function surfaceFor(wanted: number, choice: PlaneChoice): Surface {
    const { cells, evaluator: map } = mapFor(wanted);
    const best = optimum();
    const path = live.snapshots.list;
    const size = evaluator.start.length;
    const isFixed = size <= 2 || (choice.kind === "auto" && best !== null);
    const key = `${cells} ${choice.kind} ${choice.parameters}`;
    const isShort = path.length < 3;
    const isOther = path.at(-1)!.update > GROWTH * made.path || (isShort && live.ahead !== made.ahead);
    if (surface !== null && made.key === key && (isFixed || !isOther)) return surface;
    made = { key, path: path.at(-1)!.update, ahead: live.ahead };
    const plane = planeOf(live, best, names(), choice);
    const { start } = evaluator;
    const shown = isFixed
      ? [start, best ?? live.latestUpdate.to]
      : isShort
        ? [start, live.latestUpdate.to, ...live.ahead]
        : path.map(({ params }) => params);
    surface = surfaceAround(plane, map, shown, cells);
    return surface;
  }

  const rowsText = (): string =>
    someRows === null
      ? ""
      : ` The map is computed from ${formatCount(someRows.rows)} random rows of ${formatCount(live.problem.examples)}.`;

  return {
    optimum,
    draw({ name, style, update, others, cells, choice, arrows, directions, aimed }) {
      const own = surfaceFor(cells, choice);
      const path = live.snapshots.list.filter((each) => each.update <= update).map(({ params }) => params);
      const isNow = update === live.now.update;
      const walked = isNow && path.at(-1) !== live.now.params ? [...path, live.now.params] : path;
      const named = others.map((each) => ({ ...each, name: `Run ${each.name}` }));
      const run = { name: `Run ${name}`, style, params: walked };
      const forecast: ParameterPath = {
        ...{ name: "forecast", style, params: [evaluator.start, ...live.ahead] },
        ...{ faint: true, line: "dotted" },
      };
      const paths: readonly ParameterPath[] =
        aimed !== null
          ? [{ name: "new start", style, line: "dotted", params: [aimed] }, run, ...named]
          : [run, ...named, ...(live.now.update === 0 ? [forecast] : [])];
      const spec = surfaceSpec(
        own,
        paths,
        optimum(),
        isNow && aimed === null ? arrowsOf(live, own, { arrows, directions }) : [],
      );
      return { spec, text: textOf(own, walked, choice) + rowsText() };
    },
    startAt(point) {
      if (surface === null) return null;
      const { plane } = surface;
      const [a, b] = project(plane, evaluator.start);
      const [da, db] = [point[0] - a, point[1] - b];
      return evaluator.start.map((value, i) => value + da * plane.first[i]! + db * plane.second[i]!);
    },
    place: (params) => surface && placeOn(surface, params),
    start(aimed) {
      if (surface === null) return null;
      const { plane, grid } = surface;
      const steps = [(grid.x1[1] - grid.x1[0]) / 100, (grid.x2[1] - grid.x2[0]) / 100] as const;
      return { at: placeOn(surface, aimed ?? evaluator.start), names: plane.names, steps };
    },
  };
}

const withMomentum = ["momentum", "nesterov"];

/**
 * The latest step with those of half and of twice its length, and with its parts: the learning rate times the gradient over all rows, and
 * what momentum adds. In mini-batches the rest of a step is noise too, so there is no arrow of the momentum.
 */
function arrowsOf(
  { latestUpdate: { from, to, learningRate }, evaluator, optimizer, epochs }: LiveRun,
  { plane }: Surface,
  { arrows, directions }: Pick<LandscapeView, "arrows" | "directions">,
): SurfaceArrow[] {
  const start = project(plane, from);
  const arrow = (name: string, change: (i: number) => number): SurfaceArrow => ({
    ...{ name, from: start },
    to: project(
      plane,
      from.map((value, i) => value + change(i)),
    ),
  });
  const step = (i: number): number => to[i]! - from[i]!;
  const gradient = new Float64Array(from.length);
  if (directions) evaluator.gradientAt(from, gradient);
  const descent = (i: number): number => -learningRate * gradient[i]!;
  const rest = from.map((_, i) => step(i) - descent(i));
  const size = (values: Float64Array): number => values.reduce((sum, value) => sum + value * value, 0);
  const hasMomentum =
    withMomentum.includes(optimizer.name ?? "") &&
    epochs.updatesPerEpoch === 1 &&
    size(rest) > ROUNDING * size(from.map((_, i) => step(i)));
  return [
    ...(arrows ? [arrow("2 × the rate", (i) => 2 * step(i))] : []),
    ...(arrows || directions ? [arrow("this step", step)] : []),
    ...(arrows ? [arrow("½ × the rate", (i) => step(i) / 2)] : []),
    ...(directions ? [arrow("against the gradient", descent)] : []),
    ...(directions && hasMomentum ? [arrow("momentum", (i) => rest[i]!)] : []),
  ].filter((each) => [...each.from, ...each.to].every(Number.isFinite));
}

const ROUNDING = 1e-20; // squares of rounding errors, as a share of the square of the step

/** What the plane shows, and what it leaves out. */
function textOf({ plane }: Surface, params: readonly Float64Array[], { kind }: PlaneChoice): string {
  const size = plane.origin.length;
  if (size === 2) return "Each point is one line. The run walks from the start down to the best line.";
  const share = `This plane contains ${formatPercent(shareInPlane(plane, params))} of the movement so far.`;
  if (kind === "parameters") return `All other parameters have their present values. ${share}`;
  if (kind === "random")
    return `Two random directions of ${size} parameters. ${share} A random plane hides most of a path, and valleys look rounder in it than they are.`;
  return `The model has ${size} parameters. ${share}`;
}

// What is pointed at in one chart: its text, and its places in all charts. It is a row of the data, or an update of the run.

import { formatNumber } from "@downhill/plots/format";
import { type Focus, noFocus, type PartName } from "../panels/modelPanel.ts";
import { type Mark, type Marks, rowCharts, type UpdateChart, updateCharts } from "../panels/pointing.ts";
import { THUMBNAIL_CELLS } from "../panels/thumbnail.ts";
import { placeOnAxis } from "../scenes/lossScene.ts";
import type { Picture } from "../scenes/modelScene.ts";
import { pictureGrid } from "../scenes/planeScene.ts";
import type { LiveRun } from "../training/liveRun.ts";
import type { NamedRun } from "./chartPlans.ts";
import type { ChartSizes } from "./protocol.ts";
import { nearestRow, numberedRow, type PointedRow, type RowModel, type RowPlaces, rowPlaces } from "./rowPlaces.ts";
import { type Reading, rowReading } from "./rowReading.ts";
import { lossNow } from "./shelf.ts";
import { pictureOf } from "./shown.ts";

/** What is pointed at. */
export interface Pointed extends Reading {
  readonly marks: Marks;
}

/** The charts and the parts that the page shows now. */
interface Shown {
  readonly sizes: ChartSizes;
  readonly parts: readonly PartName[];
  /** The shown parameters, and the number of updates before them. */
  readonly params: Float64Array;
  readonly update: number;
}

const isOfUpdates = (chart: Focus["chart"]): chart is UpdateChart => updateCharts.some((each) => each === chart);

/** What is pointed at; null for nothing. */
export function pointed(run: NamedRun, focus: Focus, shown: Shown): Pointed | null {
  const { chart, at, reach, row } = focus;
  if (row === null && at === null) return null;
  if (isOfUpdates(chart)) return at && pointedUpdate(run, chart, at, reach, shown);
  return row === null && reach === null ? null : pointedRow(run, focus, shown);
}

function pointedRow(
  run: NamedRun,
  { chart, at, reach, row, thumbnail }: Focus,
  { sizes, parts, params }: Shown,
): Pointed | null {
  const picture = pictureOf(run, params, { ...noFocus, thumbnail }, null);
  const { lab } = run;
  if (picture === null || lab.holds === "ratings" || isOfUpdates(chart)) return null;
  const model = run.fitted.model(params) as RowModel;
  const own = rowPlaces(chart, lab, model, picture);
  const found = row === null ? nearestRow(own, at!, reach!) : numberedRow(own, row);
  if (found === null) return null;
  const marks: { -readonly [Name in keyof Marks]: Marks[Name] } = {};
  for (const name of rowCharts) {
    if (sizes[name] === undefined) continue;
    const mark = markOf(name === chart ? own : rowPlaces(name, lab, model, picture), found);
    if (mark !== null) marks[name] = mark;
  }
  if (parts.includes("strip") && "classes" in model && picture.features.length > 1) {
    const place = markOf(rowPlaces("model", lab, model, picture), found);
    if (place !== null) marks.strip = inThumbnail(picture, place);
  }
  return { ...rowReading(run, lab, params, picture, found), marks };
}

/** The place of a row in a chart; null where the chart does not show it. */
function markOf(parts: readonly RowPlaces[], { isHeldOut, number }: PointedRow): Mark | null {
  const own = parts.find((part) => part.isHeldOut === isHeldOut);
  if (own === undefined || number >= own.x.length) return null;
  return [own.x[number]!, own.y === null ? null : own.y[number]!];
}

/** A place of the picture as a share of the width and the height of a small picture. */
function inThumbnail(picture: Picture, [x, y]: Mark): Mark {
  const grid = pictureGrid(picture, THUMBNAIL_CELLS);
  const share = (value: number, [low, high]: readonly [number, number]): number => (value - low) / (high - low);
  return [share(x, grid.x1), share(y!, grid.x2)];
}

/** The update whose parameters are kept and that is nearest to a place: on the horizontal axis, or on the path over the loss. */
function pointedUpdate(
  { live, landscape, state }: NamedRun,
  chart: UpdateChart,
  at: readonly [number, number],
  reach: Focus["reach"],
  { sizes, update }: Shown,
): Pointed | null {
  const axis = { epochsAt: live.epochs.reader(), secondsAt: live.seconds.reader() };
  const placeIn = (name: UpdateChart, moment: Moment): Mark | null => {
    if (name === "surface") return landscape.place(moment.params);
    return [
      name === "loss" ? placeOnAxis(state.view.lossAxis, moment.update, axis, live.problem.examples) : moment.update,
      null,
    ];
  };
  let found: Moment | null = null;
  let least = chart === "surface" ? 1 : Number.POSITIVE_INFINITY;
  const compare = (moment: Moment): void => {
    if (chart === "surface" && moment.update > update) return; // the path is not drawn so far
    const place = placeIn(chart, moment);
    if (place === null) return;
    const [dx, dy] = [(place[0] - at[0]) / (reach?.[0] ?? 1), ((place[1] ?? at[1]) - at[1]) / (reach?.[1] ?? 1)];
    const own = dx ** 2 + dy ** 2;
    if (own < least) [found, least] = [moment, own];
  };
  for (const snapshot of live.snapshots.list) compare(snapshot);
  compare({ ...live.now, objective: lossNow(live) });
  return found && { text: updateText(found), shares: null, marks: marksOf(found, placeIn, sizes) };
}

/** A moment whose parameters are kept. */
type Moment = Pick<LiveRun["snapshots"]["list"][number], "update" | "objective" | "params">;

function marksOf(
  moment: Moment,
  placeIn: (name: UpdateChart, moment: Moment) => Mark | null,
  sizes: ChartSizes,
): Marks {
  const shown = updateCharts.filter((name) => sizes[name] !== undefined);
  const marks = shown.map((name) => [name, placeIn(name, moment)] as const);
  return Object.fromEntries(marks.filter(([, mark]) => mark !== null));
}

const updateText = ({ update, objective }: Moment): string => `Update ${update}: loss ${formatNumber(objective, 4)}.`;

// What the pointer does in the picture of the model and on the loss surface.

import { type RowChart, rowCharts, type UpdateChart, updateCharts } from "../panels/pointing.ts";
import { holdsOf } from "../state/holdsOf.ts";
import type { KeptRun } from "../worker/protocol.ts";
import { titleOf } from "../worker/runTitle.ts";
import { withRate } from "./changes.ts";
import type { LabChart } from "./chartElement.ts";
import { chartList, chartNamed } from "./chartList.ts";
import type { Place } from "./chartPlaces.ts";
import type { Grip } from "./chartPointer.ts";
import type { Lab } from "./pageState.ts";
import { canDraw, dragPoint, drawAt, drawByKey } from "./pointTools.ts";

const NEAR = 22; // pixels from something that can be moved
const NEAR_ROW = 10; // pixels from a row that is read

/** Connects the charts of the page. */
export function connectCharts(lab: Lab): void {
  const model = chartNamed("model");
  if (model !== undefined) {
    model.pointer.onPoint ??= (place) => choosePlace(lab, place);
    model.pointer.grab ??= (place) => handleGrip(lab, model, place) ?? pointGrip(lab, place);
    model.onPlaceKey ??= (key, at) => drawByKey(lab, key, at);
    model.toggleAttribute("data-places", hasRegions(lab) || canDraw(lab));
    model.toggleAttribute("data-draws", canDraw(lab));
  }
  for (const name of rowCharts) connectRows(lab, name);
  for (const name of updateCharts) {
    const chart = chartNamed(name);
    if (chart !== undefined) connectPointer(lab, chart, name);
  }
  const surface = chartNamed("surface");
  if (surface !== undefined) surface.pointer.grab ??= (place) => startGrip(lab, place);
  const sweep = chartNamed("sweep");
  if (sweep !== undefined) sweep.pointer.onPoint ??= ({ at }) => useSweptRate(lab, sweep, at[0]);
  for (const [name, nameOf] of Object.entries(runNames)) {
    const chart = chartNamed(name);
    if (chart !== undefined) connectRuns(lab, chart, nameOf);
  }
  for (const each of chartList()) each.onResize ??= () => lab.show({});
}

/** Connects a chart that shows rows of the data. */
function connectRows(lab: Lab, name: RowChart): void {
  const chart = chartNamed(name);
  if (chart === undefined) return;
  chart.onRow = isRatings(lab) ? null : (row) => lab.hover({ chart: name, at: null, row });
  connectPointer(lab, chart, name);
}

/** What is pointed at in one chart is marked in all charts, and the chart with the pointer shows its text. */
function connectPointer(lab: Lab, chart: LabChart, name: RowChart | UpdateChart): void {
  chart.pointer.onHover ??= (place, isExact) => readPlace(lab, name, place, isExact);
  const { frame, hover } = lab.state;
  const isPointed = hover.at != null || hover.row != null;
  chart.mark((isPointed && frame?.marks[name]) || null);
  chart.read(isPointed && hover.chart === name && hasReading(name) ? (frame?.reading ?? null) : null);
}

/** Whether a chart shows the text of what is pointed at. Charts over time show the values of their axes. */
const hasReading = (name: RowChart | UpdateChart): boolean =>
  name === "surface" || rowCharts.some((each) => each === name);

/** The name of a kept run in the legends of the charts that have kept runs. */
const runNames = { loss: titleOf, surface: (run: KeptRun) => `Run ${titleOf(run)}` } as const;

/** Connects the entries of kept runs with the table of the runs: a run is hidden in all charts at once. */
function connectRuns(lab: Lab, chart: LabChart, nameOf: (run: KeptRun) => string): void {
  chart.onSeries ??= (name, isHidden) => {
    const run = lab.state.frame?.kept.find((each) => nameOf(each) === name);
    if (run !== undefined) lab.labelRun(run.letter, { isHidden });
    return run !== undefined;
  };
  chart.hide((lab.state.frame?.kept ?? []).filter(({ isHidden }) => isHidden).map(nameOf));
}

/** Sets the learning rate of the sweep that is nearest to a place on its axis. */
function useSweptRate(lab: Lab, { scene }: LabChart, at: number): void {
  const rates = scene!.a11y.table.rows.map(([rate]) => Number(rate));
  const distance = (rate: number): number => Math.abs(Math.log(rate / at));
  const nearest = rates.reduce((best, rate) => (distance(rate) < distance(best) ? rate : best));
  lab.set(withRate(lab.state.lab, Number(nearest.toPrecision(3))));
}

/** The numbers of the user and of the item at a place of the matrices. */
function ratingAt({ state: { focus } }: Lab, { at: [item, user] }: Place): readonly [number, number] {
  const [row, column] = [Math.floor(user), Math.floor(item)];
  return [focus.order?.users[row] ?? row, focus.order?.items[column] ?? column];
}

const isRatings = (lab: Lab): boolean => holdsOf(lab.state.lab.data) === "ratings";

function choosePlace(lab: Lab, place: Place): void {
  if (isRatings(lab)) lab.focus({ rating: ratingAt(lab, place) });
  else drawAt(lab, place.at);
}

/** Whether the picture of the model shows a prediction at each place. */
const hasRegions = ({ state: { lab, facts } }: Lab): boolean =>
  holdsOf(lab.data) === "classes" && (facts?.features.length ?? 0) > 1;

/** Reads a place. Returns its text: the values of the axes, or null where a frame has the text. */
function readPlace(lab: Lab, chart: RowChart | UpdateChart, place: Place | null, isExact: boolean): string | null {
  if (chart === "model" && isRatings(lab)) return readRating(lab, place);
  const { hover, frame } = lab.state;
  const isOther = hover.chart !== undefined && hover.chart !== chart;
  if (place === null && isOther) return ""; // the pointer is in another chart already
  const reach = place && !isExact ? ([NEAR_ROW * place.unit[0], NEAR_ROW * place.unit[1]] as const) : null;
  const hasText = place !== null && !isOther && hasReading(chart) && frame?.reading != null;
  lab.hover({ chart, at: place?.at ?? null, reach, row: null });
  return hasText ? null : (place?.text ?? "");
}

/** Reads a cell of the matrices of ratings. */
function readRating(lab: Lab, place: Place | null): string {
  const rating = place && ratingAt(lab, place);
  if (String(rating) !== String(lab.state.hover.rating ?? null))
    lab.hover({ rating: rating ?? lab.state.focus.rating });
  const { ratings } = lab.state.panel;
  if (rating === null || ratings === undefined) return place?.text ?? "";
  return `user ${ratings.users[rating[0]]} · item ${ratings.items[rating[1]]}`;
}

/** One of the two circles on a fitted line. */
function handleGrip(lab: Lab, chart: LabChart, place: Place): Grip | null {
  const handles = chart.scene?.handles ?? [];
  const near = handles.findIndex((handle) => place.distance(handle) < NEAR);
  if (near < 0 || lab.state.lab.view.lock) return null;
  const handle = near as 0 | 1;
  const aim = ({ at }: Place, isDone: boolean): void => lab.aim({ chart: "model", handle, height: at[1] }, isDone);
  return { move: (to) => aim(to, false), drop: (to) => aim(to, true), cancel: () => lab.aim(null) };
}

/** The nearest of the drawn points. */
function pointGrip(lab: Lab, from: Place): Grip | null {
  if (!canDraw(lab)) return null;
  return { move: () => {}, drop: (to) => dragPoint(lab, from.at, to.at), cancel: () => {} };
}

/** The start on the loss surface. */
function startGrip(lab: Lab, place: Place): Grip | null {
  const start = lab.state.frame?.start;
  if (start == null || place.distance(start.at) >= NEAR || lab.state.lab.view.lock) return null;
  const aim = ({ at }: Place, isDone: boolean): void => lab.aim({ chart: "surface", at }, isDone);
  return { move: (to) => aim(to, false), drop: (to) => aim(to, true), cancel: () => lab.aim(null) };
}

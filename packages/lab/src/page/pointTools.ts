// What the tools do that draw points on the picture of the model.

import { type Edited, nearestPoint, withoutPoint, withPoint } from "../state/editPoints.ts";
import type { DrawnData } from "../state/labState.ts";
import { withData } from "./changes.ts";
import type { Lab } from "./pageState.ts";

/** What a click on the picture does: adds a point of a class, or moves or removes the nearest point. */
export type Tool = number | "move" | "remove";

/** The classes of points that can be drawn. */
export const CLASSES = [..."ABCDEF"];

type Place = readonly [number, number];

/** The drawn points that can be edited; null for other data. */
export function drawn(lab: Lab): DrawnData | null {
  const { data, view } = lab.state.lab;
  return data.kind === "drawn" && data.holds !== "ratings" && !view.lock ? data : null;
}

/** Whether the points of the page can be edited. */
export const canDraw = (lab: Lab): boolean => drawn(lab) !== null;

/** Begins a run with points that were edited; without a run of them, says why. */
export function usePoints(lab: Lab, data: DrawnData, edited: Edited): void {
  if ("problem" in edited) {
    lab.show({ notes: [edited.problem] });
    return;
  }
  const { state, notes } = withData(lab.state.lab, { ...data, points: edited.points });
  lab.set(state, notes);
}

const rounded = (value: number): number => Number(value.toPrecision(4));

/** The point of a class at a place; numbers have no class. */
export const pointAt = ({ holds }: DrawnData, [x, y]: Place, label: number): number[] =>
  holds === "classes" ? [rounded(x), rounded(y), label] : [rounded(x), rounded(y)];

/** Uses the tool at a place of the picture; without drawn points, shows the prediction there. */
export function drawAt(lab: Lab, at: Place): void {
  const data = drawn(lab);
  if (data === null) {
    lab.point(at);
    return;
  }
  const { tool } = lab.state;
  const { points } = data;
  const nearest = nearestPoint(points, at);
  if (tool === "remove") usePoints(lab, data, withoutPoint(points, nearest));
  else if (tool === "move") usePoints(lab, data, withPoint(points, nearest, pointAt(data, at, points[nearest]![2]!)));
  else usePoints(lab, data, { points: [...points, pointAt(data, at, tool)] });
}

/**
 * What a key does with drawn points at a place of the picture: Enter uses the tool, Delete removes the nearest point, and C chooses the
 * next class. Returns a sentence about it; null for other keys and without drawn points.
 */
export function drawByKey(lab: Lab, key: string, at: Place): string | null {
  const data = drawn(lab);
  if (data === null) return null;
  const { tool } = lab.state;
  if (key === "Enter") drawAt(lab, at);
  else if (key === "Delete") usePoints(lab, data, withoutPoint(data.points, nearestPoint(data.points, at)));
  else if (key.toLowerCase() === "c" && data.holds === "classes") {
    const next = typeof tool === "number" ? (tool + 1) % CLASSES.length : 0;
    lab.show({ tool: next });
    return `Class ${CLASSES[next]}.`;
  } else return null;
  const { points = data.points } = drawn(lab) ?? {};
  if (points === data.points) return lab.state.notes.join(" "); // why nothing has changed
  const change = points.length - data.points.length;
  return change > 0 ? "A point was added." : `The nearest point was ${change < 0 ? "removed" : "moved"}.`;
}

/** Moves the point that is nearest to the first place to the second one. */
export function dragPoint(lab: Lab, from: Place, to: Place): void {
  const data = drawn(lab);
  if (data === null) return;
  const nearest = nearestPoint(data.points, from);
  usePoints(lab, data, withPoint(data.points, nearest, pointAt(data, to, data.points[nearest]![2]!)));
}

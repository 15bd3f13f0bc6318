// The parameters of a start that the user tries.

import type { FittedRegression } from "downhill";
import { lineOf, paramsOfLine } from "../panels/line.ts";
import { handlesAt } from "../scenes/lineScene.ts";
import { columnOf, drawnRows } from "../scenes/pictureRows.ts";
import type { NamedRun } from "./chartPlans.ts";
import type { Aim } from "./protocol.ts";

const DIGITS = 6; // so that a link to the start is short

/** The parameters, or null where the model has no such start. @param shown  the parameters that the page shows now */
export function aimedStart(run: NamedRun, aim: Aim, shown: Float64Array): Float64Array | null {
  const params = paramsOf(run, aim, shown);
  return params?.every((value) => Math.abs(value) < 1e9)
    ? params.map((value) => Number(value.toPrecision(DIGITS)))
    : null;
}

function paramsOf({ lab, fitted, landscape }: NamedRun, aim: Aim, shown: Float64Array): Float64Array | null {
  if (aim.chart === "surface") return landscape.startAt(aim.at);
  if (lab.holds !== "numbers") return null;
  const now = lineOf(fitted.model(shown) as FittedRegression);
  if (now === null) return null;
  if (aim.chart === "line") return paramsOfLine(fitted, aim.line);
  const ends = handlesAt(columnOf(drawnRows(lab.train, lab.heldOut).X, 0));
  const heights = ends.map((x) => now.slope * x + now.intercept);
  heights[aim.handle] = aim.height;
  const slope = (heights[1]! - heights[0]!) / (ends[1] - ends[0]);
  return paramsOfLine(fitted, { slope, intercept: heights[0]! - slope * ends[0] });
}

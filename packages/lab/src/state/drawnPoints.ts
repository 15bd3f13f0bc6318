// Points that the user drew: their form and their rules.
import type { DrawnData } from "./labState.ts";

const MOST_POINTS = 2000;
const MOST_CLASSES = 6;
const MOST_IDS = 200;

const lengths = { classes: 3, numbers: 2, ratings: 3 };
const isIndex = (value: number, below: number) => Number.isInteger(value) && value >= 0 && value < below;

/** The problems of drawn points as sentences. */
export function drawnProblems({ holds, points }: DrawnData): string[] {
  if (!Object.hasOwn(lengths, holds)) return ["Drawn points hold classes, numbers or ratings."];
  if (!Array.isArray(points)) return ["The drawn points must be a list."];
  if (points.length > MOST_POINTS) return [`At most ${MOST_POINTS} points can be drawn, got ${points.length}.`];
  const length = lengths[holds];
  const wrong = (points as readonly (readonly number[])[]).findIndex(
    (point) =>
      !(Array.isArray(point) && point.length === length && point.every((value) => Number.isFinite(value))) ||
      (holds === "classes" && !isIndex(point[2]!, MOST_CLASSES)) ||
      (holds === "ratings" && !(isIndex(point[0]!, MOST_IDS) && isIndex(point[1]!, MOST_IDS))),
  );
  return wrong < 0 ? [] : [`Point ${wrong + 1} must have ${length} finite numbers${ruleOf[holds]}.`];
}

const ruleOf = {
  classes: `, the last one a class from 0 to ${MOST_CLASSES - 1}`,
  numbers: "",
  ratings: `: a user and an item from 0 to ${MOST_IDS - 1}, and a rating`,
};

// Points that the user drew: their form and their rules.
import { firstPoints } from "./editPoints.ts";
import type { LabRun } from "./labRun.ts";
import type { DrawnData } from "./labState.ts";

const MOST_POINTS = 2000;
const MOST_CLASSES = 6;
const MOST_IDS = 200;

const lengths = { classes: 3, numbers: 2, ratings: 3 };
const isIndex = (value: number, below: number) => Number.isInteger(value) && value >= 0 && value < below;

/** The rows of a run as points that can be edited; four first points without a run, and where a picture cannot show all of their columns. */
export function drawnPoints(run: LabRun | null): DrawnData {
  if (run === null || run.holds === "ratings")
    return { kind: "drawn", holds: "classes", points: firstPoints("classes") };
  const { holds, features, train, heldOut } = run;
  const columns = holds === "classes" ? 2 : 1;
  const rows = [train, ...(heldOut ? [heldOut] : [])];
  const labels = [...new Set(rows.flatMap(({ y }) => Array.from(y, String)))].sort();
  const count = rows.reduce((sum, { X }) => sum + X.rows, 0);
  const isTooLarge = count > MOST_POINTS || (holds === "classes" && labels.length > MOST_CLASSES);
  if (features.length !== columns || isTooLarge) return { kind: "drawn", holds, points: firstPoints(holds) };
  const points = rows.flatMap(({ X, y }) =>
    Array.from(y, (target, i) => {
      const row = Array.from(X.data.subarray(i * columns, (i + 1) * columns), rounded);
      return [...row, holds === "classes" ? labels.indexOf(String(target)) : rounded(Number(target))];
    }),
  );
  return { kind: "drawn", holds, points };
}

/** Four digits, so that a link to the points is short. */
const rounded = (value: number): number => Number(value.toPrecision(4));

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

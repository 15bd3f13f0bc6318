// Each mission is not done at its start, and its solution does it.
import {
  accuracy,
  DivergenceError,
  type FittedClassifier,
  type FittedFactorization,
  type FittedRegression,
  meanSquaredError,
} from "downhill";
import { describe, expect, test } from "vitest";
import { missions, NOISE_GOAL } from "../src/missions/missions.ts";
import { missionTexts } from "../src/missions/missionTexts.ts";
import type { RunFacts } from "../src/missions/runFacts.ts";
import { checkState } from "../src/state/checkState.ts";
import { type LabRun, type LabStep, labRun } from "../src/state/labRun.ts";
import type { LabState } from "../src/state/labState.ts";
import { ownTable } from "../src/state/tableColumns.ts";

/** Half the mean squared error of the held-out rows. */
function heldOutLoss(run: LabRun, step: LabStep): number | null {
  if (run.heldOut === null || run.holds === "classes") return null;
  if (run.holds === "ratings") {
    const { users, items, ratings } = run.heldOut;
    return meanSquaredError((step.fitted() as FittedFactorization).predict(users, items), ratings) / 2;
  }
  return (
    meanSquaredError((step.fitted() as FittedRegression).predict(run.heldOut.X), run.heldOut.y as Float64Array) / 2
  );
}

/** The facts about a run, and the point where three classes are equally probable. */
function factsOf(state: LabState): RunFacts {
  const run = labRun(state, ownTable(state)!);
  const heldOutLosses: number[] = [];
  let [losses, updates, params, diverged]: [number[], number, ArrayLike<number>, boolean] = [[], 0, [], false];
  let [right, pointed]: [number | null, number[] | null] = [null, null];
  try {
    for (const step of run.prepare({ every: "epoch" }).steps()) {
      const loss = heldOutLoss(run, step);
      if (loss !== null) heldOutLosses.push(loss);
      [losses, updates, params] = [[...step.history.objective!], step.t, Float64Array.from(step.params)];
      if (run.holds === "classes" && (step.epoch === state.descent.epochs || step.stopped)) {
        const model = step.fitted() as FittedClassifier;
        right = accuracy(model.predict(run.train.X), run.train.y as string[]);
        if (model.classes.length === 3) pointed = nearestToEqual(model);
      }
    }
  } catch (error) {
    if (!(error instanceof DivergenceError)) throw error;
    diverged = true;
  }
  return { state, updates, losses, heldOutLosses, accuracy: right, diverged, params, pointed };
}

/** The probabilities that are nearest to equal on a grid. */
function nearestToEqual(model: FittedClassifier): number[] {
  let best: number[] = [1, 0, 0];
  for (let x = -15; x <= 15; x += 0.05) {
    const points: number[][] = [];
    for (let y = -15; y <= 15; y += 0.05) points.push([x, y]);
    const { data } = model.probabilities(points);
    for (let at = 0; at < data.length; at += 3) {
      const all = Array.from(data.subarray(at, at + 3));
      if (Math.max(...all) < Math.max(...best)) best = all;
    }
  }
  return best;
}

const words = (text: string): number => text.split(/\s+/).length;

test("there are ten missions with short texts and different names", () => {
  expect(missions).toHaveLength(10);
  expect(missions.map(({ id }) => id)).toEqual(Object.keys(missionTexts));
  for (const { text, hint, reveal } of Object.values(missionTexts)) {
    expect(words(text)).toBeLessThanOrEqual(60);
    for (const each of [hint, reveal]) expect(words(each)).toBeLessThanOrEqual(30);
  }
});

describe.each(missions.map((mission) => [mission.id, mission] as const))(
  "the mission %s",
  (_, { start, solution, isDone }) => {
    test("has states that can be run", () => {
      for (const state of [start, ...solution]) expect(checkState(state)).toEqual([]);
    });

    test("is not done before a run, nor by the start, and is done by its solution", () => {
      expect(isDone([])).toBe(false);
      const first = { ...factsOf(start), pointed: null };
      const runs = solution.map(factsOf);
      expect(isDone([first])).toBe(false);
      expect(isDone(runs)).toBe(true);
      for (const count of solution.keys()) expect(isDone(runs.slice(0, count))).toBe(false);
    });
  },
);

test("the goal of the mission noise is 1.005 times the lowest loss", () => {
  const { start } = missions.find(({ id }) => id === "noise")!;
  const { losses } = factsOf({ ...start, descent: { ...start.descent, batchSize: "full", learningRate: 0.5 } });
  expect(NOISE_GOAL / losses.at(-1)!).toBeCloseTo(1.005, 4);
});

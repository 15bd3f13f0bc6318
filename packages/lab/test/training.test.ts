// The parts of a live run: bounded traces and snapshots, planes, and the slice of one update.

import { problemOf, random } from "downhill";
import { describe, expect, test } from "vitest";
import { sliceOf, stepText } from "../src/scenes/stepScene.ts";
import { initialChoice } from "../src/state/field.ts";
import { labRun, type TableRun } from "../src/state/labRun.ts";
import type { LabState } from "../src/state/labState.ts";
import { ownTable } from "../src/state/tableColumns.ts";
import { models } from "../src/state/trainingFields.ts";
import { evaluatorOf } from "../src/training/evaluator.ts";
import { lossTrace } from "../src/training/lossTrace.ts";
import { parameterPlane, planeOfPath, planeThrough, pointOf, project, shareInPlane } from "../src/training/plane.ts";
import { type Snapshot, snapshotList } from "../src/training/snapshots.ts";
import { makeSession } from "../src/worker/session.ts";
import { generated, modelStates, stateWith } from "./states.ts";

describe("a loss trace", () => {
  test("keeps the first, lowest, highest and last loss of a long run in bounded memory", () => {
    const trace = lossTrace();
    const loss = (t: number): number => (t === 77_777 ? 1e9 : t === 55_555 ? -1 : 1 + 1 / (t + 1));
    for (let t = 0; t < 200_000; t++) trace.add(t, loss(t));
    const { updates, losses } = trace.points();
    expect(updates.length).toBeLessThan(4 * 513);
    expect(Math.max(...losses)).toBe(1e9);
    expect(updates[losses.indexOf(1e9)]).toBe(77_777);
    expect(updates[losses.indexOf(-1)]).toBe(55_555);
    expect(updates.at(-1)).toBe(199_999);
    expect(updates.every((t, i) => i === 0 || t > updates[i - 1]!)).toBe(true);
    expect(losses.every((value, i) => value === loss(updates[i]!))).toBe(true);
  });

  test("forgets what is after an update", () => {
    const trace = lossTrace();
    for (let t = 0; t < 5000; t++) trace.add(t, Math.cos(t));
    trace.cut(1234);
    const { updates } = trace.points();
    expect(updates.at(-1)).toBeLessThanOrEqual(1234);
    expect(updates.at(-1)).toBeGreaterThan(1200);
    trace.add(1235, 3);
    expect(trace.points().updates.at(-1)).toBe(1235);
  });
});

test("snapshots have equal distances, which double when there are too many", () => {
  const snapshot = (update: number): Snapshot => ({
    ...{ update, epoch: update, objective: 1 },
    params: new Float64Array(1),
    state: null,
  });
  const list = snapshotList(snapshot(0));
  for (let t = 1; t <= 1000; t++) if (list.accepts(t)) list.add(snapshot(t));
  expect(list.list.length).toBeLessThanOrEqual(128);
  expect(list.list[1]!.update).toBe(8);
  expect(list.before(999).update).toBe(992);
  list.cut(500);
  expect(list.list.at(-1)!.update).toBe(496);
});

describe("a plane", () => {
  const [a, b, c] = [Float64Array.of(1, 0, 2), Float64Array.of(3, 1, 0), Float64Array.of(0, 1, 1)];
  test("contains the points that it was made of", () => {
    const plane = planeThrough(a, b, c, ["x", "y"]);
    const [x, y] = project(plane, b);
    const back = pointOf(plane, x, y, new Float64Array(3));
    for (let i = 0; i < 3; i++) expect(back[i]).toBeCloseTo(b[i]!, 12);
    expect(y).toBeCloseTo(0, 12);
    expect(shareInPlane(plane, [a, b])).toBeCloseTo(1, 12);
  });

  test("of two parameters has their values as coordinates", () => {
    const plane = parameterPlane(Float64Array.of(5, 6), 0, 1, ["x", "y"]);
    expect(project(plane, Float64Array.of(2, 3))).toEqual([2, 3]);
  });

  test("of a path contains the whole path if the path is flat", () => {
    const path = Array.from({ length: 9 }, (_, t) => a.map((value, i) => value + t * b[i]! + Math.sin(t) * c[i]!));
    expect(shareInPlane(planeOfPath(path, ["x", "y"]), path)).toBeCloseTo(1, 9);
  });

  test("of a path that does not move exists all the same", () => {
    const plane = planeOfPath([a, a, a], ["x", "y"]);
    expect(project(plane, a).every(Number.isFinite)).toBe(true);
  });
});

describe("the slice of an update", () => {
  // ½ (w − 3)²
  const problem = problemOf((params, gradient) => {
    gradient[0] = params[0]! - 3;
    return (params[0]! - 3) ** 2 / 2;
  }, 1);
  const evaluator = evaluatorOf(problem, { start: Float64Array.of(1) });
  const update = (to: number, isDone = true) => ({
    ...{ isDone, learningRate: (to - 1) / 2 },
    from: Float64Array.of(1),
    to: Float64Array.of(to),
  });

  test.each([
    [2, 2, "2 times as far"],
    [4, 2 / 3, "0.67 times as far"],
    [7, 1 / 3, "raised the loss"],
  ])("to %d finds the lowest point", (to, lowest, text) => {
    const slice = sliceOf(update(to), evaluator)!;
    expect(slice.lowest).toBeCloseTo(lowest, 9);
    expect(slice.before).toBe(2);
    expect(slice.after).toBeCloseTo((to - 3) ** 2 / 2, 12);
    expect(stepText(slice, update(to))).toContain(text);
  });

  test("has the difference of two losses whose first digits are equal", () => {
    const text = stepText(sliceOf(update(1 + 1e-7), evaluator)!, update(1 + 1e-7));
    expect(text).toContain("lowered the loss by 2×10⁻⁷ to 2. A step 4 times as long would go lower still.");
  });

  test("does not exist for an update that does not move", () => {
    expect(sliceOf(update(1), evaluator)).toBeNull();
  });
});

describe("many rows", () => {
  test("an evaluator of some rows has the loss of random ones", () => {
    const { model } = modelStates.linear;
    const raw = { ...model, options: { ...model.options, standardize: false } } as LabState["model"];
    const state = { ...modelStates.linear, model: raw, descent: { ...modelStates.linear.descent, l2: 0 } } as LabState;
    const run = labRun(state, ownTable(state)!) as TableRun;
    const { problem } = run.prepare();
    const evaluator = evaluatorOf(problem, { seed: 4 }, 20);
    expect([evaluator.rows, evaluatorOf(problem, {}, 75).rows, evaluatorOf(problem, {}).rows]).toEqual([20, 75, 75]);
    const rows = Array.from(random(4).fork("order").fork(0).permutation(75).slice(0, 20));
    for (const [slope, intercept] of [
      [0, 0],
      [2, -1],
    ] as const) {
      const errors = rows.map((row) => slope * run.train.X.data[row]! + intercept - Number(run.train.y[row]));
      const loss = errors.reduce((sum, error) => sum + error * error, 0) / 40;
      expect(evaluator.at([slope, intercept])).toBeCloseTo(loss, 12);
    }
  });

  test("the map of a large problem uses some of its rows and says so, and the step has fewer points", () => {
    const network = initialChoice(models, "network") as LabState["model"];
    const wide = { ...network, options: { ...network.options, hidden: [64, 8] } } as LabState["model"];
    const state = { ...stateWith(generated("spiral", { n: 5000 }), "network"), model: wide };
    const size = { width: 420, height: 300 };
    const session = makeSession();
    session.start(state, null);
    const show = () => session.frame({ surface: size, step: size }, state.view, false, null);
    show(); // the map follows in the next frame
    const { scenes, texts } = show();
    expect(texts.surface).toMatch(/The map is computed from 500 random rows of 3,750\.$/);
    expect(scenes.surface).not.toBeNull();
    session.next();
    const { rows } = show().scenes.step!.a11y.table;
    expect(rows.filter(([line]) => line === "loss")).toHaveLength(9);
  });
});

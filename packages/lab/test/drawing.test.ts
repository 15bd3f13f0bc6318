// Points that the user draws: the rows of any run become points, and a change keeps enough of them to learn from.

import { expect, test } from "vitest";
import { checkState } from "../src/state/checkState.ts";
import { firstPoints, nearestPoint, withoutPoint, withPoint } from "../src/state/editPoints.ts";
import { makeSession } from "../src/worker/session.ts";
import { modelStates } from "./states.ts";

test.each(Object.entries(modelStates))(
  "the rows of a run become points, with which a run can begin: %s",
  (_, state) => {
    const session = makeSession();
    session.start(state, null);
    const data = session.points();
    const name = data.holds === "numbers" ? "linear" : "softmax";
    const next = { ...state, data, model: modelStates[name].model, heldOut: 0 };
    expect(checkState(next)).toEqual([]);
    expect(session.start(next, null).rows).toBe(data.points.length);
  },
);

test("the points of two moons are those of the run, with the names of the classes in their order", () => {
  const session = makeSession();
  const facts = session.start(modelStates.logistic, null);
  const { points } = session.points();
  expect(points).toHaveLength(facts.rows + facts.heldOutRows);
  expect(new Set(points.map((point) => point[2]))).toEqual(new Set([0, 1]));
});

test("the nearest point is that of the picture, whose axes have different units", () => {
  const points = [
    [0, 0],
    [1, 1000],
    [0.9, 0],
  ];
  expect(nearestPoint(points, [1, 600])).toBe(1);
  expect(nearestPoint(points, [0.8, 100])).toBe(2);
});

test("a change that would leave too few points or one class gives a sentence", () => {
  const points = firstPoints("classes");
  expect(withoutPoint(points, 0)).toEqual({ problem: expect.stringContaining("at least 4 points") });
  const five = [...points, [0, 0, 0]];
  expect(withoutPoint(five, 4)).toEqual({ points });
  expect(withPoint(points, 0, [2, 2, 1])).toMatchObject({ points: [[2, 2, 1], ...points.slice(1)] });
  const one = points.map(([x, y], i) => [x!, y!, i === 0 ? 1 : 0]);
  expect(withPoint(one, 0, [2, 2, 0])).toEqual({ problem: expect.stringContaining("two classes") });
});

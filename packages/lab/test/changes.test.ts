// Settings that change during a run: it goes on with them, with the steps that they describe.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canGoOn } from "../src/page/changes.ts";
import { initialChoice } from "../src/state/field.ts";
import { labRun, type TableRun } from "../src/state/labRun.ts";
import type { LabState } from "../src/state/labState.ts";
import { ownTable } from "../src/state/tableColumns.ts";
import { optimizers, schedules } from "../src/state/trainingFields.ts";
import { updateRows } from "../src/training/updateRows.ts";
import type { ChartSizes } from "../src/worker/protocol.ts";
import { makeSession, type Session } from "../src/worker/session.ts";
import { modelStates } from "./states.ts";

/** Does updates. */
const go = (session: Session, updates: number): void => {
  for (let i = 0; i < updates; i++) session.next();
};

const withDescent = (state: LabState, descent: Partial<LabState["descent"]>): LabState => ({
  ...state,
  descent: { ...state.descent, ...descent },
});

const batchSizes = ["full", 40, 7, 1] as const;

/** Every setting that changes without a new run. */
const changing = fc.record({
  batchSize: fc.constantFrom(...batchSizes),
  learningRate: fc.constantFrom(0.001, 0.02),
  schedule: fc
    .constantFrom(...(Object.keys(schedules) as (keyof typeof schedules)[]))
    .map((name) => initialChoice(schedules, name) as LabState["descent"]["schedule"]),
  ...{ warmUp: fc.constantFrom(0, 9), epochs: fc.constantFrom(80, 120) },
  l2: fc.constantFrom("auto", 0, 0.1),
  stopGradient: fc.constantFrom("off", 1e-9),
});
const stepped = ["plain", "momentum", "nesterov", "adaGrad", "rmsProp", "adam", "adamW"] as const;

test("a run goes on with every combination of settings that need no new run", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...Object.values(modelStates)),
      fc.constantFrom(...stepped),
      changing,
      changing,
      fc.integer({ min: 1, max: 60 }),
      (model, name, before, after, updates) => {
        const optimizer = initialChoice(optimizers, name) as LabState["descent"]["optimizer"];
        const [first, next] = [before, after].map((each) => withDescent(model, { optimizer, ...each } as object));
        expect(canGoOn(first!, next!)).toBe(true);
        const session = makeSession();
        session.start(first!, null);
        go(session, updates);
        const done = session.live!.now.update;
        session.change(next!, "other settings");
        expect(session.live!.now.update).toBe(done);
        go(session, 3);
        expect(session.live!.now.update).toBe(done + 3);
      },
    ),
    { numRuns: 60 },
  );
});

const RATE = 0.01;

describe("another batch size", () => {
  const { model } = modelStates.linear;
  const raw = {
    ...modelStates.linear,
    model: { ...model, options: { ...model.options, standardize: false } },
  } as LabState;
  const state = withDescent(raw, { learningRate: RATE, l2: 0 });
  const { X, y } = (labRun(state, ownTable(state)!) as TableRun).train as {
    X: { data: Float64Array };
    y: Float64Array;
  };
  const sizes: ChartSizes = { loss: { width: 420, height: 300 } };

  const orders = ["shuffled", "replacement", "sequential"] as const;
  const changes = batchSizes.flatMap((from) => batchSizes.filter((to) => to !== from).map((to) => [from, to] as const));
  test.each(orders.flatMap((order) => changes.map(([from, to]) => [order, from, to] as const)))(
    "rows %s, from %s to %s: each update uses the rows that the page names",
    (order, from, to) => {
      const session = makeSession();
      session.start(withDescent(state, { batchSize: from, order }), null);
      go(session, 11);
      const rowsBefore = updateRows(session.live!, 11);
      session.change(withDescent(state, { batchSize: to, order }), "batch");
      expect(updateRows(session.live!, 11)).toEqual(rowsBefore);
      for (let i = 0; i < 25; i++) {
        session.next();
        const { live } = session;
        const rows = updateRows(live!, live!.now.update)!;
        const { from: before, to: after } = live!.latestUpdate;
        let [slope, intercept] = [0, 0];
        for (const row of rows) {
          const error = before[0]! * X.data[row]! + before[1]! - y[row]!;
          slope += (error * X.data[row]!) / rows.length;
          intercept += error / rows.length;
        }
        expect(after[0]).toBeCloseTo(before[0]! - RATE * slope, 12);
        expect(after[1]).toBeCloseTo(before[1]! - RATE * intercept, 12);
      }
    },
  );

  test("of several changes at one update the last one counts, and a change that is taken back leaves the epoch as it was", () => {
    const session = makeSession();
    const [first, other] = [withDescent(state, { batchSize: 40 }), withDescent(state, { batchSize: 7 })];
    session.start(first, null);
    go(session, 3);
    session.change(other, "batch");
    session.change(withDescent(other, { learningRate: RATE / 2 }), "rate");
    expect(session.toEndOfEpoch).toBe(11);
    session.change(first, "as before");
    expect(session.toEndOfEpoch).toBe(1);
    go(session, 20);
    const again = makeSession();
    again.start(first, null);
    go(again, 23);
    expect(session.live!.now.params).toEqual(again.live!.now.params);
  });

  test("the epoch begins again, and ends after all of its rows", () => {
    const session = makeSession();
    session.start(withDescent(state, { batchSize: 40 }), null); // 75 rows: 2 updates
    go(session, 3);
    expect(session.toEndOfEpoch).toBe(1);
    session.change(withDescent(state, { batchSize: 7 }), "batch"); // 11 updates
    expect(session.toEndOfEpoch).toBe(11);
    go(session, 3);
    expect(session.toEndOfEpoch).toBe(8);
    go(session, 8);
    expect([session.live!.now.epoch, session.toEndOfEpoch]).toEqual([2, 11]);
    session.change(withDescent(state, { batchSize: 40 }), "back", 3);
    expect(session.toEndOfEpoch).toBe(1); // as before
  });

  test("the axes of epochs and examples count the rows of each run, also of kept ones", () => {
    const session = makeSession();
    session.start(withDescent(state, { batchSize: 1 }), null);
    go(session, 150); // 2 epochs
    session.start(withDescent(state, { batchSize: "full" }), null);
    go(session, 5);
    session.change(withDescent(state, { batchSize: 38 }), "batch");
    go(session, 4); // 2 more epochs
    const lastOf = (lossAxis: LabState["view"]["lossAxis"], name: string): number => {
      const { rows } = session.frame(sizes, { ...state.view, lossAxis }, false, null).scenes.loss!.a11y.table;
      return Number(rows.findLast(([series]) => String(series).startsWith(name))![1]);
    };
    expect(lastOf("epochs", "A")).toBe(2);
    expect(lastOf("examples", "A")).toBe(150);
    expect(lastOf("epochs", "Run B: training")).toBe(7);
    expect(lastOf("examples", "Run B: training")).toBe(525);
  });
});

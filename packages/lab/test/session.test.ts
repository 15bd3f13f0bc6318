// The worker's session in Node: its runs have the bits of the library's runs, also after a pause, a change or a step back.

import { formatNumber } from "@downhill/plots/format";
import { describe, expect, test } from "vitest";
import { finalLoss } from "../src/state/finalLoss.ts";
import { labRun, type TableRun } from "../src/state/labRun.ts";
import type { LabState } from "../src/state/labState.ts";
import { ownTable } from "../src/state/tableColumns.ts";
import type { ChartSizes, Frame } from "../src/worker/protocol.ts";
import { makeSession, type Session } from "../src/worker/session.ts";
import { sweepOf } from "../src/worker/sweep.ts";
import { generated, modelStates, optimizer, stateWith } from "./states.ts";

const sizes: ChartSizes = Object.fromEntries(
  ["model", "loss", "surface", "step"].map((name) => [name, { width: 420, height: 300 }]),
);

const frameOf = (session: Session, { view }: LabState): Frame => session.frame(sizes, view, false, null);

/** Does updates; returns the number of those that were done. */
function go(session: Session, updates: number): number {
  let done = 0;
  while (done < updates && session.next()) done++;
  return done;
}

const batches = ["full", 16, 1] as const;

/** The states of all models with all kinds of batches. */
const states = Object.entries(modelStates).flatMap(([name, state]) =>
  batches.map((batchSize): readonly [string, LabState] => [
    `${name}, batch ${batchSize}`,
    { ...state, descent: { ...state.descent, batchSize, epochs: 3 } },
  ]),
);

describe("a run of the page", () => {
  test.each(states)("has the bits of the library's run: %s", (_, state) => {
    let last = Number.NaN;
    for (const { history } of labRun(state, ownTable(state)!).prepare({ every: "epoch" }).steps()) {
      last = finalLoss(history);
    }
    const session = makeSession();
    session.start(state, null);
    while (session.next());
    expect(session.live!.ended).toBe("epochs");
    expect(frameOf(session, state).loss).toBe(last);
  });

  test.each(Object.entries(modelStates))("has a scene for each chart: %s", (_, state) => {
    const session = makeSession();
    session.start(state, null);
    const before = frameOf(session, state);
    expect(before.status).toBe("ready");
    expect(Object.values(before.scenes).filter(Boolean)).toHaveLength(4);
    expect(frameOf(session, state).scenes).toEqual({}); // nothing has changed
    go(session, 5);
    const after = frameOf(session, state);
    expect(after.update).toBe(5);
    expect(Object.values(after.scenes).filter(Boolean)).toHaveLength(4);
    const { step, surface } = after.scenes;
    const { from, to } = session.live!.latestUpdate;
    const [first, last] = [from, to].map((params) => formatNumber(session.live!.evaluator.at(params)));
    expect(step!.a11y.caption).toMatch(
      /^Loss against Length, in multiples of this step\. The line loss goes from \S+ at 0 /,
    );
    expect(step!.a11y.caption).toContain(
      ` The point before the step is ${first} at 0. The point after the step is ${last} at 1.`,
    );
    expect(surface!.a11y.caption).toMatch(/ Run A goes from \(\S+, \S+\) to \(\S+, \S+\) in 6 points\./);
  });

  test("draws the model and one of three other charts in each frame while it goes on, and all of them when it pauses", () => {
    const state = modelStates.logistic;
    const session = makeSession();
    session.start(state, null);
    frameOf(session, state);
    const drawn = Array.from({ length: 3 }, () => {
      go(session, 1);
      return Object.keys(session.frame(sizes, state.view, true, null).scenes)
        .sort()
        .join(" ");
    });
    expect(drawn.sort()).toEqual(["loss model", "model step", "model surface"]);
    go(session, 1);
    expect(Object.keys(frameOf(session, state).scenes)).toHaveLength(4);
  });

  test("is the same again after a reset, and the run before is kept", () => {
    const state = modelStates.network;
    const session = makeSession();
    session.start(state, null);
    go(session, 30);
    const { loss, letter } = frameOf(session, state);
    session.start(state, null);
    go(session, 30);
    const again = frameOf(session, state);
    expect(again.loss).toBe(loss);
    expect(again.kept.map((run) => [run.letter, run.updates, run.loss])).toEqual([[letter, 30, loss]]);
    expect(again.letter).not.toBe(letter);
  });

  test("goes back to a snapshot, and from there with the same bits", () => {
    const state = { ...modelStates.softmax, descent: { ...modelStates.softmax.descent, ...optimizer("adam") } };
    const session = makeSession();
    session.start(state, null);
    go(session, 40);
    const { loss } = frameOf(session, state);
    session.change(state, "back", 25);
    expect(frameOf(session, state).update).toBe(25);
    go(session, 15);
    expect(frameOf(session, state).loss).toBe(loss);
  });

  test("goes back to the run before other data, with its changes, and from there with the same bits", () => {
    const { linear: state, softmax: other } = modelStates;
    const faster = { ...state, descent: { ...state.descent, learningRate: 0.2 } };
    const begun = (): Session => {
      const session = makeSession();
      session.start(state, null);
      go(session, 12);
      session.change(faster, "learning rate 0.2");
      go(session, 5);
      return session;
    };
    const [undisturbed, session] = [begun(), begun()];
    const { loss, changes, snapshots } = frameOf(session, faster);
    session.start(other, null);
    go(session, 3);
    expect(session.letter).toBe("B");
    session.goBack();
    const again = frameOf(session, faster);
    expect([again.letter, again.update, again.loss]).toEqual(["A", 17, loss]);
    expect([again.changes, again.snapshots]).toEqual([changes, snapshots]);
    expect(again.kept.map(({ letter, updates }) => [letter, updates])).toEqual([["B", 3]]);
    for (const each of [undisturbed, session]) go(each, 20);
    expect(session.live!.now.params).toEqual(undisturbed.live!.now.params);
    expect(() => session.goBack()).toThrow("session: there is no run on other data. Start one first.");
  });

  test("goes back to a run that has not begun, whose letter another run has now; not after a second run on the data", () => {
    const { linear, logistic } = modelStates;
    const session = makeSession();
    session.start(linear, null);
    session.start(logistic, null);
    go(session, 4);
    expect(session.letter).toBe("A");
    session.goBack();
    const { letter, update, kept } = frameOf(session, linear);
    expect([letter, update, kept.map((run) => run.letter)]).toEqual(["B", 0, ["A"]]);
    session.start(logistic, null);
    session.start({ ...logistic, heldOut: 0 }, null);
    expect(() => session.goBack()).toThrow("session: there is no run on other data.");
  });

  test("goes back also where no run could begin on the other data", () => {
    const { linear } = modelStates;
    const session = makeSession();
    session.start(linear, null);
    go(session, 6);
    const { loss } = frameOf(session, linear);
    expect(() => session.start({ ...modelStates.logistic, model: linear.model } as LabState, null)).toThrow();
    session.goBack();
    const again = frameOf(session, linear);
    expect([again.letter, again.update, again.loss, again.kept]).toEqual(["A", 6, loss, []]);
  });

  test("looks at a snapshot without changing the run", () => {
    const state = modelStates.logistic;
    const session = makeSession();
    session.start(state, null);
    go(session, 20);
    const { loss } = frameOf(session, state);
    session.look(7);
    const past = frameOf(session, state);
    expect(past.looking).toBe(7);
    expect(past.loss).toBeGreaterThan(loss);
    session.look(null);
    expect(frameOf(session, state).loss).toBe(loss);
  });

  test("has the losses of the update that is looked at, also within an epoch", () => {
    const own = { ...modelStates.logistic, descent: { ...modelStates.logistic.descent, batchSize: 16 } } as LabState;
    const session = makeSession();
    session.start(own, null);
    go(session, 3);
    const { loss, heldOut } = frameOf(session, own);
    go(session, 20);
    session.look(3);
    const past = frameOf(session, own);
    expect(past.loss).toBeCloseTo(loss, 12);
    expect(past.heldOut).toBeLessThan(heldOut!); // that of the start, because no epoch was complete
    session.look(0);
    expect(frameOf(session, own).heldOut).toBe(heldOut);
  });

  test("goes on with another learning rate, which the loss chart names", () => {
    const state = modelStates.linear;
    const session = makeSession();
    session.start(state, null);
    go(session, 10);
    const faster = { ...state, descent: { ...state.descent, learningRate: 0.9 } };
    session.change(faster, "learning rate 0.9");
    go(session, 1);
    const frame = frameOf(session, faster);
    expect(frame.learningRate).toBe(0.9);
    expect(frame.update).toBe(11);
    expect(frame.texts.loss).toBe("The logarithmic axis shows more here. Update 10: learning rate 0.9.");
    const log = session.frame({ loss: { width: 400, height: 264 } }, { ...state.view, lossScale: "log" }, false, null);
    expect(log.texts.loss).toBe("Update 10: learning rate 0.9.");
  });

  test("has a loss chart that begins with an empty axis, which doubles while the run goes on", () => {
    const state = stateWith(generated("moons"), "logistic", { learningRate: 0.1, epochs: 150 });
    const session = makeSession();
    session.start(state, null);
    const domain = () => frameOf(session, state).scenes.loss!.axes.find(({ side }) => side === "bottom")!.domain;
    expect(domain()).toEqual([0, 50]);
    go(session, 51);
    expect(domain()).toEqual([0, 100]);
    go(session, 60);
    expect(domain()).toEqual([0, 150]); // all epochs
  });

  test.each([
    ["full", 50],
    [32, 200],
    [1, 600],
  ] as const)("has a loss axis that shows the first updates, with batches of %s", (batchSize, end) => {
    const state = stateWith(generated("moons"), "logistic", { batchSize, epochs: 150 });
    const session = makeSession();
    session.start(state, null);
    const { axes } = frameOf(session, state).scenes.loss!;
    expect(axes.find(({ side }) => side === "bottom")!.domain).toEqual([0, end]);
  });

  test("that diverges ends, keeps its numbers, and can go back with half of the rate", () => {
    const state = stateWith(generated("line"), "linear", { learningRate: 2.6 });
    const session = makeSession();
    expect(session.start(state, null).rate.band).toBe("diverges");
    go(session, 1000);
    const frame = frameOf(session, state);
    expect(frame.status).toBe("diverged");
    expect(frame.verdict!.id).toBe("diverged");
    expect(frame.remedies.length).toBeGreaterThan(0);
    expect(frame.rewindTo).toBe(0);
    expect(session.next()).toBe(false);
    const half = { ...state, descent: { ...state.descent, learningRate: 1.3 } };
    session.change(half, "half", frame.rewindTo!);
    go(session, 1000);
    expect(frameOf(session, half).verdict!.id).toBe("converged");
  });

  test("with numbers beyond float64 in its first update still has charts", () => {
    const state = stateWith(generated("line"), "linear", { learningRate: 1e6, epochs: 400 });
    const session = makeSession();
    session.start(state, null);
    go(session, 400);
    expect(frameOf(session, state).status).toBe("diverged");
  });

  test("divides each table anew: a second run of the same table has the same rows", () => {
    const state = modelStates.linear;
    const table = ownTable(state)!;
    const [first, second] = [labRun(state, table), labRun(state, table)];
    expect(first.train).toEqual(second.train);
  });
});

test.each(["linear", "factorization"] as const)(
  "the errors of the predictions have a chart that counts each held-out row, before and after updates: %s",
  (name) => {
    const state = modelStates[name];
    const session = makeSession();
    const facts = session.start(state, null);
    const errors = () => session.frame({ errors: { width: 420, height: 300 } }, state.view, false, null).scenes.errors!;
    const kind = name === "factorization" ? "ratings" : "rows";
    for (const updates of [0, 20]) {
      go(session, updates);
      const { title, table } = errors().a11y;
      expect(title).toContain(`of the held-out ${kind}`);
      expect(table.rows.reduce((sum, row) => sum + Number(row.at(-1)), 0)).toBe(facts.heldOutRows);
    }
  },
);

test("a run that has ended is compared with the lowest possible loss, where this is known", () => {
  const ended = (state: LabState) => {
    const session = makeSession();
    session.start(state, null);
    expect(frameOf(session, state).summary).toBeNull();
    go(session, 1e4);
    return frameOf(session, state);
  };
  const short = { ...modelStates.linear, descent: { ...modelStates.linear.descent, learningRate: 0.5, epochs: 2 } };
  const long = { ...short, descent: { ...short.descent, epochs: 500 } };
  const [early, converged] = [ended(short), ended(long)];
  expect([early.ended, converged.ended]).toEqual(["epochs", "converged"]);
  const { X, y } = (labRun(short, ownTable(short)!) as TableRun).train;
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, t] = [Array.from(X.data), Array.from(y as ArrayLike<number>)];
  const slope = mean(x.map((each, i) => (each - mean(x)) * t[i]!)) / mean(x.map((each) => (each - mean(x)) ** 2));
  const lowest = mean(x.map((each, i) => (t[i]! - mean(t) - slope * (each - mean(x))) ** 2)) / 2; // of the line through the means
  expect(early.summary!.aboveLowest! / (early.loss - lowest)).toBeCloseTo(1, 6);
  expect(converged.summary!.aboveLowest).toBeLessThan(1e-6 * lowest);
  const network = { ...modelStates.network, descent: { ...modelStates.network.descent, epochs: 2 } };
  expect(ended(network).summary!.aboveLowest).toBeNull();
});

test.each([9, 25])("a sweep has %i rates, shows those that diverged, and has the best one", (rates) => {
  const session = makeSession();
  session.start(modelStates.linear, null);
  const steps = [...sweepOf(session.live!, rates)];
  expect(steps.map(({ isDone }) => isDone)).toEqual([...new Array(rates - 1).fill(false), true]); // the worker answers between them
  const { spec, best, diverged, rates: tried } = steps.at(-1)!;
  expect(tried).toBe(rates);
  expect(best).toBeGreaterThan(0.1);
  expect(diverged).toBeGreaterThan(0);
  session.showSweep(spec);
  const { scenes } = session.frame({ sweep: { width: 276, height: 260 } }, modelStates.linear.view, false, null);
  expect(scenes.sweep!.a11y.table.rows).toHaveLength(rates);
});

test("the first frame of a large problem does not wait for its loss surface", () => {
  const session = makeSession();
  const state = { ...modelStates.network, data: generated("blobs", { n: 5000 }) };
  session.start(state, null);
  const first = frameOf(session, state);
  expect([first.isPartial, first.scenes.surface]).toEqual([true, null]);
  expect(first.scenes.model).toBeTruthy();
  expect(first.texts.surface).toBe("The map of the loss is being computed.");
  const second = frameOf(session, state);
  expect(second.isPartial).toBe(false);
  expect(second.scenes.surface?.a11y.title).toBe("Path over the loss");
});

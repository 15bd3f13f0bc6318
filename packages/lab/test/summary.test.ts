// The end of a run: what it has reached, how far from the best, what to try next, and that it is said once.
import { formatNumber } from "@downhill/plots/format";
import { accuracy, type FittedClassifier, type Label } from "downhill";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { announcer } from "../src/page/announcer.ts";
import type { PageContext } from "../src/page/pageState.ts";
import { fasterRate, nextText, summaryFacts, summaryText } from "../src/page/parts/summary.ts";
import { repliesOf } from "../src/page/replies.ts";
import { labRun, type TableRun } from "../src/state/labRun.ts";
import type { LabState } from "../src/state/labState.ts";
import { ownTable } from "../src/state/tableColumns.ts";
import { fittedAt } from "../src/training/fittedAt.ts";
import type { Frame, RunFacts } from "../src/worker/protocol.ts";
import { makeSession } from "../src/worker/session.ts";
import { modelStates } from "./states.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["Date", "setTimeout", "clearTimeout"] }));
afterEach(() => void vi.useRealTimers());

const withDescent = (state: LabState, change: Partial<LabState["descent"]>): LabState => ({
  ...state,
  descent: { ...state.descent, ...change },
});

/** Runs one state after the other on the same page; returns the facts of each, its frame at its end, and its parameters. */
function ends<States extends readonly LabState[]>(...states: States) {
  const session = makeSession();
  return states.map((state) => {
    const facts = session.start(state, null);
    while (session.next());
    return { facts, frame: session.frame({}, state.view, false, null), params: session.live!.now.params };
  }) as { [Each in keyof States]: { facts: RunFacts; frame: Frame; params: Float64Array } };
}

const factOf = (frame: Frame, name: string): string | undefined =>
  summaryFacts(frame).find(([fact]) => fact === name)?.[1];

test("the metric is that of the library on the held-out rows, and the time is that of the updates", () => {
  const state = withDescent(modelStates.logistic, { epochs: 20 });
  const [{ frame, params }] = ends(state);
  const table = ownTable(state)!;
  const run = labRun(state, table) as TableRun;
  const { X, y } = run.heldOut!;
  const model = fittedAt(state, table, run).model(params) as FittedClassifier;
  const expected = accuracy(model.predict(X), y as readonly Label[]);
  expect(frame.summary!.metric).toEqual({ name: "Accuracy", isHeldOut: true, value: expected });
  expect(expected).toBeGreaterThan(0.5);
  expect(frame.summary!.seconds).toBeGreaterThan(0);
  expect(factOf(frame, "Updates")).toBe("20");
  expect(factOf(frame, "Accuracy of the held-out rows")).toBe(formatNumber(expected, 3));
});

test("of a network, whose lowest loss is not known, the kept run with a lower loss is named", () => {
  const long = withDescent(modelStates.network, { epochs: 40 });
  const short = withDescent(modelStates.network, { epochs: 2 });
  const [first, second] = ends(long, short);
  expect(first.frame.summary!.lower).toBeNull();
  expect(second.frame.summary!.lower).toEqual({ letter: "A", loss: first.frame.loss });
  expect(first.frame.loss).toBeLessThan(second.frame.loss);
  expect(factOf(second.frame, "Lowest loss of the runs")).toBe(`${formatNumber(first.frame.loss)}, of run A`);
  expect(factOf(first.frame, "Lowest loss of the runs")).toBeUndefined();
  const [, other] = ends(long, withDescent(short, { l2: 0.1 })); // with another penalty, the losses cannot be compared
  expect(other.frame.summary!.lower).toBeNull();
});

test("what to try next: a rate whose forecast is much shorter, more epochs, or another setting", () => {
  const slow = ends(withDescent(modelStates.linear, { learningRate: 0.05, epochs: 1000 }))[0];
  expect(slow.frame.ended).toBe("converged");
  const { rate, epochs } = fasterRate(slow.facts)!;
  expect(rate).toBe(Number(slow.facts.rate.best!.toPrecision(3)));
  expect(nextText(slow.frame, slow.facts)).toBe(
    ` With the learning rate ${formatNumber(rate)}, the forecast is about ${epochs === 1 ? "1 epoch" : `${epochs} epochs`}.`,
  );
  const faster = ends(withDescent(modelStates.linear, { learningRate: rate, epochs: 1000 }))[0];
  expect(faster.frame.update).toBeLessThan(0.7 * slow.frame.update);
  expect(fasterRate(faster.facts)).toBeNull();
  expect(nextText(faster.frame, faster.facts)).toContain("Change a setting to compare");
  const stopped = { ...faster.frame, ended: "epochs", remedies: [] } as Frame;
  expect(nextText(stopped, faster.facts)).toContain("1,000 more epochs");
});

test("the end of a run is said once, also when one looks back at it", () => {
  const [{ frame }] = ends(withDescent(modelStates.linear, { learningRate: 1, epochs: 1000 }));
  const said: string[] = [];
  const page = {
    state: {},
    saved: null,
    show: ({ spoken }: { spoken?: string }) => spoken !== undefined && said.push(spoken),
  } as unknown as PageContext;
  const voice = announcer((spoken) => page.show({ spoken }));
  const { frame: show } = repliesOf(page, voice, {} as never);
  const summary = summaryText(frame);
  expect(summary).toMatch(/^Run A has ended\. Converged\. .*Updates: \d+\. .*Above the lowest possible loss: /);
  const after = (each: Frame): void => {
    show(each);
    vi.advanceTimersByTime(60_000);
  };
  after(frame);
  after(frame);
  expect(said).toEqual([summary]);
  after({ ...frame, looking: 0, update: 0 });
  after(frame);
  expect(said.filter((text) => text === summary)).toHaveLength(1);
  after({ ...frame, summary: null, ended: null, status: "running" });
  after(frame);
  expect(said.filter((text) => text === summary)).toHaveLength(2);
});

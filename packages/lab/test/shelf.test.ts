// The kept runs: names, hidden and pinned runs, removals, and races.
import { type Scene, withoutSeries } from "@downhill/plots";
import { expect, test } from "vitest";
import type { LabState } from "../src/state/labState.ts";
import type { Frame } from "../src/worker/protocol.ts";
import { titleOf } from "../src/worker/runTitle.ts";
import { makeSession, type Session } from "../src/worker/session.ts";
import { generated, modelStates, optimizer, stateWith } from "./states.ts";

const state = modelStates.logistic;
const sizes = { loss: { width: 500, height: 300 }, surface: { width: 400, height: 300 } };
const withRate = (learningRate: number, epochs = 1000): LabState => ({
  ...state,
  descent: { ...state.descent, learningRate, epochs },
});
const frameOf = (session: Session): Frame => session.frame(sizes, state.view, false, null);
const go = (session: Session, updates: number): void => {
  for (let i = 0; i < updates; i++) session.next();
};
/** The names of the lines in the chart of the losses. */
const lines = ({ scenes }: Frame): string => JSON.stringify(scenes.loss?.legend.map(({ name }) => name) ?? []);

/** A session with a kept run for each rate, and a run at its start. */
function sessionOf(rates: readonly number[], updates = 3): Session {
  const session = makeSession();
  for (const rate of rates) {
    session.start(withRate(rate), null);
    go(session, updates);
  }
  session.start(withRate(0.3), null);
  return session;
}
const letters = ({ kept }: Frame): string => kept.map(({ letter }) => letter).join("");

test("a name is in the legends; a hidden run is not in a race, and the page leaves it out of the charts that have it", () => {
  const session = sessionOf([0.1, 0.2]);
  session.label("A", { name: "slow" });
  const named = frameOf(session);
  expect(lines(named)).toContain('"A: slow"');
  expect(named.rivals).toEqual(["A", "B"]);
  session.label("A", { isHidden: true });
  const hidden = frameOf(session);
  expect(hidden.scenes.loss).toBeUndefined(); // the worker sends no other chart
  expect(hidden.kept.map(({ isHidden }) => isHidden)).toEqual([true, false]);
  expect([letters(hidden), hidden.rivals]).toEqual(["AB", ["B"]]);
  expect(titleOf(hidden.kept[0]!)).toBe("A: slow");
  for (const [chart, name] of [
    ["loss", "A: slow"],
    ["surface", "Run A: slow"],
  ] as const) {
    const whole = named.scenes[chart]!;
    const { series } = whole.legend.find((entry) => entry.name === name)!;
    const ofRun = (scene: Scene) => scene.marks.filter((mark) => "series" in mark && mark.series === series).length;
    expect([ofRun(whole) > 0, ofRun(withoutSeries(whole, new Set([name])))]).toEqual([true, 0]);
  }
});

test("a removed run can be put back, also when the letter is used by another run", () => {
  const session = sessionOf([0.1, 0.2]);
  const before = frameOf(session).kept;
  session.remove("A");
  const without = frameOf(session);
  expect([letters(without), without.removed]).toEqual(["B", before[0]]);
  go(session, 2);
  session.start(withRate(0.4), null); // the new run has the free letter
  expect(frameOf(session).letter).toBe("A");
  session.putBack();
  const after = frameOf(session);
  expect([letters(after), after.removed]).toEqual(["BCD", null]);
  expect({ ...after.kept[2], letter: "A" }).toEqual(before[0]);
});

test("of too many runs the oldest one that is not pinned is removed, and can be put back", () => {
  const session = sessionOf([0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.07]);
  session.label("A", { isPinned: true });
  session.label("G", { isPinned: true });
  expect(letters(frameOf(session))).toBe("AGBCDEF");
  go(session, 1);
  session.start(withRate(0.5), null);
  const full = frameOf(session);
  expect([letters(full), full.removed?.letter]).toEqual(["AGCDEFH", "B"]);
  session.putBack();
  const other = frameOf(session);
  expect([other.kept.length, other.removed?.letter]).toEqual([7, "C"]);
  expect(other.kept.map((run) => run.state.descent.learningRate)).toContain(0.02);
  expect(new Set([...letters(other), other.letter]).size).toBe(8);
});

test("the runs of a race begin again and do one update each, with the losses that they have alone", () => {
  const session = sessionOf([0.1, 0.2], 8);
  const alone = frameOf(session).kept;
  session.race(["A", "B"]);
  const start = frameOf(session);
  expect([start.update, ...start.kept.map(({ updates }) => updates)]).toEqual([0, 0, 0]);
  go(session, 8);
  const together = frameOf(session);
  expect(together.update).toBe(8);
  expect(together.kept).toEqual(alone);
  expect(together.letter).toBe("C");
  session.start(withRate(0.3), null); // ends the race
  go(session, 5);
  expect(frameOf(session).kept.map(({ updates }) => updates)).toEqual([8, 8, 8]);
});

test("a kept run has its last and its lowest held-out loss: they differ where it overfits", () => {
  const overfitting = stateWith(generated("moons", { n: 40, noise: 0.6 }), "network", {
    ...optimizer("adam"),
    learningRate: 0.1,
  });
  const session = makeSession();
  session.start(overfitting, null);
  const losses = [frameOf(session).heldOut!];
  for (let update = 0; update < 150; update++) {
    session.next();
    losses.push(frameOf(session).heldOut!);
  }
  const { lowestHeldOut } = frameOf(session);
  session.start(overfitting, null);
  const [kept] = frameOf(session).kept;
  expect([lowestHeldOut, kept!.lowestHeldOut, kept!.heldOut]).toEqual([
    Math.min(...losses),
    Math.min(...losses),
    losses.at(-1),
  ]);
  expect(kept!.lowestHeldOut! < 0.9 * kept!.heldOut!).toBe(true);
  expect(frameOf(session).lowestHeldOut).toBe(losses[0]);
});

test("a race goes on until all of its runs have ended", () => {
  const session = makeSession();
  session.start(withRate(0.1, 6), null);
  go(session, 6);
  session.start(withRate(0.2, 3), null);
  session.race(["A"]);
  go(session, 4);
  const between = frameOf(session);
  expect([between.update, between.ended, between.status, session.isOver]).toEqual([3, null, "paused", false]);
  go(session, 3);
  const end = frameOf(session);
  expect([end.ended, end.status, end.kept[0]!.updates, session.isOver]).toEqual(["epochs", "finished", 6, true]);
});

test("only runs with the same rows, model and start can race", () => {
  const session = sessionOf([0.1]);
  go(session, 1);
  session.start({ ...withRate(0.3), seeds: { ...state.seeds, data: state.seeds.data + 1 } }, null);
  expect(frameOf(session).rivals).toEqual([]);
});

test("a highlighted run makes the lines of the other kept runs faint, and its path the only one", () => {
  const session = sessionOf([0.1, 0.2]);
  const plain = frameOf(session);
  session.highlight("B");
  const highlighted = frameOf(session);
  expect(lines(highlighted)).toBe(lines(plain));
  expect(JSON.stringify(highlighted.scenes.loss)).not.toBe(JSON.stringify(plain.scenes.loss));
  expect(JSON.stringify(plain.scenes.surface)).toContain("Run A");
  expect(JSON.stringify(highlighted.scenes.surface)).not.toContain("Run A");
  session.highlight(null);
  expect(JSON.stringify(frameOf(session).scenes.loss)).toBe(JSON.stringify(plain.scenes.loss));
});

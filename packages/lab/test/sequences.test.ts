// Random sequences of what a user can do with a run: none ends with an error, and the numbers of the page belong together.

import fc from "fast-check";
import { expect, test } from "vitest";
import { canGoOn } from "../src/page/changes.ts";
import { noFocus, type PartName } from "../src/panels/modelPanel.ts";
import { initialChoice } from "../src/state/field.ts";
import type { LabState } from "../src/state/labState.ts";
import { optimizers } from "../src/state/trainingFields.ts";
import type { ChartSizes, Frame } from "../src/worker/protocol.ts";
import { makeSession, type Session } from "../src/worker/session.ts";
import { sweepOf } from "../src/worker/sweep.ts";
import { modelStates } from "./states.ts";

const size = { width: 420, height: 300 };
const sizes: ChartSizes = Object.fromEntries(
  ["model", "loss", "surface", "step", "metric", "errors", "roc", "parts"].map((name) => [name, size]),
);
const parts: PartName[] = ["line", "confusion", "strip", "weights", "margin", "ratings"];
const panel = { parts, focus: noFocus };
const frameOf = (session: Session, { view }: LabState): Frame => session.frame(sizes, view, false, null, panel);

const settings = fc.record({
  batchSize: fc.constantFrom("full", 40, 7, 1),
  learningRate: fc.constantFrom(0.001, 0.05, 50),
  order: fc.constantFrom("shuffled", "sequential"),
  optimizer: fc
    .constantFrom<(keyof typeof optimizers)[]>("plain", "momentum", "adam")
    .map((name) => initialChoice(optimizers, name)),
});

const action = fc.oneof(
  fc.record({ kind: fc.constant("go"), updates: fc.integer({ min: 1, max: 30 }) }),
  fc.record({
    kind: fc.constantFrom("set", "rewind", "branch"),
    settings,
    share: fc.double({ min: 0, max: 1, noNaN: true }),
  }),
  fc.record({ kind: fc.constant("look"), share: fc.double({ min: 0, max: 1, noNaN: true }) }),
  fc.record({ kind: fc.constantFrom("reset", "race", "remove", "putBack", "sweep", "log", "epochs") }),
);
type Action = Partial<Record<"updates" | "share", number>> & { readonly kind: string; readonly settings?: object };

/** Does what the page does for an action; returns the settings of the run and of the page. */
function act(
  session: Session,
  state: LabState,
  { kind, updates = 0, share = 0, settings: own = {} }: Action,
): LabState {
  const live = session.live!;
  const wanted = { ...state, descent: { ...state.descent, ...own } } as LabState;
  const update = live.snapshots.list[Math.floor(share * (live.snapshots.list.length - 1))]!.update;
  const next = canGoOn(state, wanted) ? wanted : state;
  const letter = frameOf(session, state).kept.at(-1)?.letter;
  if (kind === "go") for (let i = 0; i < updates; i++) session.next();
  if (kind === "look") session.look(update);
  if (kind === "reset") session.start(state, null);
  if (kind === "rewind") session.change(next, "back", update);
  if (kind === "branch" && update < live.now.update) session.change(next, "branch", update, true);
  if (kind === "race") session.race(letter === undefined ? [] : [letter]);
  if (kind === "remove" && letter !== undefined) session.remove(letter);
  if (kind === "putBack") session.putBack();
  if (kind === "sweep") for (const { spec } of sweepOf(live, 3)) session.showSweep(spec);
  if (kind === "set") {
    if (live.now.update > 0 && next === wanted && live.ended === null) session.change(wanted, "settings");
    else session.start(wanted, null);
    return wanted;
  }
  if (kind === "log") return { ...state, view: { ...state.view, lossScale: "log" } };
  if (kind === "epochs") return { ...state, view: { ...state.view, lossAxis: "epochs", smooth: true } };
  return kind === "rewind" || kind === "branch" ? next : state;
}

test("no sequence of actions ends with an error, and the loss is that of the parameters", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...Object.values(modelStates)),
      fc.array(action as fc.Arbitrary<Action>, { minLength: 1, maxLength: 12 }),
      (first, actions) => {
        const session = makeSession();
        session.start(first, null);
        let state = first;
        for (const each of actions) {
          state = act(session, state, each);
          const frame = frameOf(session, state);
          const live = session.live!;
          expect(live.snapshots.list.at(-1)!.update).toBeLessThanOrEqual(live.now.update);
          expect(frame.update).toBe(frame.looking ?? live.now.update);
          if (frame.status === "diverged") continue;
          const params = frame.looking === null ? live.now.params : live.snapshots.before(frame.looking).params;
          const loss = live.evaluator.at(params);
          expect(Math.abs(frame.loss - loss)).toBeLessThanOrEqual(1e-9 * Math.abs(loss));
        }
      },
    ),
    { numRuns: Number(process.env["SEQUENCES"] ?? 25) },
  );
});

// Before its first update, a run shows what its first updates will do: the forecast has the bits of the run.
import type { Scene } from "@downhill/plots";
import { describe, expect, test } from "vitest";
import type { LabState } from "../src/state/labState.ts";
import { makeSession, type Session } from "../src/worker/session.ts";
import { generated, modelStates, optimizer, stateWith } from "./states.ts";

const size = { width: 420, height: 300 };
const frameOf = (session: Session, { view }: LabState) =>
  session.frame({ loss: size, surface: size }, view, false, null);

function begun(state: LabState): Session {
  const session = makeSession();
  session.start(state, null);
  return session;
}

/** The parameters after each of the first updates. */
function walked(session: Session, updates: number): Float64Array[] {
  return Array.from({ length: updates }, () => {
    session.next();
    return session.live!.now.params;
  });
}

/** The values of a line of the loss chart. */
const lossesOf = (scene: Scene | null | undefined, line: string): unknown[] =>
  scene!.a11y.table.rows.filter(([name]) => name === line).map((row) => row[2]);

const states: Readonly<Record<string, LabState>> = {
  ...modelStates,
  "mini-batches": stateWith(generated("moons"), "logistic", { batchSize: 16 }),
  Adam: stateWith(generated("xor"), "network", { ...optimizer("adam"), learningRate: 0.05 }),
};

describe("the forecast", () => {
  test.each(Object.entries(states))("has the bits of the run's first 50 updates: %s", (_, state) => {
    const session = begun(state);
    const { ahead } = session.live!;
    expect(ahead).toHaveLength(50);
    expect(walked(session, 50)).toEqual(ahead);
  });

  test("is a line of losses and a path, until the first update", () => {
    const session = begun(modelStates.logistic);
    const { scenes } = frameOf(session, modelStates.logistic);
    const promised = lossesOf(scenes.loss, "forecast");
    expect(promised).toHaveLength(51);
    expect(scenes.surface!.a11y.caption).toMatch(/forecast goes from \(\S+, \S+\) to \(\S+, \S+\) in 51 points\./);
    walked(session, 50);
    const after = frameOf(session, modelStates.logistic).scenes;
    expect(lossesOf(after.loss, "Run A: training")).toEqual(promised);
    expect(lossesOf(after.loss, "forecast")).toEqual([]);
    expect(after.surface!.a11y.caption).not.toContain("forecast");
  });

  test("is in the units of the axis: 150 rows in batches of 16 are 10 updates of an epoch", () => {
    const state = states["mini-batches"]!;
    const over = { ...state, view: { ...state.view, lossAxis: "epochs" } } as LabState;
    const rows = frameOf(begun(over), over).scenes.loss!.a11y.table.rows.filter(([name]) => name === "forecast");
    expect(rows.map((row) => row[1])).toEqual(Array.from({ length: 51 }, (_, update) => update / 10));
  });

  test("follows the settings that change before the first update, and ends when they change later", () => {
    const session = begun(modelStates.network);
    const first = session.live!.ahead;
    const faster = { ...modelStates.network, descent: { ...modelStates.network.descent, learningRate: 1 } };
    const before = frameOf(session, modelStates.network).scenes.surface!.axes;
    session.change(faster, "learning rate 1");
    const second = session.live!.ahead;
    expect(second[0]).not.toEqual(first[0]);
    expect(frameOf(session, faster).scenes.surface!.axes).not.toEqual(before); // the map contains the new path
    expect(walked(session, 5)).toEqual(second.slice(0, 5));
    session.change(modelStates.network, "learning rate 0.1");
    expect(session.live!.ahead).toEqual([]);
  });

  test.each(["linear", "network", "factorization"] as const)(
    "of a run that diverges has a loss chart and a map: %s",
    (name) => {
      for (const learningRate of [50, 1e6]) {
        const state = { ...modelStates[name], descent: { ...modelStates[name].descent, learningRate } };
        const session = begun(state);
        const { scenes } = frameOf(session, state);
        expect(scenes.loss!.a11y.caption).toContain("forecast");
        for (const { domain } of scenes.surface!.axes)
          expect(domain.every(Number.isFinite) && domain[0] < domain[1], `${name} ${learningRate} ${domain}`).toBe(
            true,
          );
      }
    },
  );
});

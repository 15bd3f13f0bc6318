// The runs that are kept beside the present one.

import type { RunFacts as MissionFacts } from "../missions/runFacts.ts";
import type { RunLosses } from "../scenes/lossScene.ts";
import type { LabState } from "../state/labState.ts";
import type { LiveRun } from "../training/liveRun.ts";
import type { ShownRun } from "../training/shownRun.ts";
import { missionFacts } from "./missionFacts.ts";
import type { KeptRun } from "./protocol.ts";
import { lossesOf } from "./shown.ts";

/** A kept run with its losses and its path. */
export interface Kept extends KeptRun {
  readonly losses: RunLosses;
  readonly path: readonly Float64Array[];
  readonly problemKey: string;
  readonly missionFacts: MissionFacts;
}

/** The kept runs. */
export interface Shelf {
  readonly runs: readonly Kept[];
  /** A letter that no kept run has. */
  freeLetter(): string;
  /** Keeps a run that has done an update; a kept run with the same settings is replaced. */
  keep(run: ShownRun & { readonly letter: string }, point: readonly [number, number] | null): void;
  forget(letter: string): void;
  /** The kept runs that minimise over the same parameters, so that their losses and paths can be compared. */
  comparable(state: LabState): readonly Kept[];
}

const LETTERS = [..."ABCDEFGH"];

/** Makes a shelf without runs. */
export function makeShelf(): Shelf {
  let runs: Kept[] = [];
  return {
    get runs() {
      return runs;
    },
    freeLetter() {
      const used = runs.map(({ letter }) => letter);
      return LETTERS.find((letter) => !used.includes(letter)) ?? LETTERS.at(-1)!;
    },
    keep(run, point) {
      const { state, live, letter } = run;
      if (live.now.update === 0) return;
      const settings = settingsKey(state);
      runs = runs.filter((each) => settingsKey(each.state) !== settings);
      if (runs.length === LETTERS.length - 1) runs.shift();
      runs.push({
        ...{ letter, state },
        updates: live.now.update,
        loss: lossNow(live),
        heldOut: live.heldOut.points().losses.at(-1) ?? null,
        verdict: live.verdict,
        ended: live.ended,
        losses: lossesOf(letter, live),
        path: live.snapshots.list.map(({ params }) => params),
        problemKey: problemKey(state),
        missionFacts: missionFacts(run, point),
      });
    },
    forget(letter) {
      runs = runs.filter((run) => run.letter !== letter);
    },
    comparable: (state) => runs.filter((run) => run.problemKey === problemKey(state)),
  };
}

/** The objective over all training rows now. */
export const lossNow = ({ now, evaluator }: LiveRun): number => now.objective ?? evaluator.at(now.params);

const settingsKey = ({ view: _, ...settings }: LabState): string => JSON.stringify(settings);

/** Runs with equal keys minimise over the same parameters. */
const problemKey = ({ data, model, heldOut, seeds }: LabState): string =>
  JSON.stringify([data, model, heldOut, seeds.data, seeds.run]);

/** Whether two states have the same penalties. */
export const hasSamePenalty = ({ descent: a }: LabState, { descent: b }: LabState): boolean =>
  a.l2 === b.l2 && a.l1 === b.l1;

// The runs that are kept beside the present one. In a race, they go on with it.

import type { RunFacts as MissionFacts } from "../missions/runFacts.ts";
import type { RunLosses } from "../scenes/lossScene.ts";
import type { LabState } from "../state/labState.ts";
import { runLetters } from "../state/runLetters.ts";
import type { LiveRun } from "../training/liveRun.ts";
import type { ShownRun } from "../training/shownRun.ts";
import { missionFacts } from "./missionFacts.ts";
import type { KeptRun, RunLabels } from "./protocol.ts";
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
  /** The runs, pinned ones first. */
  readonly runs: readonly Kept[];
  /** The run that was removed last, by the user or because there were too many; null if it was put back. */
  readonly removed: Kept | null;
  /** A letter that no kept run has: the wanted one if it is free. */
  freeLetter(wanted?: string): string;
  /** Keeps a run that has done an update; a kept run with the same settings is replaced. */
  keep(run: ShownRun & { readonly letter: string }, point: readonly [number, number] | null): void;
  /** Takes a run off that is the present one again. */
  take(letter: string): void;
  /** Names, pins or hides a run. */
  label(letter: string, change: Partial<RunLabels>): void;
  remove(letter: string): void;
  /** Puts the removed run back. @param present  the letter of the present run */
  putBack(present: string): void;
  /** The kept runs that minimise over the same parameters, so that their losses and paths can be compared. The page leaves out the hidden ones. */
  comparable(state: LabState): readonly Kept[];
  /** Begins kept runs again, at their start. */
  race(runs: readonly (ShownRun & { readonly letter: string })[]): void;
  /** Does one update of each run of a race. Returns false if all have ended. */
  next(): boolean;
  /** Whether all runs of a race have ended. */
  readonly hasEnded: boolean;
  /** Ends a race: its runs stay as they are. */
  endRace(): void;
}

const MOST_RUNS = runLetters.length - 1; // with the present run, each has a letter

/** Makes a shelf without runs. */
export function makeShelf(): Shelf {
  let runs: Kept[] = [];
  let removed: Kept | null = null;
  const racing = new Map<string, { readonly run: ShownRun; result: ReturnType<typeof resultOf> | null }>();

  /** Removes a run if there is no letter for another one. */
  function makeSpace(): void {
    if (runs.length === MOST_RUNS) remove((runs.find(({ isPinned }) => !isPinned) ?? runs[0]!).letter);
  }

  function remove(letter: string): void {
    removed = now().find((run) => run.letter === letter) ?? removed;
    runs = runs.filter((run) => run.letter !== letter);
    racing.delete(letter);
  }

  const now = (): Kept[] =>
    runs.map((run) => {
      const race = racing.get(run.letter);
      if (race === undefined) return run;
      race.result ??= resultOf(race.run);
      return { ...run, ...race.result };
    });

  return {
    get runs() {
      return now().sort((a, b) => Number(b.isPinned) - Number(a.isPinned));
    },
    get removed() {
      return removed;
    },
    freeLetter(wanted = runLetters[0]!) {
      const used = runs.map(({ letter }) => letter);
      return [wanted, ...runLetters].find((letter) => !used.includes(letter)) ?? runLetters.at(-1)!;
    },
    keep(run, point) {
      const { state, live, letter } = run;
      if (live.now.update === 0) return;
      const settings = settingsKey(state);
      const same = runs.find((each) => settingsKey(each.state) === settings);
      runs = runs.filter((each) => each !== same);
      const { name, isPinned, isHidden } = same ?? { name: "", isPinned: false, isHidden: false };
      makeSpace();
      runs.push({
        ...{ letter, state, name, isPinned, isHidden, ...resultOf(run) },
        problemKey: problemKey(state),
        missionFacts: missionFacts(run, point),
      });
    },
    label(letter, change) {
      runs = runs.map((run) => (run.letter === letter ? { ...run, ...change } : run));
    },
    remove,
    take(letter) {
      runs = runs.filter((run) => run.letter !== letter);
    },
    putBack(present) {
      if (removed === null) return;
      const run = removed;
      removed = null;
      makeSpace();
      const free = runLetters.filter((each) => each !== present && !runs.some(({ letter }) => letter === each));
      const letter = free.includes(run.letter) ? run.letter : free[0]!;
      runs.push({ ...run, letter });
    },
    comparable: (state) => now().filter((run) => run.problemKey === problemKey(state)),
    race(racers) {
      racing.clear();
      for (const { letter, ...run } of racers) racing.set(letter, { run, result: null });
    },
    next() {
      let goesOn = false;
      for (const race of racing.values()) {
        race.result = null;
        goesOn = race.run.live.next() || goesOn;
      }
      return goesOn;
    },
    get hasEnded() {
      return [...racing.values()].every(({ run }) => run.live.ended !== null);
    },
    endRace() {
      runs = now();
      racing.clear();
    },
  };
}

/** What a kept run has reached. */
function resultOf({ live }: ShownRun) {
  return {
    updates: live.now.update,
    ...lossesNow(live),
    lowestHeldOut: live.heldOut.lowest()?.loss ?? null,
    verdict: live.verdict,
    ended: live.ended,
    losses: lossesOf(live),
    path: live.snapshots.list.map(({ params }) => params),
  };
}

/** The objective over all training rows now. */
export const lossNow = ({ now, evaluator }: LiveRun): number => now.objective ?? evaluator.at(now.params);

/** The losses of a run now; null without held-out rows. */
export const lossesNow = (live: LiveRun): Pick<KeptRun, "loss" | "heldOut"> => ({
  loss: lossNow(live),
  heldOut: live.heldOut.points().losses.at(-1) ?? null,
});

const settingsKey = ({ view: _, ...settings }: LabState): string => JSON.stringify(settings);

/** Runs with equal keys minimise over the same parameters. */
const problemKey = ({ data, model, heldOut, seeds }: LabState): string =>
  JSON.stringify([data, model, heldOut, seeds.data, seeds.run]);

/** Whether two states have the same penalties. */
export const hasSamePenalty = ({ descent: a }: LabState, { descent: b }: LabState): boolean =>
  a.l2 === b.l2 && a.l1 === b.l1;

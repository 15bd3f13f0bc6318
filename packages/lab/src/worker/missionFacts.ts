// The facts about a run that decide whether a mission is done.

import type { FittedClassifier } from "downhill";
import { missions } from "../missions/missions.ts";
import type { RunFacts } from "../missions/runFacts.ts";
import type { LabRun } from "../state/labRun.ts";
import type { LabState } from "../state/labState.ts";
import type { FittedAt } from "../training/fittedAt.ts";
import type { LiveRun } from "../training/liveRun.ts";

/** A run with the parts that its facts are computed from. */
interface MissionRun {
  readonly state: LabState;
  readonly lab: LabRun;
  readonly live: LiveRun;
  readonly fitted: FittedAt;
}

/** The facts about a run as it is now. @param point  the point that the user has chosen in the picture of the model */
export function missionFacts({ state, lab, live, fitted }: MissionRun, point: readonly number[] | null): RunFacts {
  const { now, history, ended } = live;
  const isClasses = lab.holds === "classes";
  const classifier = () => fitted.model(now.params) as FittedClassifier;
  const right = (): number => {
    if (lab.holds === "ratings") return Number.NaN;
    const { X, y } = lab.train;
    const labels = classifier().predict(X);
    return labels.filter((label, i) => label === y[i]).length / labels.length;
  };
  const hasProbabilities = isClasses && state.model.name !== "svm" && lab.features.length === 2;
  return {
    state,
    updates: now.update,
    losses: history.objective ?? [],
    heldOutLosses: Array.from(live.heldOut.points().losses).slice(1), // without that of the start
    accuracy: isClasses ? right() : null,
    diverged: ended === "diverged",
    params: now.params,
    pointed: point && hasProbabilities ? Array.from(classifier().probabilities([[...point]]).data) : null,
  };
}

/** Whether the mission of a name is done by these runs, the present one last. */
export const isMissionDone = (id: string, runs: readonly RunFacts[]): boolean =>
  missions.find((mission) => mission.id === id)?.isDone(runs) ?? false;

// The run of a session: how it begins, and how it goes on with other settings.

import type { TableData } from "downhill";
import { type LabRun, labRun } from "../state/labRun.ts";
import type { LabState } from "../state/labState.ts";
import { type FittedAt, fittedAt } from "../training/fittedAt.ts";
import { startRun } from "../training/liveRun.ts";
import { parameterNames } from "../training/parameterNames.ts";
import type { Training } from "../training/phase.ts";
import type { NamedRun } from "./chartPlans.ts";
import { landscape } from "./landscape.ts";
import { hasSamePenalty } from "./shelf.ts";

/** A run with its data. */
export interface CurrentRun extends NamedRun {
  readonly table: TableData;
  readonly names: () => readonly string[];
}

/** A run at its start. */
export function begunRun(state: LabState, table: TableData): Omit<CurrentRun, "letter"> {
  const { lab, fitted, training } = trainingOf(state, table);
  const live = startRun(training);
  const names = (): readonly string[] =>
    parameterNames(state, lab, fitted.model(live.evaluator.start), live.problem.size);
  return { state, table, lab, live, fitted, names, landscape: landscape(live, names) };
}

/** The run with other settings; it goes on from its present update, or from a snapshot. */
export function changedRun(before: CurrentRun, state: LabState, text: string, from?: number): CurrentRun {
  const { table, live, names } = before;
  const { lab, fitted, training } = trainingOf(state, table);
  if (from === undefined) live.change(training, text);
  else live.rewind(from, training, text);
  const own = hasSamePenalty(before.state, state) ? before.landscape : landscape(live, names);
  return { ...before, state, lab, fitted, landscape: own };
}

function trainingOf(state: LabState, table: TableData): { lab: LabRun; fitted: FittedAt; training: Training } {
  const lab = labRun(state, table);
  const fitted = fittedAt(state, table, lab);
  const { heldOutLoss } = fitted;
  const prepare: Training["prepare"] = (resume) => lab.prepare({ every: 1, ...(resume && { resume }) });
  return { lab, fitted, training: { prepare, ...(heldOutLoss && { heldOutLoss }) } };
}

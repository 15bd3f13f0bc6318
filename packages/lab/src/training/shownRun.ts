// The run whose charts and panels are made.

import type { LabRun } from "../state/labRun.ts";
import type { LabState } from "../state/labState.ts";
import type { FittedAt } from "./fittedAt.ts";
import type { LiveRun } from "./liveRun.ts";

/** A run with its settings and its data. */
export interface ShownRun {
  readonly state: LabState;
  readonly lab: LabRun;
  readonly live: LiveRun;
  readonly fitted: FittedAt;
}

// The facts about a new run, which the page shows.

import type { LabRun } from "../state/labRun.ts";
import type { LiveRun } from "../training/liveRun.ts";
import type { RunFacts } from "./protocol.ts";

const MOST_NAMES = 400;

/** The facts about a run. @param names  the names of its parameters */
export function runFacts(lab: LabRun, live: LiveRun, names: readonly string[]): RunFacts {
  const { forecast, options, optimizer, problem } = live;
  const { remaining, gradient, change, validation } = options.stop ?? {};
  const { zones, band, limit, best, epochs, bestEpochs, sentences } = forecast;
  return {
    rows: problem.examples,
    heldOutRows: lab.heldOut === null ? 0 : lab.holds === "ratings" ? lab.heldOut.users.length : lab.heldOut.X.rows,
    features: lab.holds === "ratings" ? [] : lab.features,
    parameters: problem.size,
    parameterNames: names.slice(0, MOST_NAMES),
    updatesPerEpoch: live.epochs.updatesPerEpoch,
    epochs: options.epochs ?? 1,
    stop: { remaining, gradient, change: change?.patience, validation: validation?.patience },
    optimizer: optimizer.name ?? "custom",
    rate: { zones, band, limit, best, epochs, bestEpochs, sentences },
    notes: lab.notes.map(({ text }) => text),
  };
}

// Entrants that several workloads share.
import type { Entrant } from "./workload.ts";

/** Downhill at a task of tasks/. */
export const downhill = (task: string, name = "Downhill"): Entrant => ({
  name,
  family: "Downhill",
  program: { node: task },
  tolerance: 0,
});

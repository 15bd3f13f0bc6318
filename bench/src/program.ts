// Entrants that several workloads share.
import type { Entrant } from "./workload.ts";

/** Downhill at a task of programs/. */
export const downhill = (task: string, more: Partial<Entrant> = {}): Entrant => ({
  name: "Downhill",
  family: "Downhill",
  program: { node: task },
  tolerance: 0,
  ...more,
});

/** The same on two threads. */
export const onTwo = (entrant: Entrant): Entrant => ({ ...entrant, name: `${entrant.name}, 2 threads`, threads: 2 });

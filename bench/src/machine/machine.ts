import { cpus, totalmem } from "node:os";

/** The machine of the measurements. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryBytes: number;
  readonly node: string;
  /** Day of the measurements, in UTC: "2026-11-26". */
  readonly date: string;
}

export function describeMachine(): Machine {
  const all = cpus();
  return {
    cpu: all[0]?.model.trim() ?? "unknown",
    cores: all.length,
    memoryBytes: totalmem(),
    node: process.versions.node,
    date: new Date().toISOString().slice(0, 10),
  };
}

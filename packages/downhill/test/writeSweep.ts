import * as layout from "../src/kernels/sweepLayout.ts";

const index = { ...layout };

/** Overwrites some fields of a sweep's descriptor. */
export function writeSweep(sweep: Float64Array, fields: Partial<Record<keyof typeof index, number>>): void {
  for (const [name, value] of Object.entries(fields)) sweep[index[name as keyof typeof index]] = value;
}

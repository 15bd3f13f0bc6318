import { parseArgs } from "node:util";
import type { Size } from "./workload.ts";

export interface Options {
  /** The ids of the workloads to run; all workloads when absent. */
  readonly only?: readonly string[];
  readonly size: Size;
  readonly json: boolean;
  /** Whether the run writes bench/results.json and docs/performance.md. */
  readonly write: boolean;
}

const options = {
  only: { type: "string", multiple: true },
  quick: { type: "boolean" },
  json: { type: "boolean" },
  write: { type: "boolean" },
} as const;

/**
 * Reads the command line: [--only W4,W5] [--quick] [--json] [--write]. `--only` may be repeated.
 *
 * @throws TypeError for an unknown option, RangeError for an unknown workload or for `--write` with `--quick`
 */
export function readOptions(args: readonly string[], known: readonly string[]): Options {
  const { only, quick = false, json = false, write = false } = parseArgs({ args: [...args], options }).values;
  const ids = only?.flatMap((list) => list.split(","));
  const unknown = ids?.find((id) => !known.includes(id));
  if (unknown !== undefined) {
    throw new RangeError(
      `bench: --only must name workloads, got "${unknown}". Choose from ${known.join(", ")}, separated by commas.`,
    );
  }
  if (write && quick) {
    throw new RangeError(
      "bench: --write cannot be used with --quick, because the times of a quick run mean nothing. Remove one of them.",
    );
  }
  return { size: quick ? "quick" : "full", json, write, ...(ids ? { only: ids } : {}) };
}

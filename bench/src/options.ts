import { parseArgs } from "node:util";
import type { Size } from "./workload.ts";

export interface Options {
  /** Ids of workloads, or undefined for all. */
  readonly only?: readonly string[];
  readonly size: Size;
  readonly json: boolean;
  /** Write docs/performance.md, and bench/results.json, which it is made of. */
  readonly write: boolean;
}

const options = {
  only: { type: "string", multiple: true },
  quick: { type: "boolean" },
  json: { type: "boolean" },
  write: { type: "boolean" },
} as const;

/**
 * Reads the command line: [--only W4,W5] [--quick] [--json] [--write]. `--only` can be given more than once.
 *
 * @throws TypeError for an unknown option, RangeError for an unknown workload or for `--write` with `--quick`
 */
export function readOptions(args: readonly string[], known: readonly string[]): Options {
  const { only, quick = false, json = false, write = false } = parseArgs({ args: [...args], options }).values;
  const ids = only?.flatMap((list) => list.split(","));
  const unknown = ids?.find((id) => !known.includes(id));
  if (unknown !== undefined) {
    throw new RangeError(
      `bench: --only names workloads (${known.join(", ")}), got "${unknown}". Choose among these, with commas between.`,
    );
  }
  if (write && quick) {
    throw new RangeError("bench: --write publishes the figures, and --quick makes none that mean anything. Drop one.");
  }
  return { size: quick ? "quick" : "full", json, write, ...(ids ? { only: ids } : {}) };
}

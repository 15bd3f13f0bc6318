import type { Size } from "./workload.ts";

export interface Options {
  /** Ids of workloads, or undefined for all. */
  readonly only?: readonly string[];
  readonly size: Size;
  readonly json: boolean;
  /** Write docs/performance.md. */
  readonly write: boolean;
}

/**
 * Reads the command line: [--only W4,W5] [--quick] [--json] [--write].
 *
 * @throws RangeError for an option or a workload that there is none of
 */
export function readOptions(args: readonly string[], known: readonly string[]): Options {
  let only: readonly string[] | undefined;
  let [size, json, write]: [Size, boolean, boolean] = ["full", false, false];
  for (let i = 0; i < args.length; i++) {
    const [name, value] = args[i]!.split("=", 2);
    if (name === "--quick") size = "quick";
    else if (name === "--json") json = true;
    else if (name === "--write") write = true;
    else if (name === "--only") only = idsOf(value ?? args[++i] ?? "", known);
    else {
      throw new RangeError(
        `bench: options must be among --only, --quick, --json and --write, got ${args[i]}. Correct it.`,
      );
    }
  }
  if (write && (size === "quick" || only)) {
    throw new RangeError("bench: --write must stand without --quick and --only, got both. Measure everything.");
  }
  return { size, json, write, ...(only ? { only } : {}) };
}

function idsOf(list: string, known: readonly string[]): readonly string[] {
  const ids = list.split(",");
  const stranger = ids.find((id) => !known.includes(id));
  if (stranger === undefined) return ids;
  throw new RangeError(`bench: --only must name workloads (${known.join(", ")}), got "${stranger}". Correct it.`);
}

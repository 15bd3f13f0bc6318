// The published results: bench/results.json contains them, and docs/performance.md is made from it.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { inRepository } from "../inRepository.ts";
import type { Machine } from "../machine/machine.ts";
import { workloads } from "../workloads.ts";
import type { LargeRun } from "./largeRows.ts";
import { performancePage, type Report } from "./performancePage.ts";

const results = inRepository("bench/results.json");
const page = inRepository("docs/performance.md");

/** The published runs of `npm run large`. */
export const readLargeRuns = (): LargeRun[] =>
  JSON.parse(readFileSync(inRepository("bench/largeTable.json"), "utf8")) as LargeRun[];

/** Writes both files. */
export function publish(report: Report): void {
  writeFileSync(results, `${JSON.stringify(report, null, 1)}\n`);
  writeFileSync(page, performancePage(report, readLargeRuns()));
}

/**
 * Reads the published report. The caller replaces parts of it by new measurements of this machine.
 *
 * @throws RangeError when nothing is published yet, or when the published report is from another machine
 */
export function readPublished(machine: Machine): Report {
  if (!existsSync(results)) {
    throw new RangeError(
      "bench: --write with --only replaces a part of bench/results.json, but this file does not exist. " +
        "Measure everything first: remove --only.",
    );
  }
  const published = JSON.parse(readFileSync(results, "utf8")) as Report;
  const [theirs, ours] = [published.machine, machine].map(({ cpu, cores, node }) => `${cores} × ${cpu}, Node ${node}`);
  if (theirs === ours) return published;
  throw new RangeError(
    `bench: --write with --only needs the machine of bench/results.json (${theirs}), but this machine is ${ours}. ` +
      "Measure everything: remove --only.",
  );
}

/** The published report, in which new measurements replace the old ones. */
export function withNewCases(published: Report, report: Report): Report {
  const cases = workloads.flatMap(({ id }) => {
    const [fresh, old] = [report, published].map(({ cases }) => cases.filter(({ workload }) => workload === id));
    return fresh!.length > 0 ? fresh! : old!;
  });
  const startup = report.startup ?? published.startup;
  const lab = report.lab ?? published.lab ?? null;
  const ranks = report.ranks ?? published.ranks ?? null;
  return { ...report, startup, lab, scaling: report.scaling ?? published.scaling, ranks, cases };
}

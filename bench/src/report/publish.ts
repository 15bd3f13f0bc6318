// The published figures: bench/results.json holds them, and docs/performance.md is made of it.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { inRepository } from "../inRepository.ts";
import type { Machine } from "../machine/machine.ts";
import { workloads } from "../workloads.ts";
import { markdown, type Report } from "./performancePage.ts";

const results = inRepository("bench/results.json");
const page = inRepository("docs/performance.md");

/** Writes both files. */
export function publish(report: Report): void {
  writeFileSync(results, `${JSON.stringify(report, null, 1)}\n`);
  writeFileSync(page, markdown(report));
}

/**
 * The published figures, of which some are to be replaced by figures of this machine.
 *
 * @throws RangeError when nothing is published yet, or what is was measured on another machine
 */
export function readPublished(machine: Machine): Report {
  if (!existsSync(results)) {
    throw new RangeError("bench: --write with --only needs bench/results.json, got none. Leave --only out once.");
  }
  const old = JSON.parse(readFileSync(results, "utf8")) as Report;
  const [before, now] = [old.machine, machine].map(({ cpu, cores, node }) => `${cores} × ${cpu}, Node ${node}`);
  if (before === now) return old;
  throw new RangeError(
    `bench: --write with --only needs published figures of the same machine, got ${before} in bench/results.json and ` +
      `${now} here. Measure everything: leave --only out.`,
  );
}

/** A report whose newly measured parts take the place of the old ones. */
export function joined(old: Report, report: Report): Report {
  const measured = workloads.flatMap(({ id }) => {
    const [own, before] = [report, old].map((of) => of.measured.filter(({ workload }) => workload === id));
    return own!.length > 0 ? own! : before!;
  });
  return { ...report, start: report.start ?? old.start, scaling: report.scaling ?? old.scaling, measured };
}

// The first table of docs/performance.md: Downhill and its fastest peers on one thread.
import { isJavaScript } from "../program.ts";
import type { CaseResult, ProgramResult } from "../run/caseResult.ts";
import { fastest, ratioOf } from "../run/checkTargets.ts";
import { workloads } from "../workloads.ts";
import { formatTime, threeDigits } from "./format.ts";

export const summaryColumns = ["id", "workload", "Downhill", "fastest JavaScript peer", "fastest native peer"] as const;

/** One row per case; a workload whose cases are added up has one row, for the sum. */
export const summaryRows = (cases: readonly CaseResult[]): string[][] =>
  workloads.flatMap(({ id, title, sum }) =>
    cases
      .filter(({ workload, name }) => workload === id && (sum === undefined || name === sum.name))
      .map((result) => {
        const { name, unit, programs } = result;
        const single = programs.filter(({ threads }) => threads === 1);
        const ours = single.find(({ product }) => product === "Downhill");
        const peers = single.filter(({ product }) => product !== "Downhill");
        return [
          `[${id}](#${id.toLowerCase()})`,
          `${title}${name ? `, ${name}` : ""}: ${unit}`,
          ours ? formatTime(ours.seconds.median) : "did not run",
          peerCell(fastest(peers.filter(({ product }) => isJavaScript(product))), ours),
          peerCell(fastest(peers.filter(({ product }) => !isJavaScript(product))), ours),
        ];
      }),
  );

function peerCell(peer: ProgramResult | undefined, ours: ProgramResult | undefined): string {
  if (peer === undefined || ours === undefined) return "none";
  return `${peer.name}: ${formatTime(peer.seconds.median)}, **${threeDigits(ratioOf(peer.seconds, ours.seconds).median)} ×**`;
}

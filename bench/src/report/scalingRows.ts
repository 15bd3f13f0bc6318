// Scaling as rows of a table, for the terminal and for docs/performance.md.
import type { CaseResult } from "../run/caseResult.ts";
import { type Growth, memoryLimit, type Scaling, scalingLimits } from "../scaling/scaling.ts";
import { formatBytes, formatCount, formatPercent, threeDigits } from "./format.ts";
import { formatPercentRange, formatRange, statusText } from "./targetRows.ts";

export const scalingColumns = ["", "measured", "target", "status"] as const;

/** The exponents of the cost, the speed-up by a second thread, and the memory of a fit. */
export const scalingRows = ({ growth, memory }: Scaling, cases: readonly CaseResult[]): string[][] => [
  ...growth.map(growthRow),
  ...cases.flatMap(threadRows),
  [
    `memory of a fit beyond the ${formatBytes(memory.dataBytes)} of the caller's arrays`,
    formatBytes(memory.extraBytes),
    `at most ${formatBytes(memoryLimit(memory))}`,
    memory.extraBytes <= memoryLimit(memory) ? "met" : "missed",
  ],
];

const sizeRange = (points: Growth["points"]): string =>
  `${formatCount(points[0]!.size)} to ${formatCount(points.at(-1)!.size)}`;

function growthRow({ dimension, points, exponent, beyondCache }: Growth): string[] {
  const { exponent: allowed } = scalingLimits;
  const subject = `exponent of the cost against the number of ${dimension}`;
  const all = `${threeDigits(exponent)} for ${sizeRange(points)} ${dimension}`;
  const target = `1 ± ${allowed}`;
  if (beyondCache === undefined)
    return [subject, all, target, "not checked: fewer than three sizes exceed twice the cache"];
  const beyond = `${threeDigits(beyondCache.exponent)} for ${sizeRange(beyondCache.points)} (data larger than twice the cache)`;
  const measured = beyondCache.points.length === points.length ? all : `${beyond}; ${all}`;
  return [subject, measured, target, Math.abs(beyondCache.exponent - 1) <= allowed ? "met" : "missed"];
}

/** Two threads against one, for the workloads with such a target. */
const threadRows = ({ workload, targets }: CaseResult): string[][] =>
  targets.flatMap(({ threads, against, atLeast, orOfLowerBound, ratio, ofLowerBound, status }) => {
    if (threads !== 2 || !against.includes("Downhill") || ratio === undefined) return [];
    const measured =
      ofLowerBound === undefined ? "" : `, ${formatPercentRange(ofLowerBound)} of the lower bound's speed`;
    const instead =
      orOfLowerBound === undefined ? "" : ` or ${formatPercent(orOfLowerBound)} of the lower bound's speed`;
    return [
      [
        `speed-up from one thread to two, ${workload}`,
        `${formatRange(ratio)}${measured}`,
        `${atLeast} ×${instead}`,
        statusText(status!),
      ],
    ];
  });

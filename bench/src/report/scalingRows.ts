// Scaling as rows of text, the same for the terminal and for docs/performance.md.
import type { Measured } from "../run/caseResult.ts";
import { type Growth, memoryLimit, type Scaling, scalingLimits } from "../scaling/scaling.ts";
import { sayRange, sayShareRange, standingWords } from "./caseRows.ts";
import { digits, sayBytes, sayShare } from "./format.ts";

export const scalingColumns = ["", "measured", "wanted", ""] as const;

/** The exponents, the threads of those workloads that were measured, and the memory. */
export const scalingRows = ({ growth, memory }: Scaling, measured: readonly Measured[]): string[][] => [
  ...growth.map(growthRow),
  ...measured.flatMap(threadRows),
  [
    `memory of a fit beyond the caller's arrays of ${sayBytes(memory.dataBytes)}`,
    sayBytes(memory.beyondBytes),
    `at most ${sayBytes(memoryLimit(memory))}`,
    met(memory.beyondBytes <= memoryLimit(memory)),
  ],
];

const met = (yes: boolean): string => (yes ? "met" : "missed");

const range = (points: Growth["points"]): string => `${points[0]!.size} to ${points.at(-1)!.size}`;

function growthRow({ growing, points, exponent, beyondCache }: Growth): string[] {
  const { exponent: allowed } = scalingLimits;
  const all = `${digits(exponent)} over ${range(points)}`;
  const wanted = `1 ± ${allowed}`;
  if (beyondCache === undefined)
    return [`exponent of the cost against ${growing}`, all, wanted, "all within the cache"];
  const within = Math.abs(beyondCache.exponent - 1) <= allowed;
  const measured =
    beyondCache.points.length === points.length
      ? all
      : `${digits(beyondCache.exponent)} over ${range(beyondCache.points)}, beyond the last cache; ${all}`;
  return [`exponent of the cost against ${growing}`, measured, wanted, met(within)];
}

/** Two threads against one, where a workload asks for it. */
const threadRows = ({ workload, targets }: Measured): string[][] =>
  targets.flatMap(({ against, atLeast, orOfFloor, ratio, share, standing }) => {
    if (!against.includes("Downhill") || ratio === undefined) return [];
    const floor = share === undefined ? "" : `, ${sayShareRange(share)} of the floor`;
    const instead = orOfFloor === undefined ? "" : ` or ${sayShare(orOfFloor)} of the floor`;
    return [
      [
        `two threads against one, ${workload}`,
        `${sayRange(ratio)} ×${floor}`,
        `${atLeast} ×${instead}`,
        standingWords(standing!),
      ],
    ];
  });

// Compares measured times with the targets. A target is undecided when it is within the spread of the runs.
import type { TopSpeeds } from "../machine/topSpeeds.ts";
import type { Case, LowerBound, Target } from "../workload.ts";
import type { CaseResult, LowerBoundTime, ProgramResult, Ratio, Status, TargetResult } from "./caseResult.ts";
import type { Spread } from "./spread.ts";

/** A program has reached the optimum when its loss is above the optimum by at most this part of the optimum. */
export const NEAR_OPTIMUM = 1e-6;

export const reachedOptimum = ({ aboveOptimum }: ProgramResult): boolean =>
  aboveOptimum === undefined || aboveOptimum <= NEAR_OPTIMUM;

/**
 * The lower bound in seconds and the checked targets. A target compares two programs: the first one of Downhill that
 * has `threads` threads, and the fastest peer that has at most `peerThreads` threads and has reached the optimum.
 */
export function checkTargets(
  { lowerBound, targets }: Pick<Case, "lowerBound" | "targets">,
  programs: readonly ProgramResult[],
  speeds: TopSpeeds,
): Pick<CaseResult, "lowerBound" | "targets"> {
  const oursOn = (threads: number) =>
    programs.find((program) => program.product === "Downhill" && program.threads === threads);
  const boundRatio = (ours: ProgramResult | undefined, threads: number): Ratio | undefined =>
    lowerBound && ours && ratioOf(exactly(lowerBoundTime(lowerBound, speeds, threads).seconds), ours.seconds);
  const check = (target: Target): TargetResult => {
    const { against, atLeast, threads = 1, peerThreads = threads, memoryAtMost, orOfLowerBound } = target;
    const ours = oursOn(threads);
    const peer = fastest(
      programs.filter(
        (program) => program !== ours && against.includes(program.product) && program.threads <= peerThreads,
      ),
    );
    const names = { ...(ours && { ours: ours.name }), ...(peer && { peer: peer.name }) };
    if (ours === undefined || peer === undefined) return { ...target, ...names };
    if (!reachedOptimum(ours)) return { ...target, ...names, status: "missed" };
    const ratio = ratioOf(peer.seconds, ours.seconds);
    const memory = ours.peakBytes === undefined ? undefined : ours.peakBytes / (peer.peakBytes ?? Number.NaN);
    const lightEnough = memoryAtMost === undefined || (memory !== undefined && memory <= memoryAtMost);
    const ofLowerBound = orOfLowerBound === undefined ? undefined : boundRatio(ours, threads);
    const fastEnough = better(
      statusOf(ratio, atLeast),
      ofLowerBound && orOfLowerBound !== undefined ? statusOf(ofLowerBound, orOfLowerBound) : "missed",
    );
    return {
      ...target,
      ...names,
      ratio,
      ...(ofLowerBound && { ofLowerBound }),
      ...(memoryAtMost === undefined || memory === undefined ? {} : { memory }),
      status: lightEnough ? fastEnough : "missed",
    };
  };
  if (lowerBound === undefined) return { targets: targets.map(check) };
  const { atLeast, stretch } = lowerBound;
  const reached = boundRatio(oursOn(1), 1);
  return {
    lowerBound: {
      ...lowerBoundTime(lowerBound, speeds, 1),
      ...(reached && { reached }),
      ...(atLeast === undefined ? {} : { atLeast }),
      ...(stretch === undefined ? {} : { stretch }),
    },
    targets: targets.map(check),
  };
}

/** The program with the lowest median time. Programs that are only shown or have not reached the optimum do not count. */
export const fastest = (programs: readonly ProgramResult[]): ProgramResult | undefined =>
  programs
    .filter((program) => program.shownOnly === undefined && reachedOptimum(program))
    .reduce<ProgramResult | undefined>(
      (best, program) => (best === undefined || program.seconds.median < best.seconds.median ? program : best),
      undefined,
    );

/** The ratio of two times, with its range. */
export const ratioOf = (numerator: Spread, denominator: Spread): Ratio => ({
  median: numerator.median / denominator.median,
  low: numerator.lowerQuartile / denominator.upperQuartile,
  high: numerator.upperQuartile / denominator.lowerQuartile,
});

/** Whether a ratio is at least as large as required. */
export const statusOf = ({ low, high }: Ratio, atLeast: number): Status =>
  low >= atLeast ? "met" : high < atLeast ? "missed" : "undecided";

/** The status of a target that can be met in two ways. */
const better = (a: Status, b: Status): Status =>
  a === "met" || b === "met" ? "met" : a === "undecided" || b === "undecided" ? "undecided" : "missed";

const exactly = (seconds: number): Spread => ({
  median: seconds,
  lowerQuartile: seconds,
  upperQuartile: seconds,
  lowest: seconds,
  count: 1,
});

/**
 * The time that the work takes at the measured speeds. Two threads read memory at the speed measured on two threads, and
 * need half the time for the multiply-adds.
 */
function lowerBoundTime(
  { bytes = 0, multiplyAdds = 0, elementType = "float64" }: LowerBound,
  speeds: TopSpeeds,
  threads: number,
): LowerBoundTime {
  const reading = bytes / (threads === 1 ? speeds.bytesPerSecond : speeds.bytesPerSecondOnTwoThreads);
  const computing = multiplyAdds / (threads * speeds.multiplyAddsPerSecond[elementType]);
  return reading >= computing ? { seconds: reading, limit: "memory" } : { seconds: computing, limit: "arithmetic" };
}

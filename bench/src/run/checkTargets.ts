// Targets against figures: met and missed are said only where the scatter of the runs leaves no doubt.
import type { Floors } from "../machine/lowerBounds.ts";
import type { Case, Floor, Target } from "../workload.ts";
import type { Figure, FloorTime, Measured, Ratio, Standing, Verdict } from "./caseResult.ts";
import type { Spread } from "./spread.ts";

/** What counts as having reached the optimum: a loss at most this far above the least, relative. */
export const NEAR = 1e-6;

const reached = ({ gap }: Figure): boolean => gap === undefined || gap <= NEAR;

/**
 * The floor in seconds, and the targets: Downhill's first row of as many threads against the best of the others on at
 * most as many. A row that did not reach the optimum is not one to be compared with.
 */
export function verdictsOf(
  { floor, targets }: Pick<Case, "floor" | "targets">,
  figures: readonly Figure[],
  floors: Floors,
): Pick<Measured, "floor" | "targets"> {
  const oursOn = (threads: number) => figures.find((own) => own.family === "Downhill" && own.threads === threads);
  const shareOf = (own: Figure | undefined, threads: number): { share?: Ratio } =>
    floor && own ? { share: ratioOf(exactly(floorOf(floor, floors, threads).seconds), own.seconds) } : {};
  const verdict = (target: Target): Verdict => {
    const { against, atLeast, threads = 1, peerThreads = threads, memoryAtMost, orOfFloor } = target;
    const ours = oursOn(threads);
    const peers = figures.filter(
      (figure) => figure !== ours && against.includes(figure.family) && figure.threads <= peerThreads,
    );
    const peer = fastest(peers.filter(reached));
    const names = { ...(ours && { ours: ours.name }), ...(peer && { peer: peer.name }) };
    if (ours === undefined || peer === undefined) return { ...target, ...names };
    if (!reached(ours)) return { ...target, ...names, standing: "missed" };
    const ratio = ratioOf(peer.seconds, ours.seconds);
    const memory = ours.peakBytes === undefined ? undefined : ours.peakBytes / (peer.peakBytes ?? Number.NaN);
    const light = memoryAtMost === undefined || (memory !== undefined && memory <= memoryAtMost);
    const known = memoryAtMost === undefined || memory === undefined ? {} : { memory };
    const share = orOfFloor === undefined ? {} : shareOf(ours, threads);
    const fast = better(
      standingOf(ratio, atLeast),
      share.share && orOfFloor !== undefined ? standingOf(share.share, orOfFloor) : "missed",
    );
    return { ...target, ...names, ratio, ...share, ...known, standing: light ? fast : "missed" };
  };
  return {
    ...(floor && { floor: { ...limitsOf(floor), ...floorOf(floor, floors, 1), ...shareOf(oursOn(1), 1) } }),
    targets: targets.map(verdict),
  };
}

/** A time over another, from the most cautious quartiles to the kindest. */
function ratioOf(of: Spread, over: Spread): Ratio {
  return {
    median: of.median / over.median,
    low: of.lowerQuartile / over.upperQuartile,
    high: of.upperQuartile / over.lowerQuartile,
  };
}

/** How a ratio stands to what is wanted of it. */
export const standingOf = ({ low, high }: Ratio, atLeast: number): Standing =>
  low >= atLeast ? "met" : high < atLeast ? "missed" : "undecided";

/** Of two ways to meet a target. */
const better = (a: Standing, b: Standing): Standing =>
  a === "met" || b === "met" ? "met" : a === "undecided" || b === "undecided" ? "undecided" : "missed";

const exactly = (seconds: number): Spread => ({
  median: seconds,
  lowerQuartile: seconds,
  upperQuartile: seconds,
  least: seconds,
  count: 1,
});

const limitsOf = ({ atLeast, stretch }: Floor): Pick<Floor, "atLeast" | "stretch"> => ({
  ...(atLeast === undefined ? {} : { atLeast }),
  ...(stretch === undefined ? {} : { stretch }),
});

/** On one thread, or shared by two: reading as measured on both at once, multiply-adds twice as fast. */
function floorOf(
  { bytes = 0, multiplyAdds = 0, element = "float64" }: Floor,
  floors: Floors,
  threads: number,
): FloorTime {
  const reading = bytes / (threads === 1 ? floors.bytesPerSecond : floors.bytesPerSecondOnTwo);
  const adding = multiplyAdds / (threads * floors.multiplyAddsPerSecond[element]);
  return reading >= adding ? { seconds: reading, of: "reading" } : { seconds: adding, of: "multiply-adds" };
}

/** The figure with the least median. */
const fastest = (figures: readonly Figure[]): Figure | undefined =>
  figures.reduce<Figure | undefined>(
    (best, figure) => (best === undefined || figure.seconds.median < best.seconds.median ? figure : best),
    undefined,
  );

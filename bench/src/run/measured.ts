// What a case came to: figures, floor, targets.
import type { Floors } from "../machine/floors.ts";
import type { Case, Family, Floor, Target } from "../workload.ts";
import type { Absent } from "./enter.ts";
import type { Spread } from "./statistics.ts";

export interface Figure {
  readonly name: string;
  readonly family: Family;
  readonly threads: number;
  readonly version: string;
  /** Seconds per unit. */
  readonly seconds: Spread;
  /** Of the very first run, when nothing was warm. */
  readonly firstSeconds: number;
  readonly loss: number;
  /** Of its loss from Downhill's, relative. */
  readonly difference: number;
  /** Above the optimum's loss, relative, where that is what counts. */
  readonly gap?: number;
  readonly peakBytes?: number;
}

/** A target, and what was reached: how many times faster than the best of those it names. */
export interface Verdict extends Target {
  /** The row of Downhill that it is asked of; undefined when there is none. */
  readonly ours?: string;
  /** Undefined when none of them is present. */
  readonly peer?: string;
  readonly ratio?: number;
  /** Of the floor, where a share of it would do as well. */
  readonly share?: number;
  /** Of its peak memory, where both are known. */
  readonly memory?: number;
  readonly met?: boolean;
}

/** Seconds per unit that the machine cannot do without, and what they go to. */
export interface FloorTime {
  readonly seconds: number;
  readonly of: "reading" | "multiply-adds";
}

export interface FloorVerdict extends FloorTime, Pick<Floor, "atLeast" | "stretch"> {
  readonly share?: number;
}

export interface Measured {
  readonly workload: string;
  readonly title: string;
  readonly name: string;
  readonly unit: string;
  readonly figures: readonly Figure[];
  readonly absent: readonly Absent[];
  /** Downhill's first row, on one thread, against the floor. */
  readonly floor?: FloorVerdict;
  readonly targets: readonly Verdict[];
  readonly note?: string;
}

/** What counts as having reached the optimum. */
export const NEAR = 1e-6;

const reached = ({ gap }: Figure): boolean => gap === undefined || gap <= NEAR;

/**
 * The floor in seconds, and the targets: Downhill's first row of as many threads against the others. Who did not reach
 * the optimum is no one to beat.
 */
export function verdictsOf(
  { floor, targets }: Pick<Case, "floor" | "targets">,
  figures: readonly Figure[],
  floors: Floors,
): Pick<Measured, "floor" | "targets"> {
  const oursOn = (threads: number) => figures.find((own) => own.family === "Downhill" && own.threads === threads);
  const shareOf = (own: Figure | undefined, threads: number): { share?: number } =>
    floor && own ? { share: floorOf(floor, floors, threads).seconds / own.seconds.median } : {};
  const verdict = (target: Target): Verdict => {
    const { against, atLeast, threads = 1, peerThreads = threads, memoryAtMost, orOfFloor } = target;
    const ours = oursOn(threads);
    const peers = figures.filter(
      (figure) => figure !== ours && against.includes(figure.family) && figure.threads === peerThreads,
    );
    const peer = fastest(peers.filter(reached));
    const names = { ...(ours && { ours: ours.name }), ...(peer && { peer: peer.name }) };
    if (ours === undefined || peer === undefined) return { ...target, ...names };
    if (!reached(ours)) return { ...target, ...names, met: false };
    const ratio = peer.seconds.median / ours.seconds.median;
    const memory = ours.peakBytes === undefined ? undefined : ours.peakBytes / (peer.peakBytes ?? Number.NaN);
    const light = memoryAtMost === undefined || (memory !== undefined && memory <= memoryAtMost);
    const known = memoryAtMost === undefined || memory === undefined ? {} : { memory };
    const share = orOfFloor === undefined ? {} : shareOf(ours, threads);
    const fast = ratio >= atLeast || (share.share ?? 0) >= (orOfFloor ?? Infinity);
    return { ...target, ...names, ratio, ...share, ...known, met: fast && light };
  };
  return {
    ...(floor && { floor: { ...limitsOf(floor), ...floorOf(floor, floors, 1), ...shareOf(oursOn(1), 1) } }),
    targets: targets.map(verdict),
  };
}

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
export const fastest = (figures: readonly Figure[]): Figure | undefined =>
  figures.reduce<Figure | undefined>(
    (best, figure) => (best === undefined || figure.seconds.median < best.seconds.median ? figure : best),
    undefined,
  );

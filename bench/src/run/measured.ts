// What a case came to: figures, floor, targets.
import type { Floors } from "../machine/floors.ts";
import type { Case, Family, Target } from "../workload.ts";
import type { Absent } from "./enter.ts";
import type { Spread } from "./statistics.ts";

export interface Figure {
  readonly name: string;
  readonly family: Family;
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
  /** Undefined when none of them is present. */
  readonly peer?: string;
  readonly ratio?: number;
  /** Of its peak memory, where both are known. */
  readonly memory?: number;
  readonly met?: boolean;
}

export interface Measured {
  readonly workload: string;
  readonly title: string;
  readonly name: string;
  readonly unit: string;
  readonly figures: readonly Figure[];
  readonly absent: readonly Absent[];
  /** Seconds per unit that the machine cannot do without, and what they go to. */
  readonly floor?: { readonly seconds: number; readonly of: "reading" | "multiply-adds" };
  readonly targets: readonly Verdict[];
  readonly note?: string;
}

/** What counts as having reached the optimum. */
export const NEAR = 1e-6;

const reached = ({ gap }: Figure): boolean => gap === undefined || gap <= NEAR;

/**
 * The floor in seconds, and the targets: the first figure, which is Downhill's, against the others. Who did not reach
 * the optimum is no one to beat.
 */
export function verdictsOf(
  { floor, targets }: Pick<Case, "floor" | "targets">,
  figures: readonly Figure[],
  floors: Floors,
): Pick<Measured, "floor" | "targets"> {
  const [ours] = figures;
  const verdict = (target: Target): Verdict => {
    const peer = fastest(figures.filter((figure) => target.against.includes(figure.family) && reached(figure)));
    if (peer === undefined) return target;
    if (ours === undefined || !reached(ours)) return { ...target, peer: peer.name, met: false };
    const ratio = peer.seconds.median / ours.seconds.median;
    const memory = ours.peakBytes === undefined ? undefined : ours.peakBytes / (peer.peakBytes ?? Number.NaN);
    const { memoryAtMost } = target;
    const light = memoryAtMost === undefined || (memory !== undefined && memory <= memoryAtMost);
    const known = memoryAtMost === undefined || memory === undefined ? {} : { memory };
    return { ...target, peer: peer.name, ratio, ...known, met: ratio >= target.atLeast && light };
  };
  return { ...(floor === undefined ? {} : { floor: floorOf(floor, floors) }), targets: targets.map(verdict) };
}

function floorOf({ bytes = 0, multiplyAdds = 0 }: NonNullable<Case["floor"]>, floors: Floors): Measured["floor"] {
  const reading = bytes / floors.bytesPerSecond;
  const adding = multiplyAdds / floors.multiplyAddsPerSecond;
  return reading >= adding ? { seconds: reading, of: "reading" } : { seconds: adding, of: "multiply-adds" };
}

/** The figure with the least median. */
export const fastest = (figures: readonly Figure[]): Figure | undefined =>
  figures.reduce<Figure | undefined>(
    (best, figure) => (best === undefined || figure.seconds.median < best.seconds.median ? figure : best),
    undefined,
  );

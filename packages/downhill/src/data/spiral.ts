import { requireSize, requireWithin } from "../core/check.ts";
import { cos, sin } from "../core/elementary.ts";
import { type Labelled, type PlaneOptions, scatter } from "./scatter.ts";

/** Options of `spiral`. */
export interface SpiralOptions extends PlaneOptions {
  /** Number of arms, one class each, at least 2 [3]. */
  readonly arms?: number;
  /** Turns of an arm between its center and radius 1, at least 0 and below 100 [0.75]. */
  readonly turns?: number;
}

/**
 * Points on the arms of a spiral: class k at radius t and angle 2π (k/arms + turns · t), with t evenly spaced in (0, 1).
 * Row i has class i mod arms. By default n is 300 and noise 0.02.
 *
 * @returns X: n × 2; y: classes 0 … arms − 1
 * @throws RangeError or TypeError for an option that is not allowed
 *
 * @example
 * ```ts
 * import { spiral } from "downhill";
 *
 * const { X, y } = spiral({ n: 9, arms: 3, seed: 1 });
 * y; // [0, 1, 2, 0, 1, 2, 0, 1, 2]
 * X.rows; // 9
 * ```
 */
export function spiral({
  n = 300,
  arms = 3,
  turns = 0.75,
  noise = 0.02,
  seed = 0,
  ...others
}: SpiralOptions = {}): Labelled {
  requireSize("spiral", "arms", arms, 2);
  requireWithin("spiral", "turns", turns, 0, 100);
  const pointAt = (label: number, t: number) => {
    const angle = 2 * Math.PI * (label / arms + turns * t);
    return [t * cos(angle), t * sin(angle)] as const;
  };
  return scatter({ functionName: "spiral", classes: arms, pointAt }, { n, noise, seed }, others, ["arms", "turns"]);
}

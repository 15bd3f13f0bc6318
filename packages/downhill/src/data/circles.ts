import { requireWithin } from "../core/check.ts";
import { cos, sin } from "../core/elementary.ts";
import { type Labelled, type PlaneOptions, scatter } from "./scatter.ts";

/** Options of `circles`. */
export interface CirclesOptions extends PlaneOptions {
  /** Radius of the inner circle, at least 0 and below 1 [0.5]. */
  readonly factor?: number;
}

/**
 * Points on two concentric circles: r (cos 2πt, sin 2πt) with t evenly spaced in (0, 1), where r = 1 for class 0 and
 * r = factor for class 1. Row i has class i mod 2. By default n is 200 and noise 0.1.
 *
 * @returns X: n × 2; y: classes 0 and 1
 * @throws RangeError or TypeError for an option that is not allowed
 *
 * @example
 * ```ts
 * import { circles } from "downhill";
 *
 * const { X, y } = circles({ n: 100, factor: 0.3, seed: 1 });
 * X.columns; // 2
 * y[1]; // 1
 * ```
 */
export function circles({ n = 200, factor = 0.5, noise = 0.1, seed = 0, ...others }: CirclesOptions = {}): Labelled {
  requireWithin("circles", "factor", factor, 0, 1);
  const pointAt = (label: number, t: number) => {
    const radius = label === 0 ? 1 : factor;
    return [radius * cos(2 * Math.PI * t), radius * sin(2 * Math.PI * t)] as const;
  };
  return scatter({ functionName: "circles", classes: 2, pointAt }, { n, noise, seed }, others, ["factor"]);
}

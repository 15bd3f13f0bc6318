import { cos, sin } from "../core/elementary.ts";
import { type Labelled, type PlaneOptions, scatter } from "./scatter.ts";

/**
 * Points on two interleaved half circles of radius 1: class 0 at (cos πt, sin πt), class 1 at (1 − cos πt, ½ − sin πt), with t
 * evenly spaced in (0, 1). Row i has class i mod 2. By default n is 200 and noise 0.1.
 *
 * @returns X: n × 2; y: classes 0 and 1
 * @throws RangeError or TypeError for an option that is not allowed
 *
 * @example
 * ```ts
 * import { logisticRegression, moons } from "downhill";
 *
 * const { X, y } = moons({ n: 100, noise: 0.2, seed: 1 });
 * logisticRegression().fit(X, y).classes; // [0, 1]
 * ```
 */
export function moons({ n = 200, noise = 0.1, seed = 0, ...others }: PlaneOptions = {}): Labelled {
  const pointAt = (label: number, t: number) => {
    const x = cos(Math.PI * t);
    const y = sin(Math.PI * t);
    return label === 0 ? ([x, y] as const) : ([1 - x, 0.5 - y] as const);
  };
  return scatter({ functionName: "moons", classes: 2, pointAt }, { n, noise, seed }, others);
}

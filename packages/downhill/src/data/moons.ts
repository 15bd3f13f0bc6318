import { cos, sin } from "../core/elementary.ts";
import { type Labelled, type PlaneOptions, scatter } from "./scatter.ts";

/**
 * Two interleaved half circles of radius 1: class 0 at (cos πt, sin πt), class 1 at (1 − cos πt, ½ − sin πt),
 * t evenly spaced in (0, 1).
 *
 * @returns X n × 2, y 0 or 1; row i has class i mod 2
 */
export function moons({ n = 200, noise = 0.1, seed = 0, ...others }: PlaneOptions = {}): Labelled {
  const place = (label: number, t: number) => {
    const x = cos(Math.PI * t);
    const y = sin(Math.PI * t);
    return label === 0 ? ([x, y] as const) : ([1 - x, 0.5 - y] as const);
  };
  return scatter({ functionName: "moons", classes: 2, place }, { n, noise, seed }, others);
}

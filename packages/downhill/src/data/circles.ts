import { requireWithin } from "../core/check.ts";
import { cos, sin } from "../core/elementary.ts";
import { type Labelled, type PlaneOptions, scatter } from "./scatter.ts";

export interface CirclesOptions extends PlaneOptions {
  /** Radius of the inner circle, in [0, 1). */
  readonly factor?: number;
}

/**
 * Two concentric circles: r (cos 2πt, sin 2πt), t evenly spaced in (0, 1); r = 1 for class 0 and `factor` for class 1.
 *
 * @returns X n × 2, y 0 or 1; row i has class i mod 2
 */
export function circles({ n = 200, factor = 0.5, noise = 0.1, seed = 0, ...others }: CirclesOptions = {}): Labelled {
  requireWithin("circles", "factor", factor, 0, 1);
  const place = (label: number, t: number) => {
    const radius = label === 0 ? 1 : factor;
    return [radius * cos(2 * Math.PI * t), radius * sin(2 * Math.PI * t)] as const;
  };
  return scatter({ functionName: "circles", classes: 2, place }, { n, noise, seed }, others, ["factor"]);
}

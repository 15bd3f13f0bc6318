import { requireSize, requireWithin } from "../core/check.ts";
import { cos, sin } from "../core/elementary.ts";
import { type Labelled, type PlaneOptions, scatter } from "./scatter.ts";

export interface SpiralOptions extends PlaneOptions {
  /** Arms, one class each, at least 2. */
  readonly arms?: number;
  /** Turns of an arm from the middle to radius 1, in [0, 100). */
  readonly turns?: number;
}

/**
 * Spiral arms: class k at radius t and angle 2π (k/arms + turns·t), t evenly spaced in (0, 1).
 *
 * @returns X n × 2, y 0 … arms−1; row i has class i mod arms
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
  const place = (label: number, t: number) => {
    const angle = 2 * Math.PI * (label / arms + turns * t);
    return [t * cos(angle), t * sin(angle)] as const;
  };
  return scatter({ functionName: "spiral", classes: arms, place }, { n, noise, seed }, others, ["arms", "turns"]);
}

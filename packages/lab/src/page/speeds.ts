// The speeds of a run.

import type { Speed } from "../worker/protocol.ts";

/** A speed with its name. */
export interface NamedSpeed {
  readonly name: string;
  readonly speed: Speed;
}

/** All speeds, the slowest first. */
export const speeds: readonly NamedSpeed[] = [
  { name: "1 update per second", speed: { perSecond: 1 } },
  { name: "5 updates per second", speed: { perSecond: 5 } },
  { name: "1 update per frame", speed: { perFrame: 1 } },
  { name: "10 updates per frame", speed: { perFrame: 10 } },
  { name: "100 updates per frame", speed: { perFrame: 100 } },
  { name: "as fast as possible", speed: "max" },
];

/** Whether the system asks for little motion. */
export const prefersLittleMotion = (): boolean => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** The speed of a first visit: slow where the system asks for little motion. */
export const firstSpeed = (): number => (prefersLittleMotion() ? 1 : 2);

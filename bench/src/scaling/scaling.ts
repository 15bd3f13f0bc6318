// How cost grows with rows, features and classes, and how much memory a fit takes.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Size } from "../workload.ts";
import type { Growing, Point } from "./growth.ts";
import { lastCacheBytes } from "./lastCache.ts";
import type { Memory } from "./memory.ts";

export interface Growth {
  readonly growing: Growing;
  readonly points: readonly Point[];
  /** p of cost ∝ sizeᵖ over all points, three decades. */
  readonly exponent: number;
  /** Over those points alone whose data are twice the last cache or more; absent where fewer than three are. */
  readonly beyondCache?: { readonly points: readonly Point[]; readonly exponent: number };
}

export interface Scaling {
  readonly growth: readonly Growth[];
  readonly memory: Memory;
}

/** Of the exponent beyond the cache from 1, and of memory beyond the caller's arrays: times the data, and bytes more. */
export const scalingLimits = { exponent: 0.05, timesData: 1.2, moreBytes: 160e6 } as const;

export const memoryLimit = ({ dataBytes }: Memory): number =>
  scalingLimits.timesData * dataBytes + scalingLimits.moreBytes;

export function measureScaling(size: Size): Scaling {
  const far = 2 * lastCacheBytes();
  const grown = Object.entries(resultOf("growth", size) as Record<Growing, Point[]>) as [Growing, Point[]][];
  return {
    growth: grown.map(([growing, points]) => {
      const beyond = points.filter(({ dataBytes }) => dataBytes >= far);
      return {
        growing,
        points,
        exponent: exponentOf(points),
        ...(beyond.length < 3 ? {} : { beyondCache: { points: beyond, exponent: exponentOf(beyond) } }),
      };
    }),
    memory: resultOf("memory", size) as Memory,
  };
}

function resultOf(program: string, size: Size): unknown {
  const path = fileURLToPath(new URL(`./${program}.js`, import.meta.url));
  return JSON.parse(execFileSync(process.execPath, [path, size], { encoding: "utf8" }));
}

/** The slope of log cost against log size, by least squares. */
export function exponentOf(points: readonly Pick<Point, "size" | "seconds">[]): number {
  const x = points.map(({ size }) => Math.log(size));
  const y = points.map(({ seconds }) => Math.log(seconds));
  const mean = (of: readonly number[]): number => of.reduce((a, b) => a + b, 0) / of.length;
  const [mx, my] = [mean(x), mean(y)];
  const covariance = mean(x.map((x, i) => (x - mx) * (y[i]! - my)));
  return covariance / mean(x.map((x) => (x - mx) ** 2));
}

// How the cost of an update grows with rows, features and classes, and how much memory a fit needs.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Size } from "../workload.ts";
import type { FitMemory } from "./fitMemory.ts";
import { lastCacheBytes } from "./lastCache.ts";
import type { Dimension, Point } from "./updateCost.ts";

export interface Growth {
  readonly dimension: Dimension;
  readonly points: readonly Point[];
  /** The exponent p in cost ∝ sizeᵖ, for all points (three decades). */
  readonly exponent: number;
  /** The same for the points whose data are at least twice as large as the last cache; absent for fewer than three points. */
  readonly beyondCache?: { readonly points: readonly Point[]; readonly exponent: number };
}

export interface Scaling {
  readonly growth: readonly Growth[];
  readonly memory: FitMemory;
}

/** The limits: of |exponent − 1|, and of the extra memory, which is 1.2 times the data plus 160 MB. */
export const scalingLimits = { exponent: 0.05, timesData: 1.2, moreBytes: 160e6 } as const;

export const memoryLimit = ({ dataBytes }: FitMemory): number =>
  scalingLimits.timesData * dataBytes + scalingLimits.moreBytes;

export function measureScaling(size: Size): Scaling {
  const minBytes = 2 * lastCacheBytes();
  const costs = Object.entries(outputOf("updateCost", size) as Record<Dimension, Point[]>) as [Dimension, Point[]][];
  return {
    growth: costs.map(([dimension, points]) => {
      const beyond = points.filter(({ dataBytes }) => dataBytes >= minBytes);
      return {
        dimension,
        points,
        exponent: exponentOf(points),
        ...(beyond.length < 3 ? {} : { beyondCache: { points: beyond, exponent: exponentOf(beyond) } }),
      };
    }),
    memory: outputOf("fitMemory", size) as FitMemory,
  };
}

function outputOf(program: string, size: Size): unknown {
  const path = fileURLToPath(new URL(`./${program}.js`, import.meta.url));
  return JSON.parse(execFileSync(process.execPath, [path, size], { encoding: "utf8" }));
}

/** The slope of log cost against log size, by least squares. */
export function exponentOf(points: readonly Pick<Point, "size" | "seconds">[]): number {
  const x = points.map(({ size }) => Math.log(size));
  const y = points.map(({ seconds }) => Math.log(seconds));
  const mean = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0) / numbers.length;
  const [mx, my] = [mean(x), mean(y)];
  const covariance = mean(x.map((x, i) => (x - mx) * (y[i]! - my)));
  return covariance / mean(x.map((x) => (x - mx) ** 2));
}

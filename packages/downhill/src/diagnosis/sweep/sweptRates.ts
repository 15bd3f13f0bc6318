import { exp, log } from "../../core/elementary.ts";
import type { Forecast } from "../forecast/forecastReport.ts";

const BELOW = 1 / 300; // the smallest rate divided by a good one
const WITHOUT = [1e-4, 1] as const; // the smallest and the largest rate where no good rate is known

/**
 * The rates of a sweep, evenly spaced on a logarithmic axis, with two digits: from far below the best rate to above the limit, so
 * that the sweep shows both ends of the good rates.
 */
export function sweptRates(forecast: Forecast, count: number): number[] {
  const good = forecast.best ?? forecast.guaranteed ?? forecast.limit;
  const known = good !== null && good < Infinity;
  const low = known ? BELOW * good : WITHOUT[0];
  const high = known ? highest(forecast, good) : WITHOUT[1];
  if (count === 1) return [Number((good ?? low).toPrecision(2))];
  const step = log(high / low) / (count - 1);
  return Array.from({ length: count }, (_, i) => Number((low * exp(i * step)).toPrecision(2)));
}

/** With batches, runs settle with rates far above the proven ones. If only the penalty gives a limit, it can be far above useful rates. */
function highest({ limit, criticalBatch }: Forecast, good: number): number {
  if (criticalBatch !== null) return 30 * good;
  return limit === null ? 10 * good : Math.min(3 * limit, 100 * good);
}

import { exp, log } from "../../core/elementary.ts";
import type { Forecast } from "../../diagnosis/forecast/forecastReport.ts";

const BELOW = 1 / 300; // the smallest rate, as a multiple of the best one
const ABOVE = 3; // the largest rate, as a multiple of the limit

/**
 * The rates of a sweep, evenly spaced on a logarithmic axis, with two digits: from far below the best rate to above the limit, so
 * that both ends of the good rates are seen. Their number, where no good rate is known.
 */
export function sweptRates({ best, guaranteed, limit }: Forecast, count: number): number | readonly number[] {
  const good = best ?? guaranteed ?? limit;
  if (good === null || !(good < Infinity) || count < 2) return count;
  const low = BELOW * good;
  const high = ABOVE * (limit !== null && limit < Infinity ? limit : good);
  const step = log(high / low) / (count - 1);
  return Array.from({ length: count }, (_, i) => Number((low * exp(i * step)).toPrecision(2)));
}

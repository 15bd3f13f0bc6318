import { type Forecast, forecast, type PreparedFit } from "downhill";
import { knownOrNull } from "../errors/knownOrNull.ts";

const LONG_RUN = 1000; // epochs; the optimum, for which about a hundred are needed, then takes less than a tenth of the run

/** The forecast of the learning rate of a prepared training; null if its numbers are too large. */
export function forecastOf({ problem, optimizer, options }: PreparedFit<unknown>): Forecast | null {
  const { batchSize = "full", order = "shuffled", seed = 0, start = "zeros", epochs = 0 } = options;
  const optimum = batchSize === "full" && epochs >= LONG_RUN ? {} : { optimum: null };
  return knownOrNull(() => forecast(problem, optimizer, { batchSize, order, seed, start, ...optimum }));
}

import { type Forecast, forecast, type PreparedFit } from "downhill";

/** The forecast of the learning rate of a prepared training. */
export function forecastOf({ problem, optimizer, options }: PreparedFit<unknown>): Forecast | null {
  const { batchSize = "full", seed = 0, start = "zeros" } = options;
  return forecast(problem, optimizer, { batchSize, seed, start });
}

import { DataError } from "../errors/errors.ts";

const LARGEST = 1e15; // the library's limit

/** @throws DataError for a target that is negative or above 1e15, with the loss poisson */
export function requireCounts(command: string, target: Float64Array, loss: unknown): void {
  if (loss !== "poisson") return;
  const wrong = target.filter((value) => value < 0 || value > LARGEST);
  if (wrong.length === 0) return;
  const which =
    wrong.length === 1 ? `one row has ${wrong[0]}` : `${wrong.length} rows have other numbers, such as ${wrong[0]}`;
  throw new DataError(
    `${command}: the Poisson loss needs a target from 0 to 1e15, but ${which}. Correct the rows, or train with another --loss.`,
  );
}

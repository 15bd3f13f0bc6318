import { isInputError } from "./errors.ts";

/**
 * The result of a diagnosis, or null if the numbers are too large for it. The training still runs, and reports what happens to
 * these numbers.
 */
export function knownOrNull<T>(diagnosis: () => T): T | null {
  try {
    return diagnosis();
  } catch (error) {
    if (!isInputError(error)) throw error;
    return null;
  }
}

// Errors of one kind are printed together, so that a user can correct all of them at once.
import { DataError, UsageError } from "./errors.ts";

/** Several errors that the user can correct. The command ends with the exit code of the first. */
export class SeveralErrors extends Error {
  override readonly name = "SeveralErrors";
  readonly errors: readonly Error[];

  constructor(errors: readonly Error[]) {
    super(errors.map(({ message }) => message).join("\n"));
    this.errors = errors;
  }
}

/** Throws a single error, or several errors together; returns if there is none. */
function throwAll(errors: readonly Error[]): void {
  if (errors.length === 1) throw errors[0]!;
  if (errors.length > 1) throw new SeveralErrors(errors);
}

/**
 * Does the work for every item, also for the items after an error.
 *
 * @throws the UsageErrors and DataErrors of all items together; any other error immediately
 */
export function forAll<Item, Result>(items: readonly Item[], work: (item: Item, index: number) => Result): Result[] {
  const errors: Error[] = [];
  const results: Result[] = [];
  for (const [index, item] of items.entries()) {
    try {
      results.push(work(item, index));
    } catch (error) {
      if (!(error instanceof UsageError || error instanceof DataError)) throw error;
      errors.push(error);
    }
  }
  throwAll(errors);
  return results;
}

import { isDeepStrictEqual } from "node:util";
import { expect } from "vitest";

/** `expect(actual, about).toStrictEqual(expected)`. Vitest compares long vectors slowly, so it does so only to show the difference. */
export function expectStrictlyEqual(actual: unknown, expected: unknown, about?: string): void {
  if (!isDeepStrictEqual(actual, expected)) {
    expect(actual, about).toStrictEqual(expected);
    expect.fail("The values differ in a way that Vitest does not show.");
  }
}

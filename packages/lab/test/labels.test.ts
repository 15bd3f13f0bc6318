// The names of verdicts on the page.
import { expect, test } from "vitest";
import { verdictLabel } from "../src/page/labels.ts";

test("a healthy run is good only if its loss falls", () => {
  expect(verdictLabel({ id: "healthy", numbers: { fall: 0.024 } })).toEqual(["dot", "Good", "good"]);
  expect(verdictLabel({ id: "healthy", numbers: {} })).toEqual(["dot", "Good", "good"]);
  for (const fall of [0, -0.01])
    expect(verdictLabel({ id: "healthy", numbers: { fall } })).toEqual(["dots", "No clear progress", "slow"]);
  expect(verdictLabel({ id: "diverged", numbers: { fall: -1 } })[1]).toBe("Diverged");
});

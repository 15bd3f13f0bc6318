import { deepEqual, equal, throws } from "node:assert/strict";
import { test } from "vitest";
import { readOptions } from "../../src/options.ts";

test("options are read", () => {
  deepEqual(readOptions(["--only", "W2,W4", "--json"], ["W2", "W4"]), {
    size: "full",
    json: true,
    write: false,
    only: ["W2", "W4"],
  });
  equal(readOptions(["--only=W2", "--quick"], ["W2"]).size, "quick");
  deepEqual(readOptions(["--only", "W2", "--only", "W4"], ["W2", "W4"]).only, ["W2", "W4"]);
  deepEqual(readOptions(["--write", "--only", "W2"], ["W2"]), { size: "full", json: false, write: true, only: ["W2"] });
});

test("unknown and contradictory options are rejected", () => {
  throws(() => readOptions(["--fast"], []), /Unknown option '--fast'/);
  throws(() => readOptions(["W2"], ["W2"]), /Unexpected argument 'W2'/);
  throws(() => readOptions(["--quick=yes"], []), /'--quick' does not take an argument/);
  throws(() => readOptions(["--only"], ["W2"]), /'--only <value>' argument missing/);
  throws(() => readOptions(["--only", "W99"], ["W2", "W4"]), {
    name: "RangeError",
    message: 'bench: --only must name workloads, got "W99". Choose from W2, W4, separated by commas.',
  });
  throws(() => readOptions(["--write", "--quick"], []), /--write cannot be used with --quick/);
});

import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { test } from "vitest";
import { formatBytes, formatCount, formatDifference, formatTime, threeDigits } from "../../src/report/format.ts";
import { meanSeconds } from "../../src/run/meanSeconds.ts";
import { spreadOf } from "../../src/run/spread.ts";
import { exponentOf } from "../../src/scaling/scaling.ts";

test("a spread has NumPy's median and quartiles", () => {
  // np.percentile([4, 1, 3, 2], [25, 50, 75]) = [1.75, 2.5, 3.25]
  deepEqual(spreadOf([4, 1, 3, 2]), { lowerQuartile: 1.75, median: 2.5, upperQuartile: 3.25, lowest: 1, count: 4 });
  deepEqual(spreadOf([5]), { lowerQuartile: 5, median: 5, upperQuartile: 5, lowest: 5, count: 1 });
  throws(() => spreadOf([]), /spreadOf: the list of numbers is empty/);
});

test("short runs are repeated until enough time has been measured, and long runs are not", async () => {
  let [time, runs] = [0, 0];
  const clock = () => time;
  const program = (seconds: number, counted?: () => number) => ({
    reset() {
      time += 100; // not timed
    },
    run() {
      time += seconds;
      runs++;
    },
    ...(counted && { seconds: counted }),
  });
  equal(await meanSeconds(program(2), 5, clock), 2);
  equal(runs, 3);
  equal(await meanSeconds(program(8), 5, clock), 8);
  equal(await meanSeconds(program(0.25), 0, clock), 0.25);
  equal(runs, 5);
  const numberOfTheRun = () => runs;
  equal(await meanSeconds(program(4, numberOfTheRun), 8, clock), 6.5); // the mean of 6 and 7
});

test("an exponent is the slope of log cost against log size", () => {
  const points = [1, 3, 10, 100].map((size) => ({ size, seconds: 5 * size ** 1.25 }));
  ok(Math.abs(exponentOf(points) - 1.25) < 1e-12);
});

test("numbers are printed with three digits", () => {
  deepEqual([1.5, 0.0123, 4.56e-5].map(formatTime), ["1.50 s", "12.3 ms", "45.6 µs"]);
  deepEqual([123.4, 12.34, 1.234].map(threeDigits), ["123", "12.3", "1.23"]);
  deepEqual([2.5e9, 1.5e8, 42_000].map(formatBytes), ["2.50 GB", "150 MB", "42.0 kB"]);
  deepEqual([0, 2.4e-9, -1e-4].map(formatDifference), ["0", "2e−9", "−1e−4"]);
  equal(formatCount(2_000_000), "2,000,000");
});

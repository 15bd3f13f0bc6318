import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { inRepository } from "../../src/inRepository.ts";
import { isJavaScript, type Product } from "../../src/program.ts";
import { threeDigits } from "../../src/report/format.ts";
import type { Report } from "../../src/report/performancePage.ts";

const peersText = (against: readonly Product[]): string =>
  against.every(isJavaScript) && against.length > 1 ? "JavaScript" : against.join(" or ");

test("docs/limits.md lists every missed or undecided target with the ratio of bench/results.json", () => {
  const { cases } = JSON.parse(readFileSync(inRepository("bench/results.json"), "utf8")) as Report;
  const missed = cases.flatMap(({ workload, targets }) =>
    targets
      .filter(({ status }) => status !== undefined && status !== "met")
      .map(({ threads = 1, against, atLeast, ratio }) => [
        workload,
        threads,
        peersText(against),
        `${atLeast} ×`,
        `${threeDigits(ratio!.median)} ×`,
      ]),
  );
  const page = readFileSync(inRepository("docs/limits.md"), "utf8");
  const listed = [...page.matchAll(/^\| (W\d+)(.*?) \| (.*?) \| (.*?) \| (.*?) \|$/gm)].map(
    ([, workload, program, peers, target, measured]) => [
      workload,
      program!.endsWith(", 2 threads") ? 2 : 1,
      peers!.replace(" on one thread", ""),
      target,
      measured,
    ],
  );
  const sorted = (rows: readonly unknown[][]) => rows.map((row) => row.join(" | ")).sort();
  expect(missed.length).toBeGreaterThan(0);
  expect(sorted(listed)).toEqual(sorted(missed));
});

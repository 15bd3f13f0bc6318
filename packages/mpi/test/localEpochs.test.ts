// Local epochs: ranks descend on rows of their own, and after each epoch their parameters are averaged.
import { expect, test } from "vitest";
import { cases } from "../../downhill/test/cases.ts";
import { describeMpi, mpirun, program, run } from "./mpirun.ts";

const linesOf = (output: string, rank: number): string[] =>
  output
    .split("\n")
    .filter((line) => line.startsWith(`${rank} `))
    .map((line) => line.slice(2));

describeMpi("local epochs", () => {
  test.each(cases([3], [2, 3]))(
    "have the bits of their definition with %i ranks, and all ranks the same result",
    async (n) => {
      const expected = linesOf((await run(process.execPath, [program("localEpochs.mjs"), String(n)])).stdout, 0);
      expect(expected).toHaveLength(2);
      const { stdout, stderr, code } = await mpirun(n, [process.execPath, program("localEpochs.mjs")]);
      expect(stderr).toBe("");
      expect(code, stderr).toBe(0);
      const first = linesOf(stdout, 0);
      expect(first.slice(0, 2)).toEqual(expected);
      const resultOf = (rank: number, name: string): string =>
        linesOf(stdout, rank)
          .find((line) => line.startsWith(`${name}: `))!
          .slice(name.length + 2);
      const isEqual = (line: string): boolean => !line.startsWith("diverged");
      for (let rank = 1; rank < n; rank++) expect(linesOf(stdout, rank).filter(isEqual)).toEqual(first.filter(isEqual));
      expect(first.map((line) => line.split(": ")[0])).toEqual([
        ...["single", "batches", "linear", "options", "updates", "share of the optimum"],
        ...["momentum", "adam", "replacement", "svm", "network", "resumed", "other ranks", "stored", "diverged"],
      ]);
      expect(JSON.parse(resultOf(0, "options"))).toMatchObject({ batchSize: 4, localEpochs: n });
      expect(resultOf(0, "updates")).toBe(String(n === 2 ? 126 + 125 : 84 + 84 + 84));
      const share = Number(resultOf(0, "share of the optimum"));
      expect(share).toBeGreaterThanOrEqual(1);
      expect(share).toBeLessThan(1.001);
      expect(resultOf(0, "resumed")).toBe("true");
      expect(resultOf(0, "stored")).toMatch(/^[0-9a-f]{16} true [0-9a-f]{16} true$/);
      expect(resultOf(0, "other ranks")).toContain(
        `the state to resume must have as many ranks with local epochs as the run (0), got ${n}.`,
      );
      for (let rank = 0; rank < n - 1; rank++) {
        expect(resultOf(rank, "diverged")).toContain(`the loss of rank ${n - 1} was not finite`);
      }
      expect(resultOf(n - 1, "diverged")).toContain("the loss became Infinity");
    },
    120_000,
  );
});

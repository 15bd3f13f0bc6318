import { deepEqual, equal } from "node:assert/strict";
import { test } from "vitest";
import type { ElementType } from "../../src/program.ts";
import { targetRows } from "../../src/report/targetRows.ts";
import type { ProgramResult } from "../../src/run/caseResult.ts";
import { checkTargets } from "../../src/run/checkTargets.ts";
import { sumOfCases } from "../../src/run/sumOfCases.ts";
import { javascriptTarget, twoThreadsTarget } from "../../src/workload.ts";
import { articlePrograms } from "../../workloads/articles.ts";
import { caseOf, speeds, withTime, withTimes } from "./exampleResults.ts";

const exactly = (median: number) => ({ median, low: median, high: median });

test("a target's ratio is the median of the fastest peer over Downhill's median", () => {
  const programs = [withTime("Downhill", 2), withTime("NumPy", 5), withTime("NumPy", 4), withTime("PyTorch", 1)];
  const { targets, lowerBound } = checkTargets(
    {
      lowerBound: { bytes: 10, multiplyAdds: 50 },
      targets: [
        { against: ["NumPy"], atLeast: 2 },
        { against: ["PyTorch"], atLeast: 0.6 },
        { against: ["LIBMF"], atLeast: 1 },
      ],
    },
    programs,
    speeds,
  );
  deepEqual(
    targets.map(({ ratio, status }) => [ratio?.median, status]),
    [
      [2, "met"],
      [0.5, "missed"],
      [undefined, undefined],
    ],
  );
  deepEqual(lowerBound, { seconds: 1, limit: "memory", reached: exactly(0.5) });
});

test("the lower bound is the slower of memory and arithmetic, for the element type of the multiply-adds", () => {
  const boundOf = (bytes: number, elementType: ElementType) => {
    const lowerBound = { bytes, multiplyAdds: 100, elementType, atLeast: 0.4, stretch: 0.6 };
    return checkTargets({ lowerBound, targets: [] }, [withTime("Downhill", 2)], speeds).lowerBound;
  };
  const goals = { atLeast: 0.4, stretch: 0.6 };
  deepEqual(boundOf(12, "float64"), { seconds: 1.2, limit: "memory", reached: exactly(0.6), ...goals });
  deepEqual(boundOf(4, "float32"), { seconds: 0.5, limit: "arithmetic", reached: exactly(0.25), ...goals });
});

test("a target on two threads compares with the fastest peer on one or two threads, or with Downhill on one", () => {
  const two = { threads: 2 };
  const programs = [
    withTime("Downhill", 4),
    withTime("Downhill", 2.5, two),
    withTime("NumPy", 4),
    withTime("NumPy", 5, two),
  ];
  const { targets } = checkTargets(
    {
      lowerBound: { bytes: 30 },
      targets: [
        { against: ["NumPy"], atLeast: 2, threads: 2 },
        twoThreadsTarget,
        { ...twoThreadsTarget, orOfLowerBound: 0.9 },
        { against: ["NumPy"], atLeast: 1, threads: 3 },
      ],
    },
    programs,
    speeds,
  );
  deepEqual(
    targets.map(({ ratio, ofLowerBound, status }) => [ratio?.median, ofLowerBound?.median, status]),
    [
      [1.6, undefined, "missed"], // and not 2, because NumPy is faster on one thread than on two
      [1.6, 0.8, "met"], // 1.7 is missed, but the lower bound of 2 s is 80 % of 2.5 s
      [1.6, 0.8, "missed"],
      [undefined, undefined, undefined],
    ],
  );
});

test("a target within the spread of the runs is neither met nor missed", () => {
  const check = (atLeast: number) => {
    const programs = [withTimes("Downhill", [9, 10, 11]), withTimes("LIBMF", [11, 12, 13])];
    return checkTargets({ targets: [{ against: ["LIBMF"], atLeast }] }, programs, speeds).targets[0]!;
  };
  // the quartiles of 9, 10, 11 are 9.5 and 10.5; those of 11, 12, 13 are 11.5 and 12.5
  deepEqual(check(1).ratio, { median: 1.2, low: 11.5 / 10.5, high: 12.5 / 9.5 });
  deepEqual(
    [1, 1.09, 1.2, 1.31, 1.32].map((atLeast) => check(atLeast).status),
    ["met", "met", "undecided", "undecided", "missed"],
  );
  const row = targetRows(caseOf([withTimes("Downhill", [9, 10, 11])], { targets: [check(1.2)] }))[0];
  deepEqual(row, [
    "1.2 × as fast as LIBMF",
    "Downhill",
    "LIBMF",
    "1.20 × (1.10 to 1.32)",
    "not decided: the target is within the range",
  ]);
});

test("a program that does not reach the optimum misses its target, and is not compared with others", () => {
  const targets = [{ against: ["scikit-learn"], atLeast: 1 }] as const;
  const [far, near] = [{ aboveOptimum: 1e-3 }, { aboveOptimum: 1e-8 }];
  const check = (ours: Partial<ProgramResult>, theirs: Partial<ProgramResult>) =>
    checkTargets({ targets }, [withTime("Downhill", 1, ours), withTime("scikit-learn", 2, theirs)], speeds).targets[0]!;
  equal(check(near, near).status, "met");
  equal(check(far, near).status, "missed");
  equal(check(near, far).peer, undefined);
});

test("a program that is only shown is not compared with Downhill", () => {
  const programs = [
    withTime("Downhill", 2),
    withTime("pandas", 3, { name: "a script" }),
    withTime("pandas", 1, { name: "without imports", shownOnly: true }),
  ];
  const [target] = checkTargets({ targets: [{ against: ["pandas"], atLeast: 1 }] }, programs, speeds).targets;
  deepEqual([target!.peer, target!.ratio!.median], ["a script", 1.5]);
});

test("a target is described with its threads, its memory limit and its alternative", () => {
  const programs = [
    withTime("Downhill", 4, { peakBytes: 100 }),
    withTime("Downhill", 2, { name: "Downhill, 2 threads", threads: 2, peakBytes: 100 }),
    withTime("pandas", 8, { peakBytes: 200 }),
  ];
  const targets = [
    { against: ["pandas"], atLeast: 2, threads: 2, memoryAtMost: 0.5 },
    twoThreadsTarget,
    javascriptTarget,
    { against: ["LIBMF"], atLeast: 1, threads: 3 },
  ] as const;
  const result = checkTargets({ lowerBound: { bytes: 15 }, targets }, programs, speeds);
  deepEqual(targetRows(caseOf(programs, result)), [
    [
      "on 2 threads: 2 × as fast as pandas on 1 to 2 threads, with at most 50 % of its memory",
      "Downhill, 2 threads",
      "pandas",
      "4.00 × (4.00 to 4.00), with 50 % of its memory",
      "met",
    ],
    [
      "on 2 threads: 1.7 × as fast as Downhill on one thread, or 75 % of the lower bound's speed",
      "Downhill, 2 threads",
      "Downhill",
      "2.00 × (2.00 to 2.00), 50 % (50 to 50) of the lower bound's speed",
      "met",
    ],
    [
      "5 × as fast as the fastest JavaScript peer (stretch goal 20 ×)",
      "Downhill",
      "none",
      "",
      "not measured: no such peer was measured",
    ],
    [
      "on 3 threads: as fast as LIBMF on 1 to 3 threads",
      "none",
      "none",
      "",
      "not measured: Downhill has no such program",
    ],
  ]);
});

test("a target with a memory limit is missed by a program that needs more", () => {
  const targets = [{ against: ["pandas"], atLeast: 2, memoryAtMost: 0.5 }] as const;
  const check = (peakBytes: number) =>
    checkTargets(
      { targets },
      [withTime("Downhill", 1, { peakBytes }), withTime("pandas", 3, { peakBytes: 100 })],
      speeds,
    ).targets[0]!;
  deepEqual([check(50).status, check(50).memory], ["met", 0.5]);
  equal(check(51).status, "missed");
});

test("a sum of cases adds the times of the programs that were measured in all cases", () => {
  const sum = sumOfCases(
    articlePrograms,
    [
      caseOf([withTime("Downhill", 1), withTime("NumPy", 40), withTime("PyTorch", 3)]),
      caseOf([withTime("Downhill", 2), withTime("NumPy", 80)], {
        absent: [{ name: "PyTorch", reason: "its process ended" }],
      }),
    ],
    speeds,
  );
  deepEqual(
    sum.programs.map(({ name, seconds }) => [name, seconds.median]),
    [
      ["Downhill", 3],
      ["NumPy", 120],
    ],
  );
  deepEqual(sum.absent, [{ name: "PyTorch", reason: "its process ended" }]);
  equal(sum.targets[0]!.ratio!.median, 40);
  deepEqual(targetRows(sum)[0], [
    "30 × as fast as NumPy (stretch goal 60 ×)",
    "Downhill",
    "NumPy",
    "40.0 × (40.0 to 40.0)",
    "met",
  ]);
});

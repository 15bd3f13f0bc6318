import { deepEqual, equal, ok } from "node:assert/strict";
import { test } from "vitest";
import { caseText } from "../../src/report/terminal.ts";
import { verdictsOf } from "../../src/run/checkTargets.ts";
import { together } from "../../src/run/sumOfCases.ts";
import { type Element, twoThreadsTarget } from "../../src/workload.ts";
import { W1 } from "../../workloads/articles.ts";
import { caseOf, figure, floors, scattered } from "./exampleResults.ts";

const exactly = (median: number) => ({ median, low: median, high: median });

test("a target is the best peer's median over Downhill's", () => {
  const figures = [figure("Downhill", 2), figure("NumPy", 5), figure("NumPy", 4), figure("PyTorch", 1)];
  const { targets, floor } = verdictsOf(
    {
      floor: { bytes: 10, multiplyAdds: 50 },
      targets: [
        { against: ["NumPy"], atLeast: 2 },
        { against: ["PyTorch"], atLeast: 0.6 },
        { against: ["LIBMF"], atLeast: 1 },
      ],
    },
    figures,
    floors,
  );
  deepEqual(
    targets.map(({ ratio, standing }) => [ratio?.median, standing]),
    [
      [2, "met"],
      [0.5, "missed"],
      [undefined, undefined],
    ],
  );
  deepEqual(floor, { seconds: 1, of: "reading", share: exactly(0.5) });
});

test("a floor has a share to reach, and is of the element that is computed in", () => {
  const of = (bytes: number, element: Element) => {
    const floor = { bytes, multiplyAdds: 100, element, atLeast: 0.4, stretch: 0.6 };
    return verdictsOf({ floor, targets: [] }, [figure("Downhill", 2)], floors).floor;
  };
  deepEqual(of(12, "float64"), { seconds: 1.2, of: "reading", share: exactly(0.6), atLeast: 0.4, stretch: 0.6 });
  deepEqual(of(4, "float32"), { seconds: 0.5, of: "multiply-adds", share: exactly(0.25), atLeast: 0.4, stretch: 0.6 });
});

test("on two threads the best peer on one or two counts, or Downhill itself on one", () => {
  const two = { threads: 2 };
  const figures = [figure("Downhill", 4), figure("Downhill", 2.5, two), figure("NumPy", 4), figure("NumPy", 5, two)];
  const { targets } = verdictsOf(
    {
      floor: { bytes: 30 },
      targets: [
        { against: ["NumPy"], atLeast: 2, threads: 2 },
        twoThreadsTarget,
        { ...twoThreadsTarget, orOfFloor: 0.9 },
        { against: ["NumPy"], atLeast: 1, threads: 3 },
      ],
    },
    figures,
    floors,
  );
  deepEqual(
    targets.map(({ ratio, share, standing }) => [ratio?.median, share?.median, standing]),
    [
      [1.6, undefined, "missed"], // not 2: NumPy is faster on one thread than on two
      [1.6, 0.8, "met"], // 1.7 is missed, but 2 s of reading are 80 % of 2.5 s
      [1.6, 0.8, "missed"],
      [undefined, undefined, undefined],
    ],
  );
});

test("a target within the scatter of the runs is neither met nor missed", () => {
  const standing = (atLeast: number) => {
    const figures = [scattered("Downhill", [9, 10, 11]), scattered("LIBMF", [11, 12, 13])];
    return verdictsOf({ targets: [{ against: ["LIBMF"], atLeast }] }, figures, floors).targets[0]!;
  };
  // quartiles of 9, 10, 11 are 9.5 and 10.5, of 11, 12, 13 they are 11.5 and 12.5
  deepEqual(standing(1).ratio, { median: 1.2, low: 11.5 / 10.5, high: 12.5 / 9.5 });
  deepEqual(
    [1, 1.09, 1.2, 1.31, 1.32].map((atLeast) => standing(atLeast).standing),
    ["met", "met", "undecided", "undecided", "missed"],
  );
  const text = caseText(caseOf([scattered("Downhill", [9, 10, 11])], { targets: [standing(1.2)] }));
  ok(text.includes("Target 1.2 × LIBMF: not decided, it lies within the scatter, 1.20 (1.10 to 1.32) × LIBMF."), text);
});

test("a row that does not reach the optimum neither meets a target nor is one to beat", () => {
  const targets = [{ against: ["scikit-learn"], atLeast: 1 }] as const;
  const [far, near] = [{ gap: 1e-3 }, { gap: 1e-8 }];
  const verdict = (ours: object, theirs: object) =>
    verdictsOf({ targets }, [figure("Downhill", 1, ours), figure("scikit-learn", 2, theirs)], floors).targets[0]!;
  equal(verdict(near, near).standing, "met");
  equal(verdict(far, near).standing, "missed");
  equal(verdict(near, far).peer, undefined);
});

test("memory is part of a target that names it", () => {
  const targets = [{ against: ["pandas"], atLeast: 2, memoryAtMost: 0.5 }] as const;
  const verdict = (peakBytes: number) =>
    verdictsOf({ targets }, [figure("Downhill", 1, { peakBytes }), figure("pandas", 3, { peakBytes: 100 })], floors)
      .targets[0]!;
  deepEqual([verdict(50).standing, verdict(50).memory], ["met", 0.5]);
  equal(verdict(51).standing, "missed");
});

test("cases together are those who took part in all, their times added", () => {
  const sum = together(
    W1,
    [
      caseOf([figure("Downhill", 1), figure("NumPy", 40), figure("PyTorch", 3)]),
      caseOf([figure("Downhill", 2), figure("NumPy", 80)], {
        absent: [{ name: "PyTorch", reason: "its process ended" }],
      }),
    ],
    floors,
  );
  deepEqual(
    sum.figures.map(({ name, seconds }) => [name, seconds.median]),
    [
      ["Downhill", 3],
      ["NumPy", 120],
    ],
  );
  deepEqual(sum.absent, [{ name: "PyTorch", reason: "its process ended" }]);
  equal(sum.targets[0]!.ratio!.median, 40);
  ok(caseText(sum).includes("Target 30 × NumPy (stretch 60 ×): met, 40.0 (40.0 to 40.0) × NumPy."));
});

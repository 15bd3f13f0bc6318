import type { Floors } from "../machine/lowerBounds.ts";
import type { Workload } from "../workload.ts";
import type { Figure, Measured } from "./caseResult.ts";
import { verdictsOf } from "./checkTargets.ts";
import type { Spread } from "./spread.ts";

/** Several cases as one: the times of those contestants that took part in all of them, added up. */
export function together({ id, title, together }: Workload, cases: readonly Measured[], floors: Floors): Measured {
  const { name, targets } = together!;
  const figures = cases[0]!.figures.flatMap((first): Figure[] => {
    const all = cases.map(({ figures }) => figures.find((figure) => figure.name === first.name));
    if (!all.every((figure) => figure !== undefined)) return [];
    return [
      {
        ...first,
        seconds: all.map(({ seconds }) => seconds).reduce(added),
        firstSeconds: all.reduce((sum, { firstSeconds }) => sum + firstSeconds, 0),
        loss: all.reduce((sum, { loss }) => sum + loss, 0),
        difference: Math.max(...all.map(({ difference }) => Math.abs(difference))),
      },
    ];
  });
  const present = new Set(figures.map((figure) => figure.name));
  const absent = cases.flatMap((measured) => measured.absent).filter((peer) => !present.has(peer.name));
  const different = absent.filter((peer, at) => absent.findIndex(({ name }) => name === peer.name) === at);
  const verdicts = verdictsOf({ targets }, figures, floors);
  const { date } = cases[0]!;
  return { workload: id, title, name, unit: "all loops", date, figures, absent: different, ...verdicts };
}

const added = (a: Spread, b: Spread): Spread => ({
  median: a.median + b.median,
  lowerQuartile: a.lowerQuartile + b.lowerQuartile,
  upperQuartile: a.upperQuartile + b.upperQuartile,
  least: a.least + b.least,
  count: Math.min(a.count, b.count),
});

import type { TopSpeeds } from "../machine/topSpeeds.ts";
import type { Workload } from "../workload.ts";
import type { CaseResult, ProgramResult } from "./caseResult.ts";
import { checkTargets } from "./checkTargets.ts";
import type { Spread } from "./spread.ts";

/** The sum of all cases of a workload, for the programs that were measured in all of them. */
export function sumOfCases({ id, title, sum }: Workload, cases: readonly CaseResult[], speeds: TopSpeeds): CaseResult {
  const { name, unit, targets } = sum!;
  const programs = cases[0]!.programs.flatMap((first): ProgramResult[] => {
    const all = cases.map(({ programs }) => programs.find((program) => program.name === first.name));
    if (!all.every((program) => program !== undefined)) return [];
    return [
      {
        ...first,
        seconds: all.map(({ seconds }) => seconds).reduce(added),
        firstSeconds: all.reduce((sum, { firstSeconds }) => sum + firstSeconds, 0),
        loss: all.reduce((sum, { loss }) => sum + loss, 0),
        lossDifference: Math.max(...all.map(({ lossDifference }) => Math.abs(lossDifference))),
      },
    ];
  });
  const present = new Set(programs.map((program) => program.name));
  const reasons = cases.flatMap((result) => result.absent).filter((program) => !present.has(program.name));
  const absent = reasons.filter((program, i) => reasons.findIndex(({ name }) => name === program.name) === i);
  const { date } = cases[0]!;
  const checked = checkTargets({ targets }, programs, speeds);
  return { workload: id, title, name, unit, date, programs, absent, ...checked };
}

const added = (a: Spread, b: Spread): Spread => ({
  median: a.median + b.median,
  lowerQuartile: a.lowerQuartile + b.lowerQuartile,
  upperQuartile: a.upperQuartile + b.upperQuartile,
  lowest: a.lowest + b.lowest,
  count: Math.min(a.count, b.count),
});

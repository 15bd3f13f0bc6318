// Two processes of an MPI job beside one, as rows of a table.
import { efficiencyOf, efficiencyTarget, type RankTimes } from "../scaling/ranks.ts";
import { formatPercent, formatTime } from "./format.ts";

export const rankColumns = ["an epoch of", "one process", "two ranks", "efficiency", "target", "status"] as const;

export const rankRows = (cases: readonly RankTimes[]): string[][] =>
  cases.map((each) => {
    const isMet = each.isSame && efficiencyOf(each) >= efficiencyTarget;
    return [
      each.name,
      formatTime(each.alone),
      formatTime(each.together),
      formatPercent(efficiencyOf(each)),
      formatPercent(efficiencyTarget),
      each.isSame ? (isMet ? "met" : "missed") : "missed: the parameters differ",
    ];
  });

import { countText, numberText } from "../../numberText.ts";
import { chooseRates, randomStart, useTanh } from "../remedies.ts";
import type { RunContext } from "../runContext.ts";
import { objectiveOf } from "../runView.ts";
import type { Remedy } from "../verdict.ts";
import type { Rule } from "./rule.ts";

const FLAT = 1e-6; // of the first gradient
const WORSE = 1.2; // times the lowest objective of other runs
const CONSTANT = 0.99; // times the objective of the best constant scores

export const stuck: Rule = ({ context, first, last }) => {
  const { shape, lowestObjective = Infinity, constantObjective = Infinity, deadUnits, start } = context;
  if (shape !== "other" || last.gradientNorm === null || !(last.gradientNorm <= FLAT * first.gradientNorm!))
    return null;
  const value = objectiveOf(last);
  const worse = value > WORSE * lowestObjective;
  if (!worse && !(value >= CONSTANT * constantObjective)) return null;
  const dead = deadUnits?.dead ?? 0;
  const causes = [
    worse
      ? `although another run reached ${numberText(lowestObjective)}`
      : "which is no better than a constant prediction",
    ...(start === "zeros" ? ["all hidden units are equal, because the run started at zeros"] : []),
    ...(dead > 0 ? [`${dead} of ${countText(deadUnits!.units, "hidden unit")} are 0 for every row`] : []),
  ];
  return {
    id: "stuck",
    rule: `gradient ≤ ${FLAT} · first, and objective > ${WORSE} · that of another run or ≥ ${CONSTANT} · that of a constant`,
    sentence: `The gradient is almost 0, so the run stays at the objective ${numberText(value)}, ${causes.join("; ")}.`,
    numbers: {
      objective: value,
      gradientNorm: last.gradientNorm,
      ...(worse && { lowestObjective }),
      ...(deadUnits && { dead, units: deadUnits.units }),
    },
    remedies: otherStart(context, dead),
  };
};

/** A random start; after one, an activation whose units cannot die, or an optimizer that takes smaller steps. */
function otherStart(context: RunContext, dead: number): Remedy[] {
  const { start, activation } = context;
  if (start && start !== "random") return [randomStart];
  return [...(activation === "relu" ? [useTanh] : []), ...(dead === 0 ? chooseRates(context) : [])];
}

// The explanations of a result: those about the user's columns, and those that the terminal shows as warnings.
import { explanations, type Finding, type PreparedFit } from "downhill";
import { remedyTexts } from "../diagnosis/remedyFlags.ts";
import { list } from "../errors/quoting.ts";
import type { TrainOptions } from "../options/trainOptions.ts";
import { isTableSpec, type Prepared } from "./prepared.ts";
import type { TrainedRun } from "./trainedRun.ts";

const MANY = 3; // dependent columns; more of them have one sentence

/**
 * The findings without the dependence that the preparation makes: the numbers of a category, one for each value, have the sum 1.
 * If more than 3 columns depend on others, one finding names them.
 */
export function findingsOfTable(findings: readonly Finding[], { spec }: Pick<Prepared, "spec">): Finding[] {
  const numbers = isTableSpec(spec) ? spec.features.map((column) => spec.numbersOf(column)) : [];
  const categories = numbers.filter(({ length }) => length > 1);
  const isMade = ({ columns = [] }: Finding): boolean => {
    const whole = categories.filter((names) => names.every((name) => columns.includes(name))).flat();
    return columns.length > 1 && columns.every((name) => whole.includes(name));
  };
  const isDependent = ({ code, columns = [] }: Finding): boolean => code === "collinear" && columns.length > 1;
  const own = findings.filter((finding) => !isMade(finding));
  const dependent = own.filter(isDependent);
  if (dependent.length <= MANY) return own;
  const columns = dependent.map(({ columns }) => columns![0]!);
  const { numbers: facts } = dependent[0]!;
  const sentence =
    `${columns.length} columns are sums of multiples of other columns and a constant: ${list(columns)}. ` +
    (facts["l2"]! > 0
      ? "Only the penalty determines how the weights are divided among them."
      : "Many weights of these columns give the same loss, so single weights have no meaning; leave out some columns, or set a penalty (--l2).");
  const together: Finding = {
    code: "collinear",
    sentence,
    numbers: { columns: columns.length, l2: facts["l2"]! },
    columns,
    remedies: [],
  };
  return own.flatMap((finding) => (finding === dependent[0] ? [together] : isDependent(finding) ? [] : [finding]));
}

/** The columns that are constant or depend on others, before the training. */
export function dependentColumns({ problem, columns }: PreparedFit<unknown>, prepared: Prepared): Finding[] {
  const found = explanations(problem, new Float64Array(problem.size), columns ? { names: columns } : {});
  return findingsOfTable(
    found.filter(({ code }) => code === "collinear"),
    prepared,
  );
}

/** A finding of a run with these options, and what helps. */
export const findingText = ({ sentence, remedies }: Finding, options: TrainOptions): string =>
  [sentence, ...remedyTexts(remedies, options)].join(" ");

/**
 * The findings that ask the user for a decision, as sentences. The terminal prints the others in another way: the noise with the
 * forecast, the loss without the penalty in the table, a model that is not better than a constant below the table, and separable
 * classes with the certificate, so that only the remedy remains.
 */
export function warningsOf({ findings, stopped, train, heldOut, options }: TrainedRun): string[] {
  const { modelIs } = (heldOut ?? train).baseline;
  const isWarning: Readonly<Record<Finding["code"], (finding: Finding) => boolean>> = {
    separable: ({ remedies }) => remedies.length > 0 && stopped !== "separable",
    constant: () => modelIs === "better",
    deadUnits: () => true,
    collinear: () => true,
    plottedLoss: () => false,
    noiseFloor: () => false,
  };
  return findings
    .filter((finding) => isWarning[finding.code](finding))
    .map((finding) =>
      finding.code === "separable" ? remedyTexts(finding.remedies, options).join(" ") : findingText(finding, options),
    );
}

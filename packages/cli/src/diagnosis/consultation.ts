// A diagnosis as text and as JSON.
import { formatCount, formatNumber } from "@downhill/plots/format";
import type { CurvatureReport, Diagnosis, Finding, Forecast } from "downhill";
import type { TrainOptions } from "../options/trainOptions.ts";
import type { Text } from "../terminal/text.ts";
import { marksOf } from "./marks.ts";
import { alternatives, remedyTexts } from "./remedyFlags.ts";
import { rulerText } from "./rulerText.ts";

/** A block of the consultation: lines of text, or the rows of a table. */
export type Block = { readonly title: string } & (
  | { readonly lines: readonly Text[] }
  | { readonly rows: readonly (readonly string[])[] }
);

/** The blocks of the consultation of a training with these options, with findings about the columns, for a terminal of this width. */
export function consultation(
  diagnosis: Diagnosis,
  findings: readonly Finding[],
  options: TrainOptions,
  terminal: { readonly columns: number; readonly utf8: boolean },
): Block[] {
  const { forecast, constantRate, curvature, standardized, sentences, remedies } = diagnosis;
  const ruler = rulerText(constantRate.zones, marksOf(diagnosis), terminal);
  return [
    { title: "Answer", lines: [...forecast.sentences, ...alternatives(remedyTexts(remedies, options))] },
    { title: "Learning rates", lines: ruler },
    {
      title: "Reasons",
      lines: [...sentences.slice(forecast.sentences.length), ...findings.map(({ sentence }) => sentence)],
    },
    { title: "Sweep", rows: sweepRows(diagnosis) },
    { title: "Curvature", rows: curvatureRows(curvature, standardized) },
  ].filter((block) => ("lines" in block ? block.lines!.length : block.rows!.length) > 0) as Block[];
}

function curvatureRows({ raw, standardized }: Diagnosis["curvature"], isStandardized: boolean | null): string[][] {
  const reports = isStandardized === null ? [raw] : [raw, standardized];
  const row = (name: string, of: (report: CurvatureReport) => number | null): string[] => [
    name,
    ...reports.map((report) => numberOr(of(report), "not known")),
  ];
  const head = isStandardized === null ? ["", "ratings"] : ["", "columns as they are", "standardized columns"];
  return [
    head,
    row("largest curvature", ({ largest }) => largest),
    row("smallest curvature", ({ smallest }) => smallest),
    row("condition number", ({ condition }) => condition),
    row("full-batch limit, 2 / largest", ({ largest }) => (largest > 0 ? 2 / largest : null)),
  ];
}

const numberOr = (value: number | null, word: string): string => (value === null ? word : formatNumber(value));

/** The short runs in the order of the rates; the runs that diverged come last, after those that ended above their start. */
function sweepRows({ sweep: { trials, best }, forecast }: Diagnosis): string[][] {
  const outcomes = ["finished", "ended above its start", "diverged"] as const;
  const ordered = outcomes.flatMap((outcome) => trials.filter((trial) => trial.outcome === outcome));
  return [
    ["learning rate", "updates", "objective", ""],
    ...ordered.map(({ learningRate, updates, objective, outcome }) => [
      formatNumber(learningRate),
      formatCount(updates),
      objective === null ? outcome : formatNumber(objective),
      [
        ...(learningRate === best ? ["lowest"] : []),
        ...(learningRate === forecast.learningRate ? ["this run"] : []),
      ].join(", "),
    ]),
  ];
}

/** The diagnosis as JSON: the numbers of the library, without its functions. */
export const jsonConsultation = ({ forecast, constantRate, ...facts }: Diagnosis): object => ({
  ...facts,
  forecast: jsonForecast(forecast),
  constantRate: jsonForecast(constantRate),
});

/** The forecast as JSON. A zone without an end has the end null. */
export function jsonForecast({ objectiveAfter: _, ...numbers }: Forecast): object {
  return numbers;
}

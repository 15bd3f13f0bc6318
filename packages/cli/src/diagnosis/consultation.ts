// A diagnosis as text and as JSON.
import { formatCount, formatNumber } from "@downhill/plots/format";
import type { CurvatureReport, Diagnosis, Forecast } from "downhill";
import type { Text } from "../terminal/text.ts";
import { marksOf } from "./marks.ts";
import { remedyText } from "./remedyFlags.ts";
import { rulerText } from "./rulerText.ts";

/** A block of the consultation: lines of text, or the rows of a table. */
export type Block = { readonly title: string } & (
  | { readonly lines: readonly Text[] }
  | { readonly rows: readonly (readonly string[])[] }
);

/** The blocks of the consultation, for a terminal of this width. */
export function consultation(
  diagnosis: Diagnosis,
  terminal: { readonly columns: number; readonly utf8: boolean },
): Block[] {
  const { constantRate, curvature, standardized, sentences, remedies } = diagnosis;
  const marks = marksOf(diagnosis);
  const ruler = rulerText(constantRate.zones, marks, terminal);
  return [
    { title: "Learning rates", lines: ruler },
    { title: "Findings", lines: sentences },
    { title: "Curvature", rows: curvatureRows(curvature, standardized) },
    { title: "Sweep", rows: sweepRows(diagnosis) },
    { title: "What helps", lines: remedies.map(remedyText) },
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
    row("2 / largest curvature", ({ largest }) => (largest > 0 ? 2 / largest : null)),
  ];
}

const numberOr = (value: number | null, word: string): string => (value === null ? word : formatNumber(value));

/** The short runs in the order of the rates; the runs that diverged come last. */
function sweepRows({ sweep: { trials, best }, forecast }: Diagnosis): string[][] {
  const finite = trials.filter(({ objective }) => objective !== null);
  const diverged = trials.filter(({ objective }) => objective === null);
  const remarkOn = (rate: number, words: readonly string[] = []): string =>
    [...words, ...(rate === forecast.learningRate ? ["this run"] : [])].join(", ");
  return [
    ["learning rate", "updates", "loss with penalty", ""],
    ...finite.map(({ learningRate, updates, objective }) => [
      formatNumber(learningRate),
      formatCount(updates),
      formatNumber(objective!),
      remarkOn(learningRate, learningRate === best ? ["lowest"] : []),
    ]),
    ...diverged.map(({ learningRate, divergedAt }) => [
      formatNumber(learningRate),
      formatCount(divergedAt ?? 0),
      "diverged",
      remarkOn(learningRate),
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

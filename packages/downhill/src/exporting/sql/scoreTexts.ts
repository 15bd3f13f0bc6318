// Linear scores as SQL.
import { splineNumbers } from "../../tables/preparation/expansion.ts";
import type { Expansion, Preparation } from "../../tables/preparation/preparation.ts";
import type { ModelForm } from "../modelForm.ts";
import { type CategoryTexts, columnTexts, type NumberTexts } from "./columnTexts.ts";
import { caseText, nameText, numberText } from "./sqlText.ts";

/** The scores of a model, and the names of features that several terms need, with their expressions. */
export interface ScoreTexts {
  readonly scores: readonly string[];
  readonly named: readonly (readonly [name: string, value: string])[];
}

/**
 * The scores: intercept + Σ weight · (feature − mean) for each score.
 *
 * @param featureName  a name for the feature at a position
 */
export function scoreTexts(form: ModelForm, featureName: (position: number) => string): ScoreTexts {
  const { preparation } = form;
  const columns: (NumberTexts | CategoryTexts)[] =
    preparation === null
      ? form.names!.map((name) => ({ features: [`CAST(${nameText(name)} AS DOUBLE PRECISION)`] }))
      : columnTexts(preparation);
  const expansion = preparation?.expansion ?? null;
  const expanded = new Set(positionsIn(expansion));
  const named: [string, string][] = [];
  const terms: TermsOfScore[] = [];
  let start = 0;
  for (const column of columns) {
    const first = start;
    if ("width" in column) {
      terms.push((weight, shift) => [categoryTerm(column, first, weight, shift)]);
      start += column.width;
      continue;
    }
    column.features.forEach((text, k) => {
      const position = first + k;
      const name = featureName(position);
      if (expanded.has(position)) named.push([name, text]);
      terms.push(numberTerm(position, expanded.has(position) ? name : text));
    });
    start += column.features.length;
  }
  const further = expansion === null ? [] : expansionTexts(expansion, preparation!, featureName);
  terms.push(...further.map((text, k) => numberTerm(start + k, text)));
  return { scores: scoresOf(form, terms), named };
}

/** The terms of a column in a score, from the weight and the shift of each feature. */
type TermsOfScore = (weight: (feature: number) => number, shift: (feature: number) => number) => string[];

const numberTerm =
  (position: number, text: string): TermsOfScore =>
  (weight, shift) => [
    `${numberText(weight(position))} * ${shift(position) === 0 ? `(${text})` : `(${text} - ${numberText(shift(position))})`}`,
  ];

/** One number for each case: Σ weight · (feature − mean) over the features of the column. */
function categoryTerm(
  { width, cases, otherwise }: CategoryTexts,
  start: number,
  weight: (feature: number) => number,
  shift: (feature: number) => number,
): string {
  const sumOf = (one: number | null): string => {
    if (one === null) return "NULL";
    let sum = 0;
    for (let k = 0; k < width; k++) sum += weight(start + k) * (Number(k === one) - shift(start + k));
    return numberText(sum);
  };
  return caseText(
    cases.map(([condition, feature]) => [condition, sumOf(feature)]),
    sumOf(otherwise),
  );
}

function scoresOf({ layers, scaling, features }: ModelForm, terms: readonly TermsOfScore[]): string[] {
  const { weights, intercepts } = layers[0]!;
  return Array.from(intercepts, (intercept, c) =>
    [
      numberText(intercept),
      ...terms.flatMap((of) =>
        of(
          (j) => weights[c * features + j]! / (scaling?.scale[j] ?? 1),
          (j) => scaling?.shift[j] ?? 0,
        ),
      ),
    ].join(" + "),
  );
}

const positionsIn = (expansion: Expansion | null): number[] =>
  expansion === null
    ? []
    : expansion.type === "quadratic"
      ? expansion.products.flat()
      : expansion.splines.map(({ feature }) => feature);

/** The features of an expansion; see `putExpansion`. */
function expansionTexts(
  expansion: Expansion,
  { means }: Preparation,
  featureName: (position: number) => string,
): string[] {
  if (expansion.type === "quadratic") {
    const centred = (j: number): string => `(${featureName(j)} - ${numberText(means[j]!)})`;
    return expansion.products.map(([i, j]) => `${centred(i)} * ${centred(j)}`);
  }
  return expansion.splines.flatMap(({ feature, knots }) => {
    const { before, last, unit, slopes, shares } = splineNumbers(knots);
    const x = featureName(feature);
    const cube = (knot: number): string => {
      const above = `(${x} - ${numberText(knot)})`;
      return `(${above} / ${numberText(unit)}) * (${above} / ${numberText(unit)}) * ${above}`;
    };
    const cubeAtEnd = (knot: number): number => ((last - knot) / unit) * ((last - knot) / unit) * (last - knot);
    return knots.slice(0, -2).map((knot, j) => {
      const atEnd = cubeAtEnd(knot) - cubeAtEnd(before) * shares[j]!;
      return caseText([
        [`${x} <= ${numberText(knot)}`, "0e0"],
        [`${x} <= ${numberText(before)}`, cube(knot)],
        [`${x} <= ${numberText(last)}`, `${cube(knot)} - ${numberText(shares[j]!)} * ${cube(before)}`],
        [
          `${x} > ${numberText(last)}`,
          `${numberText(atEnd)} + ${numberText(slopes[j]!)} * (${x} - ${numberText(last)})`,
        ],
      ]);
    });
  });
}

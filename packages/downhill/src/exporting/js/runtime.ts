// The code of an exported module. The build bundles it into one script, which `exportJs` writes in front of the model.
import { InputRangeError, InputTypeError, show } from "../../core/check.ts";
import type { Label } from "../../core/label.ts";
import { libraryDialect } from "../../tables/libraryDialect.ts";
import { prepareRows } from "../../tables/preparation/prepareRows.ts";
import { readWith } from "../../tables/reading/readWith.ts";
import type { ModelForm } from "../modelForm.ts";
import { predictionOf, probabilitiesOf, scoresOf } from "./scoring.ts";

/** A row: cells by the names of the columns, or numbers in their order. */
export type Row = Readonly<Record<string, unknown>> | readonly unknown[];

/** The functions of an exported module. */
export interface Module {
  readonly predict: (row: Row) => Label | number;
  readonly scores: (row: Row) => number[];
  readonly probabilities: (row: Row) => number[];
}

/** The functions of an exported module. `text` is the JSON of a `ModelForm`. */
export function moduleOf(text: string): Module {
  const form = formOf(text);
  const scores = (functionName: string, row: Row): Float64Array =>
    scoresOf(functionName, featuresOf(functionName, row, form), form);
  return {
    predict: (row) => predictionOf(scores("predict", row), form),
    scores: (row) => [...scores("scores", row)],
    probabilities: (row) => probabilitiesOf(scores("probabilities", row)),
  };
}

/** The form with typed arrays, as `dot` needs them. */
function formOf(text: string): ModelForm {
  const form = JSON.parse(text) as ModelForm;
  const layers = form.layers.map((layer) => ({ ...layer, weights: Float64Array.from(layer.weights) }));
  return { ...form, layers };
}

/** The features of a row. */
function featuresOf(functionName: string, row: Row, { preparation, names, features }: ModelForm): ArrayLike<number> {
  if (names === null) return numbersOf(functionName, row, features);
  const columns = preparation?.columns.map(({ name }) => name) ?? names;
  if (row === null || typeof row !== "object" || Array.isArray(row)) {
    throw new InputTypeError(
      `${functionName}: the row must be a record, got ${show(row)}. Pass { ${show(columns[0])}: … }.`,
    );
  }
  if (preparation !== null) {
    const rules = new Map(preparation.columns.map(({ name, read }) => [name, read]));
    const dialect = { ...libraryDialect(functionName), locate: () => "the row" };
    return prepareRows(preparation, readWith([row], rules, dialect), dialect).X.data;
  }
  const cells = row as Readonly<Record<string, unknown>>;
  return names.map((name) =>
    finite(functionName, `column ${show(name)}`, Object.hasOwn(cells, name) ? cells[name] : undefined),
  );
}

function numbersOf(functionName: string, row: Row, features: number): readonly number[] {
  if (!Array.isArray(row) || row.length !== features) {
    throw new InputTypeError(
      `${functionName}: the row must be an array of ${features} numbers, got ${show(row)}. Pass one number per column.`,
    );
  }
  return row.map((value, j) => finite(functionName, `column ${j}`, value));
}

function finite(functionName: string, name: string, value: unknown): number {
  if (Number.isFinite(value)) return value as number;
  throw new InputRangeError(`${functionName}: ${name} must be a finite number, got ${show(value)}. Supply the number.`);
}

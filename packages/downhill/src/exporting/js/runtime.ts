// The code of an exported module. The build bundles it into one script, which `exportJs` writes in front of the model.
import { InputRangeError, InputTypeError, show } from "../../core/check.ts";
import type { Label } from "../../core/label.ts";
import type { ModelForm } from "../modelForm.ts";
import { predictionOf, probabilitiesOf, scoresOf } from "./scoring.ts";

/** A row: numbers by the names of the columns, or in their order. */
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
function featuresOf(functionName: string, row: Row, { names, features }: ModelForm): readonly number[] {
  if (names === null) return numbersOf(functionName, row, features);
  if (row === null || typeof row !== "object" || Array.isArray(row)) {
    throw new InputTypeError(
      `${functionName}: the row must be a record of numbers, got ${show(row)}. Pass { ${show(names[0])}: … }.`,
    );
  }
  return names.map((name) =>
    finite(
      functionName,
      `column ${show(name)}`,
      Object.hasOwn(row, name) ? (row as Record<string, unknown>)[name] : undefined,
    ),
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

import type { Label } from "../../core/label.ts";
import type { DenseColumn } from "../../tables/preparation/preparation.ts";
import { type Exportable, type ModelForm, modelFormOf } from "../modelForm.ts";
import { source } from "./runtime.generated.ts";

/** A model as a program. */
export interface ExportedModule {
  /** The text of an ES module in JavaScript, which imports nothing. */
  readonly module: string;
  /** The text of its types, for a file that ends in .d.ts. */
  readonly types: string;
}

/**
 * Writes a fitted model as an ES module without imports. The module exports `predict` (the class or the number of one row), and
 * for a classifier `classes`, `scores` and, unless it is an SVM, `probabilities`. All results have the same bits as those of the model.
 *
 * A row of a model of `tableModel` is a record of cells as they come, and the module reads and prepares them. A row of another
 * model with names is a record of numbers; without names it is an array of numbers.
 *
 * @param model  a fitted model, except a factorization
 * @throws TypeError for a factorization
 *
 * @example
 * ```ts
 * import { exportJs, linearRegression } from "downhill";
 *
 * const { module, types } = exportJs(linearRegression().fit([{ x: 1 }, { x: 2 }], [3, 5]));
 * module.includes("export const predict"); // true
 * types.includes("export declare function predict"); // true
 * ```
 */
export function exportJs(model: Exportable): ExportedModule {
  const form = modelFormOf("exportJs", model);
  return { module: moduleText(form), types: typesText(form) };
}

function moduleText(form: ModelForm): string {
  const data = JSON.stringify(form, (_, value) => (ArrayBuffer.isView(value) ? [...(value as Float64Array)] : value));
  return `// A model of downhill as an ES module. The types are in a file that ends in .d.ts.
${source}
const model = downhill.moduleOf(${literal(data)});
${functionsOf(form)
  .map((name) => `export const ${name} = model.${name};\n`)
  .join("")}${form.classes === null ? "" : `export const classes = ${listText(form.classes)};\n`}`;
}

/** The names of the functions that a module exports. */
function functionsOf({ classes, link }: ModelForm): string[] {
  if (classes === null) return ["predict"];
  return link === "sign" ? ["predict", "scores"] : ["predict", "scores", "probabilities"];
}

function typesText(form: ModelForm): string {
  const { classes, names, layers, preparation } = form;
  const result = classes === null ? "number" : classes.map(labelText).join(" | ");
  const texts: Record<string, string> = {
    predict: `/** The ${classes === null ? "predicted number" : "class"} of a row. */
export declare function predict(row: Row): ${result};
`,
    scores: `/** The scores of a row${layers.at(-1)!.outputs === 1 ? "; the second class has the scores above 0" : ", one per class"}. */
export declare function scores(row: Row): number[];
`,
    probabilities: `/** The probabilities of a row, in the order of the classes. */
export declare function probabilities(row: Row): number[];
`,
  };
  const columns = preparation?.columns.map(columnType) ?? names?.map((name) => columnText(name, "number"));
  const row =
    columns === undefined
      ? `export type Row = readonly [${new Array(form.features).fill("number").join(", ")}];`
      : `export interface Row {\n${columns.join("")}}`;
  return `// The types of a model of downhill.

/** A row: the columns that the model uses. */
${row}
${functionsOf(form)
  .map((name) => texts[name])
  .join(
    "",
  )}${classes === null ? "" : `/** The classes. */\nexport declare const classes: readonly ${listText(classes)};\n`}`;
}

/** A member of the type of a row. */
const columnText = (name: string, type: string): string => `  readonly ${literal(name)}: ${type};\n`;

const cellTypes: Readonly<Record<DenseColumn["read"]["kind"], string>> = {
  number: "number | bigint | string",
  boolean: "boolean | number | string",
  category: "string | number | bigint | boolean",
  ordinal: "string | number | bigint | boolean",
  date: "Date | string",
  time: "string",
};

/** A column that the preparation reads; null and undefined are missing cells, where these are no error. */
const columnType = ({ name, read, encoding }: DenseColumn): string =>
  columnText(
    name,
    (encoding.type === "oneHot" ? encoding.missing : encoding.fill) === null
      ? cellTypes[read.kind]
      : `${cellTypes[read.kind]} | null | undefined`,
  );

const listText = (labels: readonly Label[]): string => `[${labels.map(labelText).join(", ")}]`;

const labelText = (label: Label): string => (typeof label === "string" ? literal(label) : String(label));

/**
 * A text as a literal of JavaScript. Characters that would end a line or a script element, and halves of surrogate pairs, have
 * escapes.
 */
const literal = (text: string): string =>
  JSON.stringify(text).replace(
    /[<\u2028\u2029\u007f-\u009f\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

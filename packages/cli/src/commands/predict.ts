// downhill predict: writes one prediction per row of DATA, in the order of the rows.
import { formatCount } from "@downhill/plots/format";
import type {
  EstimatorModel,
  Explanation,
  FittedClassifier,
  FittedFactorization,
  FittedRegression,
  Label,
} from "downhill";
import { exitCodes, UsageError } from "../errors/errors.ts";
import { show } from "../errors/quoting.ts";
import { hasProbabilities, isClassifier } from "../model/metrics.ts";
import { predictorOf, readModel } from "../model/modelFile.ts";
import type { PredictOptions } from "../options/otherOptions.ts";
import { requireNoTableOptions } from "../options/svmlightOptions.ts";
import { checkOutputs } from "../output/checkOutputs.ts";
import { type ColumnFile, columnFile } from "../output/columnFiles.ts";
import { dataFiles } from "../output/dataFiles.ts";
import { type Inputs, type InputTable, withInputs } from "../stream/inputTable.ts";
import { identifier } from "../table/files/sqlText.ts";
import type { Columns } from "../table/writeTable.ts";
import { shellWord } from "../terminal/shellWord.ts";
import type { Terminal } from "../terminal/terminal.ts";

const command = "predict";

/** Runs `downhill predict MODEL DATA`. */
export async function predictCommand(
  { model: path, data }: { readonly model: string; readonly data: string },
  options: PredictOptions,
  { stdin, stdout, stderr }: Terminal,
): Promise<number> {
  const { out, keep = [], probabilities, explain, force = false } = options;
  const file = columnFile(command, out, "predictions");
  if (out !== undefined) {
    const inputs = [{ what: "the model", path }, ...(await dataFiles(command, data))];
    const outputs = [{ option: "--out", path: out, kind: "predictions", heads: headsOf(keep, file) }] as const;
    checkOutputs(command, { outputs, inputs, force });
  }
  const model = readModel(command, path);
  const { fitted } = predictorOf(model);
  if (explain && !("coefficients" in fitted)) {
    throw new UsageError(
      `${command}: --explain needs a model with linear scores, but the model is a ${fitted.kind}. ` +
        "Leave out --explain, or train a linear, logistic, softmax or svm model.",
    );
  }
  if (probabilities && !hasProbabilities(fitted)) {
    throw new UsageError(
      `${command}: the model ${fitted.kind}${isClassifier(fitted) ? "" : " predicts numbers, and"} has no probabilities. ` +
        "Leave out --probabilities, or train a logistic or softmax model.",
    );
  }
  if (model.kind === "svmlight") requireNoTableOptions(command, data, options);
  return withInputs(command, model, { data: { ...options, data, stdin }, keep, explain }, async (table) => {
    const parts = predictedParts(fitted, table, probabilities);
    const first = parts.next().value!;
    requireOtherNames(
      keep,
      first.slice(keep.length).map(([name]) => name),
    );
    for (const note of table.notes) stderr.line(note);
    const replaced = await file.write(from(first, parts), { stdout });
    if (out === undefined) return exitCodes.ok;
    const rows = formatCount(table.rows);
    stderr.line(`${rows} predictions written to ${out}${replaced ? " (replaced the existing file)" : ""}`);
    return exitCodes.ok;
  });
}

function* from(first: Columns, others: Iterable<Columns>): Generator<Columns, void> {
  yield first;
  yield* others;
}

/** The kept columns and the columns of predictions, part by part. */
function* predictedParts(
  fitted: EstimatorModel,
  table: InputTable,
  probabilities: boolean | undefined,
): Generator<Columns, void> {
  const labels = "classes" in fitted ? { labels: fitted.classes } : {};
  for (const { inputs, kept } of table.parts()) {
    const columns: Columns = [...kept, ["prediction", predictions(fitted, inputs), labels]];
    if (inputs.kind === "features") {
      if (probabilities) columns.push(...probabilityColumns(fitted as FittedClassifier, inputs));
      if (inputs.explanation !== null) columns.push(...contributionColumns(fitted, inputs.explanation));
    }
    yield columns;
  }
}

/** How a file of predictions begins: with the kept columns of this run, or without any. */
function headsOf(keep: readonly string[], file: ColumnFile): string[] {
  const heads = [[...keep, "prediction"], ["prediction"]].map((names) => file.head(names));
  return [...new Set(heads)].filter((head) => head !== undefined);
}

const probabilityName = (label: Label): string => `probability_${label}`;

/** @throws UsageError when a kept column has the name of a column of predictions */
function requireOtherNames(keep: readonly string[], columns: readonly string[]): void {
  const name = keep.find((each) => columns.includes(each));
  if (name === undefined) return;
  const [old, other] = [name, `old_${name}`].map((each) => (/^[a-z_]\w*$/i.test(each) ? each : identifier(each)));
  const renamed = `SELECT * RENAME (${old} AS ${other}) FROM 'data.csv'`;
  throw new UsageError(
    `${command}: --keep names the column ${show(name)}, but a column of predictions has the same name. ` +
      `Rename it in a query, such as ${shellWord(renamed)}, and keep ${show(`old_${name}`)}.`,
  );
}

function predictions(fitted: unknown, inputs: Inputs): ArrayLike<Label> {
  if (inputs.kind === "pairs") return (fitted as FittedFactorization).predict(inputs.users, inputs.items);
  return (fitted as FittedClassifier | FittedRegression).predict(inputs.X);
}

function probabilityColumns(fitted: FittedClassifier, { X }: Extract<Inputs, { kind: "features" }>): Columns {
  const { data, rows, columns } = fitted.probabilities(X);
  return fitted.classes.map((label, k) => [
    probabilityName(label),
    Float64Array.from({ length: rows }, (_, i) => data[i * columns + k]!),
  ]);
}

/** The base and the contributions of the columns to the scores; of several scores, those of each class. */
function contributionColumns(fitted: object, { base, contributions }: Explanation): Columns {
  const { classes = [] } = fitted as { readonly classes?: readonly Label[] };
  return contributions.flatMap(({ data, rows, columns, names }, score) => {
    const prefix = contributions.length === 1 ? "" : `${classes[score]}_`;
    const column = (of: (row: number) => number) => Float64Array.from({ length: rows }, (_, row) => of(row));
    return [
      [`${prefix}base`, column(() => base[score]!)],
      ...names!.map((name, j) => [`${prefix}from_${name}`, column((row) => data[row * columns + j]!)]),
    ] as Columns;
  });
}

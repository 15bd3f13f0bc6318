// downhill export: writes a model for another program.
import {
  exportCoefficients,
  exportJs,
  exportOnnx,
  exportSql,
  type FittedModel,
  type Label,
  type SqlOptions,
} from "downhill";
import { DataError, exitCodes, isInputError, UsageError } from "../errors/errors.ts";
import { list, show } from "../errors/quoting.ts";
import { readFitted } from "../model/modelFile.ts";
import type { ExportOptions } from "../options/otherOptions.ts";
import { checkOutputs } from "../output/checkOutputs.ts";
import { writeOutput } from "../output/writeOutput.ts";
import type { Terminal } from "../terminal/terminal.ts";

const command = "export";

/** A file and its content. */
type ExportedFile = readonly [path: string, content: string | Uint8Array];

/** Runs `downhill export MODEL --to FORMAT --out FILE`. */
export async function exportCommand(path: string, options: ExportOptions, { stderr }: Terminal): Promise<number> {
  const { to, out, force = false } = options;
  requireSqlOptions(options);
  const paths = to === "js" ? [out, typesPath(out)] : [out];
  checkOutputs(command, {
    outputs: paths.map((each) => ({ option: "--out", path: each, kind: "export" as const })),
    inputs: [{ what: "the model", path }],
    force,
  });
  const fitted = readFitted(command, path);
  requireExpressible(fitted, options);
  for (const [file, content] of contents(fitted, options)) {
    const replaced = await writeOutput(file, content);
    stderr.line(`${file} written${replaced ? " (replaced the existing file)" : ""}`);
  }
  return exitCodes.ok;
}

/** The files, or an error of the library with the name of the command. */
function contents(fitted: FittedModel, options: ExportOptions): ExportedFile[] {
  try {
    return filesOf(fitted, options);
  } catch (error) {
    if (!isInputError(error)) throw error;
    const message = error.message.replace(/^\w+: /, `${command}: `).replace("exportJs", "--to js");
    throw options.probability === undefined && options.score === undefined
      ? new DataError(message)
      : new UsageError(message);
  }
}

function filesOf(fitted: FittedModel, options: ExportOptions): ExportedFile[] {
  const { to, out } = options;
  switch (to) {
    case "onnx":
      return [[out, exportOnnx(fitted)]];
    case "js": {
      const { module, types } = exportJs(fitted);
      return [
        [typesPath(out), types],
        [out, module],
      ];
    }
    case "sql": {
      const start =
        "-- A model of downhill as one expression: SELECT *, (the expression) AS prediction FROM your_table";
      return [[out, `${start}\n${exportSql(fitted, sqlOptions(fitted, options))}\n`]];
    }
    case "coefficients":
      return [[out, `${JSON.stringify(exportCoefficients(fitted), null, 2)}\n`]];
  }
}

/** The path of the types of a module: model.d.ts for model.js, model.d.mts for model.mjs. */
function typesPath(out: string): string {
  const [, start, ending] = /^(.*)\.(m?)js$/su.exec(out) ?? [];
  if (start !== undefined) return `${start}.d.${ending}ts`;
  throw new UsageError(
    `${command}: --out must end in .js or .mjs with --to js, got ${show(out)}. Use one of these endings.`,
  );
}

/** @throws DataError for a kind of model that the format cannot express */
function requireExpressible(fitted: FittedModel, { to }: ExportOptions): void {
  if (fitted.kind === "factorization" || fitted.kind === "ratings") {
    throw new DataError(
      `${command}: the model must predict from columns, got a factorization. Use downhill predict or downhill recommend.`,
    );
  }
  const { kind } = fitted.kind === "table" ? fitted.model : fitted;
  if (kind === "network" && (to === "sql" || to === "coefficients")) {
    throw new DataError(
      `${command}: the model must have linear scores with --to ${to}, got a network. Use --to onnx or --to js.`,
    );
  }
  if (to === "sql" && "names" in fitted && fitted.names === null) {
    throw new DataError(
      `${command}: the columns must have names with --to sql, but this model has numbered columns. Use --to js or --to onnx.`,
    );
  }
  if (to === "coefficients" && "threshold" in fitted && fitted.threshold !== null) {
    throw new DataError(
      `${command}: coefficients cannot contain the threshold ${fitted.threshold} of the model. Use --to onnx, --to js or --to sql.`,
    );
  }
}

function requireSqlOptions({ to, probability, score }: ExportOptions): void {
  if (to === "sql" || (probability ?? score) === undefined) return;
  const option = probability === undefined ? "--score" : "--probability";
  throw new UsageError(`${command}: ${option} belongs to --to sql, got --to ${to}. Leave out ${option}.`);
}

/** The options of the library, with classes of the model. */
function sqlOptions(fitted: FittedModel, { probability, score }: ExportOptions): SqlOptions {
  if (probability !== undefined) return { probability: classOf(fitted, "--probability", probability) };
  return score === undefined ? {} : { score: classOf(fitted, "--score", score) };
}

function classOf(fitted: FittedModel, option: string, text: string): Label {
  const classes: readonly Label[] = "classes" in fitted ? fitted.classes : [];
  const label = classes.find((each) => String(each) === text);
  if (label !== undefined) return label;
  const advice = classes.length > 0 ? `Choose one of its classes: ${list(classes, 10)}` : `Leave out ${option}`;
  throw new UsageError(`${command}: ${option} ${show(text)} is not a class of the model. ${advice}.`);
}

// "Copy command": the command line that trains the model of a state.
import type { TableData } from "downhill";
import type { FileData } from "../files/fileData.ts";
import { kindEntry } from "../state/dataFields.ts";
import { estimatorOptions } from "../state/estimatorOf.ts";
import { initialOf } from "../state/field.ts";
import { holdsOf } from "../state/holdsOf.ts";
import { columnNames, labRun } from "../state/labRun.ts";
import { type LabState, rateFree } from "../state/labState.ts";
import { ratingColumns, targetOf, unusedColumns } from "../state/tableColumns.ts";
import { optimizers } from "../state/trainingFields.ts";
import { commandNeedsSavedFile, savedName, savedReading } from "./savedData.ts";
import { shellWord } from "./shellWord.ts";

/** A command line. */
export interface CommandLine {
  /** The line, as it is typed in a shell. */
  readonly line: string;
  /** The arguments after `downhill`. */
  readonly argv: readonly string[];
  /** The file that the line reads: the user's own one, or the export of the data. */
  readonly file: string;
}

/** The name of the file to which the data of a state are saved. */
export function dataFileName({ data }: LabState): string {
  if (data.kind === "generated") return `${data.generator.name}.csv`;
  if (data.kind === "table") return `${data.table}.csv`;
  return data.kind === "file" ? savedName(data) : "points.csv";
}

/** The file that the command line of a state reads: the user's own one if the command can read it as the page does. */
const readFileName = (state: LabState): string =>
  state.data.kind === "file" && !commandNeedsSavedFile(state.data) ? state.data.name : dataFileName(state);

/**
 * The command line of a state.
 *
 * @param table  the data of the state, as for `labRun`
 */
export function commandLineOf(state: LabState, table: TableData): CommandLine {
  const file = readFileName(state);
  const argv = [
    "train",
    file.startsWith("-") ? `./${file}` : file,
    ...dataFlags(state, table),
    ...modelFlags(state),
    ...descentFlags(state, table),
    "--no-save",
  ];
  return { line: `npx downhill ${argv.map(shellWord).join(" ")}`, argv, file };
}

/** An option with a value that may begin with "-". */
const flag = (name: string, value: string): string[] => (value.startsWith("-") ? [`${name}=${value}`] : [name, value]);

function dataFlags({ data }: LabState, table: TableData): string[] {
  const holds = holdsOf(data);
  const reading = data.kind === "file" ? fileFlags(data) : [];
  if (holds === "ratings") {
    const { user, item, rating } = ratingColumns(data);
    return [...flag("--user", user), ...flag("--item", item), ...flag("--rating", rating), ...reading];
  }
  const target = targetOf(data);
  const kind = holds === "classes" ? "category" : "number";
  return [
    ...flag("--target", target),
    ...flag("--column", `${target}:${kind}`),
    ...unusedColumns(data, columnNames(table)).flatMap((name) => flag("--drop", name)),
    ...reading,
  ];
}

function fileFlags(data: FileData): string[] {
  const { na, kinds } = data;
  const { delimiter, encoding, header } = commandNeedsSavedFile(data) ? { ...savedReading(data), encoding: "" } : data;
  return [
    ...na.flatMap((text) => flag("--na", listItem(text))),
    ...kinds.filter((entry) => isUsed(data, kindEntry(entry)![0])).flatMap((entry) => flag("--column", entry)),
    ...(delimiter === "" ? [] : ["--delimiter", delimiter === "\t" ? "tab" : delimiter]),
    ...(encoding === "" ? [] : ["--encoding", encoding]),
    ...(header ? [] : ["--no-header"]),
  ];
}

/** A text in a list of the command, which separates texts by commas. */
const listItem = (text: string): string => (/^\s|\s$|[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

const isUsed = ({ features, target }: FileData, column: string): boolean =>
  column !== target && (features.length === 0 || features.includes(column));

function modelFlags({ model }: LabState): string[] {
  const flags = ["--model", model.name];
  if (!model.options.standardize) flags.push("--no-standardize");
  switch (model.name) {
    case "linear": {
      const { loss, delta, quantile } = model.options;
      if (loss !== "squared") flags.push("--loss", loss);
      if (loss === "huber" && delta !== "auto") flags.push("--delta", String(delta));
      if (loss === "quantile") flags.push("--quantile", String(quantile));
      break;
    }
    case "network":
      flags.push("--hidden", model.options.hidden.join(","), "--activation", model.options.activation);
      break;
    case "svm":
      if (model.options.loss !== "hinge") flags.push("--loss", model.options.loss);
      break;
    case "factorization":
      flags.push("--rank", String(model.options.rank));
      if (!model.options.biases) flags.push("--no-biases");
      if (model.options.penalty !== "perRating") flags.push("--penalty", model.options.penalty);
      break;
  }
  return flags;
}

function descentFlags(state: LabState, table: TableData): string[] {
  const { descent, heldOut, seeds } = state;
  const { train } = labRun(state, table);
  const rows = "X" in train ? train.X.rows : train.users.length;
  const { batchSize, order } = estimatorOptions(state, rows);
  const { epochs, l1, l2, stopGradient, patience, start } = descent;
  return [
    ...optimizerFlags(descent),
    ...["--batch-size", String(batchSize), "--epochs", String(epochs)],
    ...(l2 === "auto" ? [] : ["--l2", String(l2)]),
    ...(l1 === 0 ? [] : ["--l1", String(l1)]),
    ...(order === undefined ? [] : ["--order", String(order)]),
    ...(stopGradient === "off" ? [] : ["--stop-gradient", String(stopGradient)]),
    ...(patience === "off" ? [] : ["--patience", String(patience)]),
    ...(start === "auto" ? [] : flag("--start", startText(start))),
    ...["--hold-out", String(heldOut), "--seed", String(seeds.run)],
    ...positiveFlags(state, table),
  ];
}

function optimizerFlags({ optimizer, learningRate, schedule, warmUp }: LabState["descent"]): string[] {
  const { name, options } = optimizer;
  if (name === "auto") return [];
  if (rateFree.includes(name)) return ["--optimizer", name];
  const initial = initialOf(optimizers[name]) as Readonly<Record<string, unknown>>;
  const own = Object.entries(options).filter(([number, value]) => value !== initial[number]);
  const numbers = Object.entries(schedule.options).map(([number, value]) => `${number}=${value}`);
  return [
    ...["--optimizer", name, "--learning-rate", String(learningRate)],
    ...own.flatMap(([number, value]) => [`--${number}`, String(value)]),
    ...(schedule.name === "constant" ? [] : ["--schedule", `${schedule.name}:${numbers.join(",")}`]),
    ...(warmUp === 0 ? [] : ["--warm-up", String(warmUp)]),
  ];
}

/** "zeros", "random", "random*0.1", or the numbers with commas between them. */
const startText = (start: Exclude<LabState["descent"]["start"], "auto">): string =>
  typeof start === "string" ? start : "random" in start ? `random*${start.random}` : start.join(",");

/** With two classes, the positive class is the second one, as in the library. */
function positiveFlags(state: LabState, table: TableData): string[] {
  if (holdsOf(state.data) !== "classes") return [];
  const run = labRun({ ...state, heldOut: 0 }, table);
  if (run.holds === "ratings") return [];
  const classes = [...new Set(Array.from(run.train.y, String))].sort((a, b) => (a < b ? -1 : 1));
  return classes.length === 2 ? flag("--positive", classes[1]!) : [];
}

// downhill inspect: what a table contains and what train would do with it, before any training.
import { inspectTable, type TableInspection } from "downhill";
import { exitCodes } from "../errors/errors.ts";
import { areWritten, dialectOf, tableOptionsOf } from "../model/tableOptions.ts";
import type { InspectOptions } from "../options/otherOptions.ts";
import { checkOutputs } from "../output/checkOutputs.ts";
import { dataFiles } from "../output/dataFiles.ts";
import { writeOutput } from "../output/writeOutput.ts";
import { inspectionNotes, inspectionTable, sizeText } from "../report/inspection/inspectionText.ts";
import { nameOfData } from "../table/files/source.ts";
import { isSvmlight } from "../table/files/svmlight.ts";
import { type OpenTable, withTable } from "../table/openTable.ts";
import { requireColumn } from "../table/requireColumn.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { bad, bold } from "../terminal/text.ts";
import { inspectSvmlight } from "./inspectSvmlight.ts";

const command = "inspect";

/** Runs `downhill inspect DATA`. */
export async function inspectCommand(data: string, options: InspectOptions, terminal: Terminal): Promise<number> {
  if (isSvmlight(data)) return inspectSvmlight(data, options, terminal);
  const { report, json, target, force = false } = options;
  const { stdout, stderr, style, stdin } = terminal;
  if (report !== undefined) {
    const outputs = [{ option: "--report", path: report, kind: "inspection" as const }];
    checkOutputs(command, { outputs, inputs: await dataFiles(command, data), force });
  }
  const texts = (options.column ?? []).filter((choice) => areWritten(choice, false)).map(({ name }) => name);
  const inspection = await withTable(command, { argument: { ...options, data, stdin }, texts }, async (open) => {
    const found = await inspectOpen(open, options);
    for (const note of open.notes) stderr.line(note);
    return found;
  });
  if (json) stdout.json({ data: nameOfData(data), target: target ?? null, ...inspection });
  else printInspection(inspection, terminal);
  if (report === undefined) return exitCodes.ok;
  const { inspectionPage } = await import("../report/inspection/inspectionPage.ts");
  const replaced = await writeOutput(report, inspectionPage(nameOfData(data), target, inspection));
  stderr.line(`report written to ${report}${replaced ? " (replaced the existing file)" : ""}`);
  return exitCodes.ok;

  function printInspection(found: TableInspection, { stdout: out }: Terminal): void {
    out.line(bold(sizeText(found)));
    out.table(inspectionTable(found, style.utf8));
    const { warnings, information } = inspectionNotes(found);
    for (const text of warnings) out.line([bad("warning:"), ` ${text}`]);
    for (const text of information) out.line(text);
  }
}

async function inspectOpen(open: OpenTable, options: InspectOptions): Promise<TableInspection> {
  const { target, drop = [], column = [], na } = options;
  const named = [
    ...(target === undefined ? [] : [["--target", target] as const]),
    ...drop.map((name) => ["--drop", name] as const),
    ...column.map(({ name }) => ["--column", name] as const),
  ];
  for (const [option, name] of named) requireColumn(command, open, option, name);
  const kinds = new Map(column.map((choice) => [choice.name, choice]));
  const dialect = dialectOf(command, open.locate);
  const { columns } = tableOptionsOf({ column, target: "" }, open.columns, dialect);
  const table = await open.readCells(
    open.columns
      .filter((name) => !drop.includes(name))
      .map((name) => ({ name, asText: areWritten(kinds.get(name) ?? {}, open.types.has(name)) })),
  );
  return inspectTable(table, {
    dialect,
    ...(columns !== undefined && { columns }),
    ...(target !== undefined && { target }),
    ...(na !== undefined && { na }),
  });
}

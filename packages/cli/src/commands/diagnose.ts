// downhill diagnose: what the learning rate of a training would do, before any training.
import { diagnose } from "downhill";
import { type Block, consultation, jsonConsultation } from "../diagnosis/consultation.ts";
import { exitCodes, UsageError } from "../errors/errors.ts";
import { show } from "../errors/quoting.ts";
import { trainingOf } from "../model/estimator.ts";
import type { DiagnoseOptions } from "../options/diagnoseOptions.ts";
import { DEFAULT_HOLD_OUT, type TrainOptions } from "../options/trainOptions.ts";
import { startLines } from "../reporters/startLines.ts";
import { nameOfData } from "../table/files/source.ts";
import type { Printer, Terminal } from "../terminal/terminal.ts";
import { bold } from "../terminal/text.ts";
import { withBatch } from "../training/batchOption.ts";
import { dependentColumns } from "../training/findings.ts";
import { prepare } from "../training/prepare.ts";

/**
 * Runs `downhill diagnose DATA`. Its exit code is that of a diverged run if the run certainly diverges, so that a script can
 * stop before the training.
 */
export async function diagnoseCommand(data: string, options: DiagnoseOptions, terminal: Terminal): Promise<number> {
  const { rates, json, ...own } = options;
  const { stdin, stdout, stderr, columns, style } = terminal;
  const commandLine = own as TrainOptions; // without the options of the output, which have no effect on the data
  const prepared = await prepare({ ...own, data, stdin }, commandLine);
  const { parts, model, twoClasses } = prepared;
  const trainOptions = withBatch(commandLine, parts.train);
  const { holdOut = DEFAULT_HOLD_OUT } = options;
  for (const line of startLines(
    { data: nameOfData(data), prepared, parts, holdOut, options: trainOptions },
    columns(),
  )) {
    stderr.line(line);
  }
  const classes = twoClasses === null ? {} : { classes: twoClasses.classes };
  const training = trainingOf({ model, rows: parts.train, ...classes }, trainOptions);
  if (!training.hasDiagnosis) {
    throw new UsageError(
      `diagnose: no learning rates can be computed for the sparse rows of ${show(nameOfData(data))}. Train with downhill train.`,
    );
  }
  const fit = training.prepare({ every: 1 });
  const diagnosis = diagnose(fit, rates === undefined ? {} : { rates });
  const findings = dependentColumns(fit, prepared);
  if (json) stdout.json({ data: nameOfData(data), model, ...jsonConsultation(diagnosis), findings });
  else print(consultation(diagnosis, findings, trainOptions, { columns: columns(), utf8: style.utf8 }), stdout);
  return diagnosis.forecast.band === "diverges" ? exitCodes.diverged : exitCodes.ok;
}

function print(blocks: readonly Block[], stdout: Printer): void {
  for (const [i, block] of blocks.entries()) {
    if (i > 0) stdout.line("");
    stdout.line(bold(block.title));
    if ("rows" in block) stdout.table(block.rows);
    else for (const line of block.lines) stdout.line(line);
  }
}

// downhill inspect of an svmlight file: its size, its targets, and the model that train would choose.
import { counted, formatCount, formatNumber, formatPercent } from "@downhill/plots/format";
import { exitCodes, UsageError } from "../errors/errors.ts";
import { chooseModel } from "../model/chooseModel.ts";
import { countLabels } from "../model/rows.ts";
import { targetFactsOf } from "../model/targetFacts.ts";
import type { InspectOptions } from "../options/otherOptions.ts";
import { requireNoTableOptions } from "../options/svmlightOptions.ts";
import { readSvmlightFile } from "../table/files/readSvmlightFile.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { bold } from "../terminal/text.ts";
import { SVMLIGHT_TARGET } from "../training/prepared.ts";

const command = "inspect";

/** Runs `downhill inspect DATA` for an svmlight file. */
export async function inspectSvmlight(data: string, options: InspectOptions, { stdout }: Terminal): Promise<number> {
  requireNoTableOptions(command, data, options);
  if (options.report !== undefined) {
    throw new UsageError(
      `${command}: --report shows the columns of a table, which an svmlight file does not have. Leave out --report.`,
    );
  }
  const { X, y, groups, firstColumn } = await readSvmlightFile(command, data, "auto");
  const facts = targetFactsOf(y);
  const used = new Set(X.indices).size;
  const share = X.values.length / (X.rows * X.columns);
  const choice = facts.distinct < 2 ? null : chooseModel({}, { name: SVMLIGHT_TARGET, kind: "number" }, facts);
  const classes = choice?.task === "classification" ? [...countLabels(y)].sort(([, a], [, b]) => b - a) : null;
  if (options.json) {
    const { distinct, smallest, largest } = facts;
    stdout.json({
      ...{ data, rows: X.rows, columns: X.columns, firstColumn, usedColumns: used, numbers: X.values.length, share },
      target: { distinct, smallest, largest, classes: classes?.map(([label, rows]) => ({ label, rows })) ?? null },
      groups: groups !== null,
      model: choice?.model ?? null,
      reason: choice?.reason ?? null,
    });
    return exitCodes.ok;
  }
  stdout.line(bold(`${counted(X.rows, "row")} and ${counted(X.columns, "column")}, svmlight`));
  stdout.table([
    ["columns", `${firstColumn} to ${X.columns - 1 + firstColumn}; ${formatCount(used)} have a number that is not 0`],
    ["numbers", `${formatCount(X.values.length)} are not 0 (${formatPercent(share)})`],
    [
      "targets",
      `${formatCount(facts.distinct)} different values from ${formatNumber(facts.smallest)} to ${formatNumber(facts.largest)}`,
    ],
    ...(classes ?? []).map(([label, rows]) => [`  target ${label}`, `${formatCount(rows)} rows`]),
    ...(choice === null ? [] : [["model", `${choice.model}, because ${choice.reason}`]]),
  ]);
  if (groups !== null) stdout.line("The numbers after qid: are not used.");
  return exitCodes.ok;
}

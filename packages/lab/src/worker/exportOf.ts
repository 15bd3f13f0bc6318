// The exports of a run: programs and files.

import type { CellTable, TableData } from "downhill";
import { historyCsv } from "../exports/chartCsv.ts";
import { commandLineOf, dataFileName } from "../exports/commandLine.ts";
import { notebookOf } from "../exports/notebook.ts";
import { runFileText } from "../exports/runFile.ts";
import { isOfSavedFile, savedName } from "../exports/savedData.ts";
import { typescriptOf } from "../exports/snippet.ts";
import { tableCsv } from "../exports/tableCsv.ts";
import type { Columns } from "../state/generatedTable.ts";
import type { LabState } from "../state/labState.ts";
import type { LiveRun } from "../training/liveRun.ts";
import type { Exported, ExportKind } from "./protocol.ts";

/** The export of a run. @param version  the version of the library */
export function exportOf(
  kind: ExportKind,
  { state, table, live }: { readonly state: LabState; readonly table: TableData; readonly live: LiveRun },
  version: string,
): Exported {
  switch (kind) {
    case "typescript":
      return { name: "train.ts", mime: "text/plain", text: typescriptOf(state, table), ...savedNeed(state) };
    case "command": {
      const command = commandLineOf(state, table);
      return {
        ...{ name: "train.sh", mime: "text/plain", text: command.line },
        ...(command.file === dataFileName(state) && state.data.kind !== "table" && { needs: command.file }),
      };
    }
    case "notebook":
      return {
        name: "train.ipynb",
        mime: "application/json",
        text: notebookOf(state, table, version),
        ...savedNeed(state),
      };
    case "run": {
      const { now, ended, history, evaluator } = live;
      const result = {
        stopped: ended ?? "paused",
        updates: now.update,
        loss: now.objective ?? evaluator.at(now.params),
        params: Array.from(now.params),
        history,
      };
      return {
        name: "run.json",
        mime: "application/json",
        text: runFileText({ state, result: now.update === 0 ? null : result }, version),
      };
    }
    case "losses":
      return { name: "losses.csv", mime: "text/csv", text: historyCsv(live.history) };
    case "data":
      return { name: dataFileName(state), mime: "text/csv", text: tableCsv(table as Columns | CellTable) };
  }
}

/** The saved file that a program reads; none where it makes its data or reads the file of the user. */
const savedNeed = ({ data }: LabState): { readonly needs?: string } =>
  data.kind === "file" && isOfSavedFile(data) ? { needs: savedName(data) } : {};

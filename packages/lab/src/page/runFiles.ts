// Runs that the user opens, from run files and from reports: the page computes the run again, and compares its loss.

import { readRunFile } from "../exports/runFile.ts";
import { decodeLink } from "../links/decodeLink.ts";
import { atStart, type LabState } from "../state/labState.ts";

const MOST_BYTES = 200_000_000;

/** The end of a run in a file. */
export interface SavedEnd {
  readonly file: string;
  readonly updates: number;
  readonly loss: number;
}

/** A run that was opened; `end` is null for a run without an update. */
export type OpenedRun =
  | { readonly state: LabState; readonly end: SavedEnd | null; readonly problems: readonly string[] }
  | { readonly state: null; readonly problems: readonly string[] };

/** Opens the run of a run file or of a report; null for a file of another kind. */
export async function openRun(file: string, content: Blob): Promise<OpenedRun | null> {
  const start = await content.slice(0, 100).text();
  const isReport = /^\s*<!doctype html/i.test(start);
  if (!isReport && !/^\s*\{\s*"kind":\s*"downhill run"/.test(start)) return null;
  if (content.size > MOST_BYTES)
    return {
      state: null,
      problems: [`${file} has more than 200 MB, too many for the page. Open the run by its link or its command.`],
    };
  const text = await content.text();
  return isReport ? runOfReport(file, text) : runOfFile(file, text);
}

function runOfFile(file: string, text: string): OpenedRun {
  const read = readRunFile(text);
  if (read.file === null) return { state: null, problems: read.problems.map((problem) => `${file}: ${problem}`) };
  const { state, result } = read.file;
  if (result === null) return { state: atStart(state), end: null, problems: [] };
  const { updates, loss } = result;
  return { state: { ...state, view: { ...state.view, updates } }, end: { file, updates, loss }, problems: [] };
}

/** The run of a report of `downhill train`. The report stores it as JSON, with the link that opens it. */
async function runOfReport(file: string, text: string): Promise<OpenedRun> {
  const none = (problem: string): OpenedRun => ({ state: null, problems: [problem] });
  const run = jsonOf(new DOMParser().parseFromString(text, "text/html").getElementById("run")?.textContent);
  if (run?.["format"] !== "downhill run")
    return none(`${file} is a page without a run. Open a report that downhill train has written, or a table.`);
  const { lab, updates, loss } = run;
  if (lab === undefined)
    return none(`${file} was written by an earlier version of downhill. Write it again with the command in it.`);
  if (typeof lab !== "string")
    return none(
      `The run of ${file} has an option or data that this page does not have. The command in it computes the run again.`,
    );
  const { state, problems } = await decodeLink(lab);
  const isEnd = typeof updates === "number" && typeof loss === "number";
  return { state, end: isEnd ? { file, updates, loss } : null, problems };
}

function jsonOf(text: string | null | undefined): Readonly<Record<string, unknown>> | null {
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return null;
  }
}

/** The comparison of a run with the file, as a sentence. */
export function comparison(end: SavedEnd, now: Pick<SavedEnd, "updates" | "loss">): string {
  if (now.updates === end.updates && Object.is(now.loss, end.loss))
    return `The run of ${end.file} was computed again: ${end.updates} updates, and the loss is the same to the last bit.`;
  const here = `${now.updates} updates and the loss ${now.loss}`;
  return (
    `This is not the run of ${end.file}: it ended after ${end.updates} updates with the loss ${end.loss}, and these settings give ${here}. ` +
    "If settings were changed during the run, the file has the last ones only."
  );
}

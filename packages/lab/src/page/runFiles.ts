// Run files that the user opens: the page computes the run again, and compares its loss with that of the file.

import { readRunFile } from "../exports/runFile.ts";
import { atStart, type LabState } from "../state/labState.ts";

const MOST_BYTES = 200_000_000;

/** The end of a run in a file. */
export interface SavedEnd {
  readonly file: string;
  readonly updates: number;
  readonly loss: number;
}

/** A run file that was opened; `end` is null for a run without an update. */
export type OpenedRun =
  | { readonly state: LabState; readonly end: SavedEnd | null }
  | { readonly state: null; readonly problems: readonly string[] };

/** Opens a run file; null for a file of another kind. */
export async function openRun(file: string, content: Blob): Promise<OpenedRun | null> {
  if (!/^\s*\{\s*"kind":\s*"downhill run"/.test(await content.slice(0, 100).text())) return null;
  if (content.size > MOST_BYTES) return { state: null, problems: [`${file} has more than 200 MB.`] };
  const read = readRunFile(await content.text());
  if (read.file === null) return { state: null, problems: read.problems.map((problem) => `${file}: ${problem}`) };
  const { state, result } = read.file;
  if (result === null) return { state: atStart(state), end: null };
  const { updates, loss } = result;
  return { state: { ...state, view: { ...state.view, updates } }, end: { file, updates, loss } };
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

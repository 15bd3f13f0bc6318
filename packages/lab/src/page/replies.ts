// What the page does with the messages of the worker.

import { checkState } from "../state/checkState.ts";
import type { LabState } from "../state/labState.ts";
import type { Exported, ExportKind, Frame, Response } from "../worker/protocol.ts";
import type { Announcer } from "./announcer.ts";
import { withData } from "./changes.ts";
import { showNoCharts } from "./chartList.ts";
import { copyText, saveFile } from "./deliver.ts";
import { verdictLabel } from "./labels.ts";
import type { Lab, PageContext } from "./pageState.ts";
import { summaryText } from "./parts/summary.ts";
import { comparison } from "./runFiles.ts";

const STOPPED =
  "The page has made an error. Press “Start again” to begin the same run again. If it stops again, press “Copy details”, and paste them into a report of the problem.";
const FEW_POINTS = 20;

/** The reactions of the page. */
export interface Replies {
  /** Announces a frame, and compares the run with that of an opened file. */
  frame(frame: Frame): void;
  respond(response: Exclude<Response, { readonly type: "frame" }>): void;
  /** Copies a text, and shows it. */
  copy(title: string, text: string): Promise<void>;
}

/** Makes the reactions. */
export function repliesOf(page: PageContext, voice: Announcer, lab: Pick<Lab, "set" | "startAt">): Replies {
  let summarized = ""; // the end of a run that was announced last

  function announce(frame: Frame): void {
    const { status, verdict, loss, update, ended, letter, summary, looking } = frame;
    if (status === "ready") return;
    if (summary !== null && looking === null) {
      const end = `${letter} ${update}`;
      if (end !== summarized) voice.announce(summaryText(frame));
      summarized = end;
      return;
    }
    if (ended === null) summarized = "";
    const name = verdict === null ? "" : `${verdictLabel(verdict)[1]}. ${verdict.sentence}`;
    if (ended !== null || status === "paused") voice.announce(`Update ${update}, loss ${loss.toPrecision(4)}. ${name}`);
    else if (verdict !== null) voice.announce(verdictLabel(verdict)[1]);
  }

  /** Compares the run with that of an opened file, when it has done its updates. */
  function compare({ update, loss, status }: Frame): void {
    if (page.saved === null || page.saved.isNext || status === "ready" || status === "running") return;
    const note = comparison(page.saved.end, { updates: update, loss });
    page.saved = null;
    page.show({ notes: [note] });
  }

  async function copy(title: string, text: string): Promise<void> {
    const copied = await copyText(text);
    page.show({ exported: { title: `${title}: ${copied ? "copied" : "select the text and copy it"}`, text } });
  }

  /** Copies or saves an export. */
  async function deliver(kind: ExportKind, exported: Exported): Promise<void> {
    const isProgram = kind !== "run" && kind !== "losses" && kind !== "data";
    const changed = (page.state.frame?.changes.length ?? 0) > 0;
    const notes = [
      ...(changed && isProgram
        ? ["The program trains the present settings from the start, without the changes during this run."]
        : []),
      ...(exported.needs === undefined
        ? []
        : [`It reads ${exported.needs}. Save this file with “Save the data (CSV)”.`]),
    ];
    if (notes.length > 0) page.show({ notes });
    if (kind === "typescript" || kind === "command")
      await copy(kind === "command" ? "Command" : "TypeScript", exported.text);
    else saveFile(exported.name, exported.mime, exported.text);
  }

  /** The sentence about a sweep. */
  const sweepText = ({ rates, best, diverged }: Extract<Response, { type: "swept" }>): string =>
    (best === null ? "No run of the sweep finished." : `The best learning rate of the sweep is ${best}.`) +
    (diverged === 0 ? "" : ` ${diverged} of ${rates} runs diverged.`);

  /** Settings with drawn points; of a few points, none are held out. */
  function usePoints(state: LabState, data: Extract<LabState["data"], { kind: "drawn" }>): void {
    const next = withData(state, data);
    const few = data.points.length < FEW_POINTS && state.heldOut > 0;
    const note = few ? ["No points are held out, because there are few."] : [];
    lab.set(few ? { ...next.state, heldOut: 0 } : next.state, [...next.notes, ...note]);
  }

  /** Says that other settings have begun a new run, and that the run before is kept. */
  function tellNewRun(letter: string): void {
    const { ended } = page;
    page.ended = null;
    if (ended === null) return;
    const note = `The settings changed: this is new run ${letter}. Run ${ended} is kept.`;
    page.show({ notes: [...page.state.notes, note] });
  }

  return {
    frame(frame) {
      compare(frame);
      announce(frame);
    },
    respond(response) {
      switch (response.type) {
        case "ready":
          if (page.saved !== null) page.saved.isNext = false;
          page.show({ facts: response.facts, failure: null });
          tellNewRun(response.letter);
          break;
        case "facts":
          page.show({ facts: response.facts, failure: null });
          break;
        case "swept":
          page.show({ sweep: { rates: response.rates, best: response.best }, notes: [sweepText(response)] });
          break;
        case "points":
          usePoints(page.state.lab, response.data);
          break;
        case "start":
          lab.startAt(response.params);
          break;
        case "exported":
          void deliver(response.kind, response.exported);
          break;
        case "problem": {
          const { text, fatal, hasRun, details } = response;
          if (fatal) {
            page.show({ failure: { title: "The training has stopped.", text: STOPPED, details } });
            return;
          }
          // Settings that contradict each other are named as the page names them.
          const contradictions = checkState(page.state.run).map((each) => each.text);
          const sentence = contradictions.join(" ") || text.replace(/\.?$/, ".");
          if (hasRun) {
            page.show({ notes: [sentence] });
            return;
          }
          showNoCharts();
          page.show({ failure: { title: "The run cannot start.", text: sentence }, facts: null, frame: null });
        }
      }
    },
    copy,
  };
}

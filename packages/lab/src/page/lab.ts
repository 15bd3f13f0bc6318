// The page as a whole: its state, and what its controls do.

import type { FileData } from "../files/fileData.ts";
import type { ReadingChoices } from "../files/readTable.ts";
import { type Focus, type ModelPanel, noFocus, type PartName } from "../panels/modelPanel.ts";
import { checkState } from "../state/checkState.ts";
import { atStart, type LabState } from "../state/labState.ts";
import { descentFields } from "../state/trainingFields.ts";
import {
  type Aim,
  type ChartName,
  chartNames,
  type Exported,
  type ExportKind,
  type Frame,
  type Request,
  type Response,
  type RunFacts,
} from "../worker/protocol.ts";
import { announcer } from "./announcer.ts";
import { canGoOn, difference, isSameRun, withData, withFittingStart } from "./changes.ts";
import type { LabChart } from "./chartElement.ts";
import { copyText, saveFile } from "./deliver.ts";
import { verdictLabel } from "./labels.ts";
import { type OpenedFile, openFile, rememberTable, tableOf } from "./ownFiles.ts";
import type { Tool } from "./parts/drawing.ts";
import { comparison, openRun, type SavedEnd } from "./runFiles.ts";
import { readingChoices, sources } from "./sources.ts";
import { firstSpeed, speeds } from "./speeds.ts";
import { startClient } from "./workerClient.ts";

/** The charts beside the model; on a narrow page only one of them is shown. */
export type Tab = "loss" | "surface" | "step" | "setup" | "runs";

/** What the page shows. */
export interface PageState {
  readonly lab: LabState;
  /** The settings of the present run. */
  readonly run: LabState;
  readonly facts: RunFacts | null;
  readonly frame: Frame | null;
  readonly speed: number;
  readonly tab: Tab;
  readonly isSetupOpen: boolean;
  readonly isHelpOpen: boolean;
  readonly hasKeys: boolean;
  /** Whether the chart of a sweep is shown. */
  readonly hasSweep: boolean;
  /** The step of the tour; null without a tour. */
  readonly tour: number | null;
  /** Sentences about what has just happened. */
  readonly notes: readonly string[];
  /** The problems of values that are not allowed, by their paths. */
  readonly problems: Readonly<Record<string, string>>;
  /** The texts in fields whose values are not allowed, by their paths. */
  readonly typed: Readonly<Record<string, string>>;
  /** The parts of the panel of the model. */
  readonly panel: ModelPanel;
  /** What the user has chosen in the panel of the model. */
  readonly focus: Focus;
  /** What the pointer or the keyboard is on, which replaces the choice for a moment. */
  readonly hover: Partial<Focus>;
  /** The settings before the last move of the start; null for none. */
  readonly undo: LabState | null;
  /** The tool that draws points. */
  readonly tool: Tool;
  /** The file that the user has opened and not used yet. */
  readonly file: OpenedFile | null;
  /** A text that was exported, to read and to copy. */
  readonly exported: { readonly title: string; readonly text: string } | null;
  readonly failure: { readonly title: string; readonly text: string } | null;
  readonly spoken: string;
}

/** The page. */
export interface Lab {
  readonly state: PageState;
  /** Changes what the page shows, without a new run. */
  show(change: Partial<PageState>): void;
  /** Changes the settings: the run goes on with them if it can, otherwise a new run begins. */
  set(lab: LabState, notes?: readonly string[]): void;
  /** Begins a new run with the settings of a link or of a saved run, also if the settings are locked. */
  replace(lab: LabState, notes: readonly string[]): void;
  /** Begins a new run with these settings, and plays it. */
  playNew(lab: LabState): void;
  /** Reports the text of a field that is not allowed. */
  report(path: string, problem: string, typed: string): void;
  /** Forgets the problem of a field. */
  accept(path: string): void;
  togglePlay(): void;
  /** Chooses a speed, also while the run plays. */
  setSpeed(speed: number): void;
  step(updates: number | "epoch"): void;
  back(): void;
  reset(): void;
  look(update: number | null): void;
  /** Goes back to a snapshot and goes on from there with these settings. */
  rewind(update: number, lab: LabState): void;
  /** Keeps the run, and goes on from the snapshot that is shown in a new one. */
  branch(): void;
  /** Adds epochs to a run that has done all of its epochs. */
  goOn(): void;
  sweep(): void;
  /** Makes the present points, or four first ones, to points that can be edited. */
  drawPoints(): void;
  /** Shows the model with another start; null ends this. At the end of a move, a new run begins there. */
  aim(aim: Aim | null, isDone?: boolean): void;
  /** Begins a new run with these parameters as its start. */
  startAt(params: readonly number[]): void;
  /** Takes the last move of the start back. */
  undoStart(): void;
  /** Changes what is chosen in the panel of the model. */
  focus(change: Partial<Focus>): void;
  /** Changes what the pointer or the keyboard is on. */
  hover(change: Partial<Focus>): void;
  /** Chooses a point of the picture of the model. */
  point(at: readonly [number, number]): void;
  forget(letter: string): void;
  /** Opens a file of the user, and shows it. A file that a link names is used at once. */
  open(name: string, content: Blob): Promise<void>;
  /** Reads the opened file in another way. */
  readAgain(choices: ReadingChoices): Promise<void>;
  /** Changes what the opened file is used for. */
  describeFile(data: FileData): void;
  /** Closes the opened file, and changes nothing. */
  closeFile(): void;
  /** Begins a run on the table of the opened file. */
  useFile(): void;
  /** Copies a text or saves a file. */
  export(kind: ExportKind): void;
  copyLink(): void;
  restart(): void;
}

/** The version of the library; the build writes it. */
declare const VERSION: string;

const FEW_POINTS = 20;
const MORE_EPOCHS = 1000;
const LOCKED = "The settings of this page are locked by its link.";
const HIDDEN = 30_000; // milliseconds after which a run in a hidden tab pauses

/**
 * Starts the page.
 *
 * @param draw  draws the page; called whenever its state has changed
 * @param onSettings  called with settings that have changed
 */
export function startLab(
  first: LabState,
  notes: readonly string[],
  draw: (lab: Lab) => void,
  onSettings: (settings: LabState) => void,
): Lab {
  const prefersLittleMotion = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const files = sources();
  let starts = 0; // the number of runs that were begun
  let queue: Promise<void> = Promise.resolve(); // messages wait until the file of the run is loaded
  let state: PageState = {
    lab: first,
    run: first,
    facts: null,
    frame: null,
    speed: firstSpeed(prefersLittleMotion),
    tab: "loss",
    isSetupOpen: false,
    isHelpOpen: false,
    hasKeys: true,
    hasSweep: false,
    tour: null,
    notes,
    problems: {},
    typed: {},
    panel: {},
    focus: noFocus,
    hover: {},
    undo: null,
    tool: 0,
    file: null,
    exported: null,
    failure: null,
    spoken: "",
  };
  let saved: { readonly end: SavedEnd; isNext: boolean } | null = null; // the run of a file, until it is computed again
  const voice = announcer((spoken) => show({ spoken }));

  function show(change: Partial<PageState>): void {
    state = { ...state, ...change };
    draw(lab);
  }

  const chart = (name: ChartName): LabChart | null => document.querySelector<LabChart>(`lab-chart[name="${name}"]`);

  const client = startClient({
    onFrame(frame) {
      for (const [name, scene] of Object.entries(frame.scenes)) {
        const element = chart(name as ChartName);
        element?.show(scene, frame.texts[name as ChartName] ?? "");
      }
      show({ frame: { ...frame, scenes: {}, texts: {} }, ...(frame.panel && { panel: frame.panel }) });
      compare(frame);
      announceFrame(frame);
    },
    onResponse(response) {
      respond(response);
    },
    frameRequest() {
      if (state.facts === null) return null;
      const sizes = Object.fromEntries(
        chartNames.flatMap((name) => {
          const element = chart(name);
          return element?.checkVisibility() ? [[name, element.size]] : [];
        }),
      );
      const open = document.querySelectorAll<HTMLDetailsElement>("details[data-part][open]");
      const parts = Array.from(open, ({ dataset }) => dataset["part"] as PartName);
      return { type: "frame", sizes, view: state.lab.view, parts, focus: { ...state.focus, ...state.hover } };
    },
  });

  function respond(response: Exclude<Response, { readonly type: "frame" }>): void {
    switch (response.type) {
      case "ready":
        if (saved !== null) saved.isNext = false;
        show({ facts: response.facts, failure: null });
        break;
      case "facts":
        show({ facts: response.facts, failure: null });
        break;
      case "swept": {
        const { best, diverged } = response;
        const worse = diverged === 0 ? "" : ` ${diverged} of 9 runs diverged.`;
        show({
          notes: [
            best === null
              ? `No run of the sweep finished.${worse}`
              : `The best learning rate of the sweep is ${best}.${worse}`,
          ],
        });
        break;
      }
      case "points": {
        const next = withData(state.lab, response.data);
        const few = response.data.points.length < FEW_POINTS && state.lab.heldOut > 0;
        const note = few ? ["No points are held out, because there are few."] : [];
        lab.set(few ? { ...next.state, heldOut: 0 } : next.state, [...next.notes, ...note]);
        break;
      }
      case "start":
        lab.startAt(response.params);
        break;
      case "exported":
        void deliver(response.kind, response.exported);
        break;
      case "problem":
        show({
          failure: {
            title: response.fatal ? "The training has stopped unexpectedly." : "These settings do not work together.",
            text: response.text,
          },
        });
    }
  }

  function announceFrame({ status, verdict, loss, update, ended }: Frame): void {
    if (status === "ready") return;
    const name = verdict === null ? "" : `${verdictLabel(verdict)[1]}. ${verdict.sentence}`;
    if (ended !== null || status === "paused") voice.announce(`Update ${update}, loss ${loss.toPrecision(4)}. ${name}`);
    else if (verdict !== null) voice.announce(verdictLabel(verdict)[1]);
  }

  /** Whether other settings are not allowed. This is reported. */
  function isLocked(next: LabState): boolean {
    const locked = state.lab.view.lock && !isSameRun(state.run, next);
    if (locked) show({ notes: [LOCKED] });
    return locked;
  }

  /** Compares the run with that of an opened file, when it has done its updates. */
  function compare({ update, loss, status }: Frame): void {
    if (saved === null || saved.isNext || status === "ready" || status === "running") return;
    const note = comparison(saved.end, { updates: update, loss });
    saved = null;
    show({ notes: [note] });
  }

  /** Begins a new run with the settings. */
  function begin(lab: LabState): void {
    if (lab.view.updates === 0) saved = null;
    const hasStart = typeof lab.descent.start !== "string";
    show({
      ...{ hasSweep: false, hover: {}, focus: { ...noFocus, rating: state.focus.rating }, panel: {} },
      undo: hasStart ? state.undo : null,
    });
    const number = ++starts;
    const file = files.fileOf(lab.data);
    queue = queue
      .then(async () => {
        const loaded = await file;
        if (number !== starts) return;
        client.send({ type: "start", state: lab, file: loaded });
        const { updates } = lab.view;
        if (updates === 0) return;
        client.send({ type: "step", updates });
        show({ lab: atStart(state.lab), run: atStart(state.run) });
      })
      .catch((error: Error) => show({ failure: { title: "The data are missing.", text: error.message } }));
  }

  /** Sends a message after the file of the run is loaded. */
  function send(request: Request): void {
    queue = queue.then(() => client.send(request));
  }

  /** Copies a text, and shows it. */
  async function copy(title: string, text: string): Promise<void> {
    const copied = await copyText(text);
    show({ exported: { title: `${title}: ${copied ? "copied" : "select the text and copy it"}`, text } });
  }

  /** Copies or saves an export. */
  async function deliver(kind: ExportKind, exported: Exported): Promise<void> {
    if (exported.name === null) {
      show({ notes: exported.problems });
      return;
    }
    const changed = (state.frame?.changes.length ?? 0) > 0;
    const notes = changed && kind !== "run" && kind !== "losses" && kind !== "data";
    if (notes)
      show({ notes: ["The program trains the present settings from the start, without the changes during this run."] });
    if (kind === "typescript" || kind === "command")
      await copy(kind === "command" ? "Command" : "TypeScript", exported.text);
    else saveFile(exported.name, exported.mime, exported.text);
  }

  let hiddenAt: ReturnType<typeof setTimeout> | null = null;
  document.addEventListener("visibilitychange", () => {
    if (hiddenAt !== null) clearTimeout(hiddenAt);
    hiddenAt = null;
    if (!document.hidden) {
      client.refresh();
      return;
    }
    hiddenAt = setTimeout(() => {
      if (state.frame?.status !== "running") return;
      send({ type: "pause" });
      show({ notes: ["The run was paused because the page was hidden."] });
    }, HIDDEN);
  });

  const lab: Lab = {
    get state() {
      return state;
    },
    show(change) {
      show(change);
      client.refresh();
    },
    set(wanted, notesBefore = []) {
      const { state: next, notes } = withFittingStart(state.run, wanted);
      const more = [...notesBefore, ...notes];
      const found = checkState(next);
      if (found.length > 0) {
        show({ problems: { ...state.problems, ...Object.fromEntries(found.map(({ path, text }) => [path, text])) } });
        return;
      }
      if (isLocked(next)) return;
      const { run, frame } = state;
      const text = difference(run, next);
      if (isSameRun(run, next)) {
        show({ lab: next, problems: {}, typed: {}, notes: more });
        onSettings(next);
        client.refresh();
        return;
      }
      onSettings(next);
      const updates = frame?.update ?? 0;
      const isLive = updates > 0 && canGoOn(run, next) && frame?.status !== "diverged" && frame?.ended !== "converged";
      if (isLive) {
        const epochs = Math.max(next.descent.epochs, frame!.ended === null ? 1 : frame!.epoch + 1);
        show({
          lab: next,
          run: next,
          problems: {},
          typed: {},
          notes: [...more, `Changed at update ${updates}: ${text}.`],
        });
        send({ type: "change", state: { ...next, descent: { ...next.descent, epochs } }, text });
        return;
      }
      const kept = updates > 0 ? [`New settings (${text}) need a new run. Run ${frame!.letter} is kept below.`] : [];
      show({ lab: next, run: next, problems: {}, typed: {}, notes: [...more, ...kept] });
      begin(next);
    },
    replace(next, notes) {
      show({ lab: next, run: next, facts: null, frame: null, problems: {}, typed: {}, notes });
      onSettings(next);
      begin(next);
    },
    playNew(next) {
      if (isLocked(next)) return;
      show({ lab: next, run: next, problems: {}, typed: {}, notes: [] });
      onSettings(next);
      begin(next);
      send({ type: "play", speed: speeds[state.speed]!.speed });
    },
    report(path, problem, typed) {
      show({ problems: { ...state.problems, [path]: problem }, typed: { ...state.typed, [path]: typed } });
    },
    accept(path) {
      const { [path]: _, ...problems } = state.problems;
      const { [path]: __, ...typed } = state.typed;
      show({ problems, typed });
    },
    togglePlay() {
      const { frame, speed } = state;
      if (frame === null) return;
      if (frame.status === "running") send({ type: "pause" });
      else if (frame.ended === "epochs") lab.goOn();
      else send({ type: "play", speed: speeds[speed]!.speed });
    },
    setSpeed(speed) {
      show({ speed });
      if (state.frame?.status === "running") send({ type: "play", speed: speeds[speed]!.speed });
    },
    step(updates) {
      send({ type: "step", updates });
    },
    back() {
      const { frame } = state;
      if (frame === null) return;
      const before = frame.snapshots.filter((update) => update < frame.update).at(-1);
      if (before !== undefined) lab.look(before);
    },
    reset() {
      show({ run: state.lab, notes: [] });
      begin(state.lab);
    },
    look(update) {
      send({ type: "look", update });
    },
    rewind(update, next) {
      if (isLocked(next)) return;
      const text = difference(state.run, next);
      show({
        lab: next,
        run: next,
        problems: {},
        notes: [`Back at update ${update}${text === "" ? "" : `, now with ${text}`}.`],
      });
      send({ type: "change", state: next, text, from: update });
    },
    branch() {
      const { frame, lab: next, run } = state;
      if (frame === null || frame.looking === null) return;
      const usable = canGoOn(run, next) ? next : run;
      show({
        lab: usable,
        run: usable,
        notes: [`Run ${frame.letter} is kept below. This run goes on from update ${frame.looking}.`],
      });
      send({ type: "change", state: usable, text: "branch", from: frame.looking, keep: true });
    },
    goOn() {
      const { run, frame, speed } = state;
      if (frame === null) return;
      const next = { ...run, descent: { ...run.descent, epochs: frame.epoch + MORE_EPOCHS } };
      show({ lab: next, run: next, notes: [`The run goes on for up to ${MORE_EPOCHS} more epochs.`] });
      send({ type: "change", state: next, text: `epochs ${next.descent.epochs}` });
      send({ type: "play", speed: speeds[speed]!.speed });
    },
    sweep() {
      show({ hasSweep: true });
      send({ type: "sweep" });
    },
    drawPoints() {
      send({ type: "points" });
    },
    point(at) {
      send({ type: "point", at });
    },
    aim(aim, isDone = false) {
      if (state.lab.view.lock) show({ notes: [LOCKED] });
      else send({ type: "aim", aim, isDone });
    },
    startAt(params) {
      const { lab: before } = state;
      if (!descentFields.start.allows(params)) {
        send({ type: "aim", aim: null, isDone: true });
        show({ notes: [`This model has ${params.length} parameters. A start can be set for at most 400.`] });
        return;
      }
      lab.set(atStart({ ...before, descent: { ...before.descent, start: params } }));
      if (state.lab.descent.start === params) show({ undo: before });
    },
    undoStart() {
      const { undo } = state;
      show({ undo: null });
      if (undo !== null) lab.set({ ...state.lab, descent: { ...state.lab.descent, start: undo.descent.start } });
    },
    focus(change) {
      lab.show({ focus: { ...state.focus, ...change } });
    },
    hover(change) {
      lab.show({ hover: { ...state.hover, ...change } });
    },
    forget(letter) {
      send({ type: "forget", letter });
    },
    async open(name, content) {
      const { data, view } = state.lab;
      const needed = data.kind === "file" && tableOf(data) === null ? data : null; // the file of a link or of a saved run
      if (view.lock && needed === null) {
        show({ notes: [LOCKED] });
        return;
      }
      const run = await openRun(name, content);
      if (run !== null) {
        if (run.state === null) {
          show({ notes: run.problems });
          return;
        }
        saved = run.end && { end: run.end, isNext: true };
        lab.replace(run.state, []);
        return;
      }
      const linked = needed && (await openFile(content, readingChoices(needed), files)).read;
      if (needed !== null && linked?.data.sha256 === needed.sha256) {
        rememberTable(needed, linked.table);
        lab.reset();
        return;
      }
      const notes = needed === null ? [] : [`${name} is not the file ${needed.name} of the link or of the saved run.`];
      show({ file: await openFile(content, { name }, files), notes });
      document.getElementById("file-title")?.focus();
    },
    async readAgain(choices) {
      if (state.file !== null) show({ file: await openFile(state.file.content, choices, files) });
    },
    describeFile(data) {
      const { file } = state;
      if (file?.read != null) show({ file: { ...file, read: { ...file.read, data } } });
    },
    closeFile() {
      show({ file: null });
      document.getElementById("file")?.focus();
    },
    useFile() {
      const { file } = state;
      if (file?.read == null) return;
      const { data, table } = file.read;
      rememberTable(data, table);
      const next = withData(state.lab, data);
      show({ file: null });
      lab.set(atStart(next.state), next.notes);
    },
    export(kind) {
      send({ type: "export", kind, version: VERSION });
    },
    copyLink() {
      void copy("Link to this page with these settings", location.href);
    },
    restart() {
      client.restart();
      show({ failure: null, facts: null, frame: null, run: state.lab });
      begin(state.lab);
    },
  };
  begin(first);
  return lab;
}

// What the page shows, and what its controls do.

import type { FileData } from "../files/fileData.ts";
import type { ReadingChoices } from "../files/readTable.ts";
import type { Repair } from "../files/repairs.ts";
import { type Focus, type ModelPanel, noFocus } from "../panels/modelPanel.ts";
import type { LabState } from "../state/labState.ts";
import type { Aim, ExportKind, Frame, Request, RunFacts, RunLabels } from "../worker/protocol.ts";
import type { LinkChoices, MadeLink } from "./linkActions.ts";
import type { OpenedFile } from "./ownFiles.ts";
import type { Tool } from "./pointTools.ts";
import type { SavedEnd } from "./runFiles.ts";
import type { Sources } from "./sources.ts";
import { firstSpeed } from "./speeds.ts";

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
  /** Whether a phone shows all controls of the run, and not only one row of them. */
  readonly isTransportOpen: boolean;
  readonly isHelpOpen: boolean;
  readonly hasKeys: boolean;
  /** The sweep that is shown: the number of its rates, and the best of them as soon as it is known; null for none. */
  readonly sweep: { readonly rates: number; readonly best: number | null } | null;
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
  /** The node of the diagram of the network ("1.0": its layer, and its number in it) or the parameter that is pointed at; null for none. */
  readonly pointed: string | number | null;
  /** The settings before the last move of the start; null for none. */
  readonly undo: LabState | null;
  /** The settings before a file was used, while Undo brings them and their run back; null otherwise. */
  readonly before: LabState | null;
  /** The tool that draws points. */
  readonly tool: Tool;
  /** The file that the user has opened and not used yet. */
  readonly file: OpenedFile | null;
  /** A text that was exported, to read and to copy. */
  readonly exported: { readonly title: string; readonly text: string } | null;
  /** The link of the dialog “Make a link”; null while it is closed. */
  readonly link: MadeLink | null;
  /** Why there is no run; with details for a report after an error of the page. */
  readonly failure: { readonly title: string; readonly text: string; readonly details?: string } | null;
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
  /** Tries this number of learning rates in short runs. */
  sweep(rates: number): void;
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
  /** Names, pins or hides a kept run. */
  labelRun(letter: string, change: Partial<RunLabels>): void;
  removeRun(letter: string): void;
  /** Puts the run back that was removed last. */
  putBackRun(): void;
  /** Draws the other kept runs faintly; null ends this. */
  highlightRun(letter: string | null): void;
  /** Begins the present run and kept runs again, and plays them together. */
  race(letters: readonly string[]): void;
  /** Opens a file of the user, and shows it. A file that a link names is used at once. */
  open(name: string, content: Blob, isPasted?: boolean): Promise<void>;
  /** Shows the file of the present run again. */
  openAgain(): Promise<void>;
  /** Reads the opened file in another way. */
  readAgain(choices: Partial<ReadingChoices>): Promise<void>;
  /** Changes what the opened file is used for. */
  describeFile(data: FileData): void;
  /** Does what a button of a problem offers. */
  repairFile(repair: Repair): void;
  /** Closes the opened file, and changes nothing. */
  closeFile(): void;
  /** Begins a run on the table of the opened file. */
  useFile(): void;
  /** Brings back the data, the settings and the run that were there before a file was used. */
  undoFile(): void;
  /** Copies a text or saves a file. */
  export(kind: ExportKind): void;
  openLinkDialog(): void;
  chooseLink(change: Partial<LinkChoices>): void;
  /** Copies the link, or the code with it. */
  copyLink(text: string): Promise<void>;
  closeLinkDialog(): void;
  restart(): void;
  /** Copies what a report of an error of the page needs. */
  copyDetails(): Promise<void>;
}

/** What the parts of the page's program share. */
export interface PageContext {
  readonly state: PageState;
  readonly files: Sources;
  /** The run of an opened run file, until it is computed again. */
  saved: { readonly end: SavedEnd; isNext: boolean } | null;
  /** The letter of the run that other settings have ended, until the page has said so; null for none. */
  ended: string | null;
  show(change: Partial<PageState>): void;
  /** Forgets what the page shows of the present run. */
  clear(next: LabState): void;
  /** Begins a new run with the settings. */
  begin(lab: LabState): void;
  /** Sends a message after the file of the run is loaded. */
  send(request: Request): void;
  /** Is called with settings that have changed. */
  onSettings(settings: LabState): void;
  /** Whether other settings are not allowed. This is reported. */
  isLocked(next: LabState): boolean;
  /** Requests a frame. */
  refresh(): void;
}

/** The sentence about settings that cannot be changed. */
export const LOCKED = "The settings of this page are locked by its link.";

/** The page before its first run. */
export const firstPage = (lab: LabState, notes: readonly string[]): PageState => ({
  ...{ lab, run: lab, notes },
  ...{ facts: null, frame: null },
  speed: firstSpeed(),
  tab: "loss",
  ...{ isSetupOpen: false, isTransportOpen: false, isHelpOpen: false, hasKeys: true, sweep: null, tour: null },
  ...{
    problems: {},
    typed: {},
    panel: {},
    focus: noFocus,
    hover: {},
    pointed: null,
    undo: null,
    before: null,
    tool: 0,
    file: null,
    exported: null,
    link: null,
    failure: null,
    spoken: "",
  },
});

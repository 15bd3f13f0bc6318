// The messages between the page and the worker that trains. All of them are plain data.

import type { Scene, Size } from "@downhill/plots";
import type { Band, Remedy, StopReason, Verdict, Zone } from "downhill";
import type { ReadingChoices } from "../files/readTable.ts";
import type { Line } from "../panels/line.ts";
import type { Focus, ModelPanel, PartName } from "../panels/modelPanel.ts";
import type { Marks } from "../panels/pointing.ts";
import type { DrawnData, LabState } from "../state/labState.ts";
import type { StartPlace } from "./landscape.ts";
import type { Shares } from "./rowReading.ts";

/** A chart of the page. */
export type ChartName =
  | "model"
  | "loss"
  | "surface"
  | "step"
  | "errors"
  | "residuals"
  | "coefficients"
  | "sweep"
  | "roc"
  | "precision"
  | "factors"
  | "simplex"
  | "layer"
  | "parts"
  | "metric";

/** The width and height of the charts that the page shows [px], and the part of a chart that is shown large. */
export type ChartSizes = Readonly<Partial<Record<ChartName, Size>>>;

/** How fast a run goes: updates per second, updates per frame, or as many as possible. */
export type Speed = { readonly perSecond: number } | { readonly perFrame: number } | "max";

/** What can be exported: texts to copy, and files to save. */
export type ExportKind = "typescript" | "command" | "notebook" | "run" | "losses" | "data";

/** A file with data. The worker remembers the last one that it has read. */
export interface DataFile {
  readonly key: string;
  readonly content: Blob;
  readonly choices: ReadingChoices;
}

/** A start that the user tries: a point of the loss surface, one of the two handles of a line and its height, or a line. */
export type Aim =
  | { readonly chart: "surface"; readonly at: readonly [number, number] }
  | { readonly chart: "model"; readonly handle: 0 | 1; readonly height: number }
  | { readonly chart: "line"; readonly line: Line };

/** A message to the worker. */
export type Request =
  /** Begins a run; the run before is kept if it has done an update. */
  | { readonly type: "start"; readonly state: LabState; readonly file: DataFile | null }
  /** Goes back to the run before the present data, as it was. */
  | { readonly type: "goBack" }
  /** Goes on with other settings; with `from`, from the last snapshot after at most this number of updates. */
  | {
      readonly type: "change";
      readonly state: LabState;
      readonly text: string;
      readonly from?: number;
      readonly keep?: boolean;
    }
  | { readonly type: "play"; readonly speed: Speed }
  | { readonly type: "pause" }
  /** Does this number of updates, or those to the end of the epoch. */
  | { readonly type: "step"; readonly updates: number | "epoch" }
  /** Shows the snapshot nearest to this number of updates; null shows the run as it is now. */
  | { readonly type: "look"; readonly update: number | null }
  /** Chooses a point of the picture of the model. */
  | { readonly type: "point"; readonly at: readonly [number, number] }
  /** Shows the model with another start; null shows the run again. At the end the worker answers with the parameters of the start. */
  | { readonly type: "aim"; readonly aim: Aim | null; readonly isDone: boolean }
  /** Requests the rows of the run as points that can be edited. */
  | { readonly type: "points" }
  /** Names, pins or hides a kept run. */
  | { readonly type: "label"; readonly letter: string; readonly change: Partial<RunLabels> }
  | { readonly type: "remove"; readonly letter: string }
  /** Puts the run back that was removed last. */
  | { readonly type: "putBack" }
  /** Draws the other kept runs faintly; null ends this. */
  | { readonly type: "highlight"; readonly letter: string | null }
  /** Begins the present run and kept runs again; then each step is one update of each. */
  | { readonly type: "race"; readonly letters: readonly string[] }
  /** Tries this number of learning rates in short runs. */
  | { readonly type: "sweep"; readonly rates: number }
  | { readonly type: "export"; readonly kind: ExportKind; readonly version: string }
  /** Requests one frame. The worker answers with what has changed since the frame before. */
  | {
      readonly type: "frame";
      readonly sizes: ChartSizes;
      readonly view: LabState["view"];
      readonly parts: readonly PartName[];
      readonly focus: Focus;
    };

/** What is known about the learning rate before the run. */
export interface RateFacts {
  readonly zones: readonly Zone[];
  readonly band: Band;
  readonly limit: number | null;
  readonly best: number | null;
  /** The predicted number of epochs with this learning rate, and with the best one. */
  readonly epochs: number | null;
  readonly bestEpochs: number | null;
  readonly sentences: readonly string[];
}

/** The rules that end a run before its last epoch, as the library has them; undefined for a rule that is off. */
export interface StopFacts {
  /** The share of the loss that can still be gained. */
  readonly remaining: number | undefined;
  /** The largest entry of the gradient. */
  readonly gradient: number | undefined;
  /** The epochs without a lower loss. */
  readonly change: number | undefined;
  /** The epochs without a lower validation loss. */
  readonly validation: number | undefined;
}

/** The facts about a new run. */
export interface RunFacts {
  readonly rows: number;
  readonly heldOutRows: number;
  readonly features: readonly string[];
  readonly parameters: number;
  /** The names of the parameters, the first 400. */
  readonly parameterNames: readonly string[];
  readonly updatesPerEpoch: number;
  readonly epochs: number;
  readonly stop: StopFacts;
  readonly optimizer: string;
  readonly rate: RateFacts;
  /** How the table was read. */
  readonly notes: readonly string[];
}

/** What the user has chosen for a kept run. */
export interface RunLabels {
  /** At most 40 characters; empty for none. */
  readonly name: string;
  /** Whether other runs are removed first when there are too many. */
  readonly isPinned: boolean;
  /** Whether the charts leave the run out. */
  readonly isHidden: boolean;
}

/** A run on the shelf. */
export interface KeptRun extends RunLabels {
  readonly letter: string;
  readonly state: LabState;
  readonly updates: number;
  readonly loss: number;
  readonly heldOut: number | null;
  /** The lowest held-out loss of the run. */
  readonly lowestHeldOut: number | null;
  readonly verdict: Verdict | null;
  readonly ended: StopReason | null;
}

/** What a run has reached at its end. */
export interface RunSummary {
  /** The computing time of its updates. */
  readonly seconds: number;
  /** How far the loss is above the lowest possible one; null where this one is not known. */
  readonly aboveLowest: number | null;
  /** The kept run with the lowest loss; null if none is lower than this one. */
  readonly lower: { readonly letter: string; readonly loss: number } | null;
  readonly metric: { readonly name: string; readonly isHeldOut: boolean; readonly value: number };
}

/** What a run is doing. */
export type RunStatus = "ready" | "running" | "paused" | "finished" | "diverged";

/** The run at one frame. */
export interface Frame {
  readonly status: RunStatus;
  readonly letter: string;
  readonly update: number;
  readonly epoch: number;
  readonly loss: number;
  readonly heldOut: number | null;
  /** The lowest held-out loss of the run so far. */
  readonly lowestHeldOut: number | null;
  readonly learningRate: number;
  /** Why the run has ended; null while it, or a run that races with it, can go on. */
  readonly ended: StopReason | null;
  /** What the run has reached; null before its end, and if it diverged. */
  readonly summary: RunSummary | null;
  /** The sentence about a run that diverged. */
  readonly divergence: string | null;
  readonly verdict: Verdict | null;
  readonly remedies: readonly Remedy[];
  /** The number of updates before the snapshot to go back to after a divergence. */
  readonly rewindTo: number | null;
  /** The numbers of updates of the snapshots. */
  readonly snapshots: readonly number[];
  /** The snapshot that is shown, or null. */
  readonly looking: number | null;
  readonly changes: readonly { readonly update: number; readonly text: string }[];
  readonly updatesPerSecond: number | null;
  readonly kept: readonly KeptRun[];
  /** The kept runs that can race with the present one: those with the same rows, model and start. */
  readonly rivals: readonly string[];
  /** The run that was removed last and can be put back; null for none. */
  readonly removed: KeptRun | null;
  readonly isMissionDone: boolean;
  /** The prediction at the chosen point of the picture of the model. */
  readonly pointed: string | null;
  /** The probabilities at what is pointed at, else at the chosen point, else at the mean of all features; null without probabilities, and while the page does not show them. */
  readonly shares: Shares | null;
  /** The row or the update that is pointed at, or the prediction at the point under the pointer. */
  readonly reading: string | null;
  /** Where this row or this update is in all charts that show it. */
  readonly marks: Marks;
  /** The parts of the panel of the model, if they have changed. */
  readonly panel: ModelPanel | null;
  /** Where the start is on the loss surface; null before it is drawn. */
  readonly start: StartPlace | null;
  /** The charts that have changed. */
  readonly scenes: Readonly<Partial<Record<ChartName, Scene | null>>>;
  /** The sentences under the charts that have changed. */
  readonly texts: Readonly<Partial<Record<ChartName, string>>>;
  /** Whether a chart follows in the next frame, because it needs time. */
  readonly isPartial: boolean;
}

/** A message to the page. */
export type Response =
  | { readonly type: "ready"; readonly facts: RunFacts; readonly letter: string }
  | { readonly type: "facts"; readonly facts: RunFacts }
  | { readonly type: "frame"; readonly frame: Frame }
  | { readonly type: "swept"; readonly rates: number; readonly best: number | null; readonly diverged: number }
  | { readonly type: "points"; readonly data: DrawnData }
  | { readonly type: "start"; readonly params: readonly number[] }
  | { readonly type: "exported"; readonly kind: ExportKind; readonly exported: Exported }
  /** An error; a fatal one is a fault of the page. `hasRun`: there still is a run. `details`: the error with its stack, for a report. */
  | {
      readonly type: "problem";
      readonly details: string;
      readonly text: string;
      readonly fatal: boolean;
      readonly hasRun: boolean;
    };

/** A text with the name of its file. */
export interface Exported {
  readonly name: string;
  readonly mime: string;
  readonly text: string;
  /** The file that a program reads, which the user must save first. */
  readonly needs?: string;
}

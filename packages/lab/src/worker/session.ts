// What the worker does with the messages of the page. It knows no worker, so that tests run it in Node.

import type { Spec } from "@downhill/plots";
import type { StopReason, TableData } from "downhill";
import { type Focus, type ModelPanel, modelPanel, noFocus, type PartName } from "../panels/modelPanel.ts";
import { drawnPoints } from "../state/drawnPoints.ts";
import type { DrawnData, LabState } from "../state/labState.ts";
import { ownTable } from "../state/tableColumns.ts";
import type { LiveRun } from "../training/liveRun.ts";
import type { Snapshot } from "../training/snapshots.ts";
import { aimedStart } from "./aimedStart.ts";
import { chartMaker } from "./charts.ts";
import { begunRun, type CurrentRun, changedRun } from "./currentRun.ts";
import { exportOf } from "./exportOf.ts";
import { isMissionDone, missionFacts } from "./missionFacts.ts";
import { pointed } from "./pointing.ts";
import type {
  Aim,
  ChartSizes,
  Exported,
  ExportKind,
  Frame,
  KeptRun,
  RunFacts,
  RunLabels,
  RunStatus,
} from "./protocol.ts";
import { runFacts } from "./runFacts.ts";
import { type Kept, lossesNow, makeShelf } from "./shelf.ts";
import { meanPoint, pictureOf, pointReading } from "./shown.ts";
import { summaries } from "./summary.ts";

/** What the page shows of the panel of the model. */
export interface PanelRequest {
  readonly parts: readonly PartName[];
  readonly focus: Focus;
}

/** The runs of a page. */
export interface Session {
  /** Begins a run. */
  start(state: LabState, table: TableData | null): RunFacts;
  /** Goes back to the last run on other data than the present ones, as it was; the present run is kept. */
  goBack(): RunFacts;
  /** Goes on with other settings, from here or from a snapshot. */
  change(state: LabState, text: string, from?: number, keep?: boolean): RunFacts;
  /** Does an update of the run, and of those that race with it. Returns false if all have ended. */
  next(): boolean;
  /** Updates to the end of the epoch. */
  readonly toEndOfEpoch: number;
  look(update: number | null): void;
  /** Names, pins or hides a kept run. */
  label(letter: string, change: Partial<RunLabels>): void;
  remove(letter: string): void;
  /** Puts the run back that was removed last. */
  putBack(): void;
  /** Draws the other kept runs faintly. */
  highlight(letter: string | null): void;
  /** Begins the run and kept runs again; then `next` does one update of each. */
  race(letters: readonly string[]): RunFacts;
  /** Chooses a point of the picture of the model. */
  point(at: readonly [number, number]): void;
  /** Shows another start, or the run again; returns the parameters of the start. */
  aim(aim: Aim | null): readonly number[] | null;
  /** The rows of the run as points that can be edited; four first points where they have more than two columns. */
  points(): DrawnData;
  /** A program or a file of the run. @param version  the version of the library */
  export(kind: ExportKind, version: string): Exported;
  /** The chart of a sweep, for the next frame. */
  showSweep(spec: Spec): void;
  /** The state of the run, with the charts that have changed. */
  frame(
    sizes: ChartSizes,
    view: LabState["view"],
    isRunning: boolean,
    updatesPerSecond: number | null,
    panel?: PanelRequest,
  ): Frame;
  /** The letter of the present run. */
  readonly letter: string;
  /** The present run, for the sweep. */
  readonly live: LiveRun | null;
  /** Whether the run, and those that race with it, have ended. */
  readonly isOver: boolean;
}

const PANEL_TURNS = 15; // frames of a run between two panels

/** Makes a session without a run. */
export function makeSession(): Session {
  let current: CurrentRun | null = null;
  let before: CurrentRun | null = null; // the run on other data that the first run on the present data has ended
  let looking: Snapshot | null = null;
  let aimed: Float64Array | null = null;
  let sweep: { readonly spec: Spec; readonly number: number } | null = null;
  let point: readonly [number, number] | null = null;
  let panelKey = "";
  let turn = 0; // the number of the frame
  let highlighted: string | null = null;
  const shelf = makeShelf();
  const charts = chartMaker();
  const summaryOf = summaries();

  const running = (): CurrentRun => {
    if (current === null) throw new RangeError("There is no run now. Choose settings with which a run can start.");
    return current;
  };

  const isOver = (): boolean => running().live.ended !== null && shelf.hasEnded;

  /** Shows a run, and nothing of what was shown before. */
  function show(run: CurrentRun): RunFacts {
    current = run;
    looking = null;
    aimed = null;
    panelKey = "";
    charts.reset();
    return runFacts(run.lab, run.live, run.names());
  }

  function panelOf(
    { parts, focus }: PanelRequest,
    { run, params, update, isRunning }: { run: CurrentRun; params: Float64Array; update: number; isRunning: boolean },
  ): ModelPanel | null {
    const { featureX, featureY, threshold } = run.state.view;
    const key = JSON.stringify([
      update,
      parts,
      focus.rating,
      featureX,
      featureY,
      threshold,
      aimed && Array.from(aimed),
    ]);
    if (key === panelKey || (isRunning && turn % PANEL_TURNS !== 1)) return null;
    panelKey = key;
    const best = parts.includes("line") ? run.landscape.optimum() : null;
    return modelPanel(run, params, parts, { focus, picture: pictureOf(run, params, noFocus, null), best });
  }

  return {
    get letter() {
      return running().letter;
    },
    get live() {
      return current?.live ?? null;
    },
    get isOver() {
      return isOver();
    },
    get toEndOfEpoch() {
      const { live } = running();
      return live.epochs.left(live.now.update);
    },
    start(state, table) {
      const data = table ?? ownTable(state);
      if (data === null) throw new Error("session: the data of this state must come with the message.");
      shelf.endRace();
      if (current !== null) {
        shelf.keep(current, point);
        before = JSON.stringify(current.state.data) === JSON.stringify(state.data) ? null : current;
      }
      sweep = null;
      current = null; // if the settings do not work together, there is no run
      const run = begunRun(state, data);
      return show({ ...run, letter: shelf.freeLetter() });
    },
    goBack() {
      if (before === null) throw new Error("session: there is no run on other data. Start one first.");
      const run = before;
      before = null;
      shelf.endRace();
      if (run.live.now.update > 0) shelf.take(run.letter);
      if (current !== null) shelf.keep(current, point);
      return show({ ...run, letter: shelf.freeLetter(run.letter) });
    },
    change(state, text, from, keepBefore = false) {
      const known = running();
      shelf.endRace();
      if (keepBefore) shelf.keep(known, point);
      const run = changedRun(known, state, text, from);
      return show(keepBefore ? { ...run, letter: shelf.freeLetter() } : run);
    },
    next() {
      looking = null;
      const goesOn = running().live.next();
      const others = shelf.next();
      return goesOn || others;
    },
    look(update) {
      if (current === null) return; // settings that do not work together have no run
      const { live } = current;
      looking = update === null || update >= live.now.update ? null : live.snapshots.before(update);
    },
    point(at) {
      point = at;
    },
    aim(aim) {
      const run = running();
      aimed = aim && aimedStart(run, aim, aimed ?? looking?.params ?? run.live.now.params);
      return aimed && Array.from(aimed);
    },
    points: () => drawnPoints(current?.lab ?? null),
    export: (kind, version) => exportOf(kind, running(), version),
    showSweep(spec) {
      sweep = { spec, number: (sweep?.number ?? 0) + 1 };
    },
    label(letter, change) {
      shelf.label(letter, change);
    },
    remove(letter) {
      shelf.remove(letter);
    },
    putBack() {
      shelf.putBack(running().letter);
    },
    highlight(letter) {
      highlighted = letter;
    },
    race(letters) {
      const { state, table, letter } = running();
      shelf.endRace();
      const kept = shelf.runs.filter((run) => letters.includes(run.letter));
      const racers = kept.map((run) => ({ ...begunRun(run.state, table), letter: run.letter }));
      const facts = show({ ...begunRun(state, table), letter });
      shelf.race(racers);
      return facts;
    },
    frame(sizes, view, isRunning, updatesPerSecond, panel = { parts: [], focus: noFocus }) {
      turn++;
      const known = running();
      const run = { ...known, state: { ...known.state, view } };
      const { live, letter } = run;
      const { now, divergence, verdict } = live;
      const ended = isOver() ? live.ended : null;
      const comparable = shelf.comparable(known.state);
      const params = aimed ?? looking?.params ?? now.params;
      const update = looking?.update ?? now.update;
      const hasLine = run.lab.holds === "numbers" && run.lab.features.length < 9;
      const drawn = charts.draw({
        ...{ run, sizes, view, isRunning, params, update, aimed, sweep },
        shelf: comparable,
        highlighted: comparable.some(({ letter, isHidden }) => letter === highlighted && !isHidden)
          ? highlighted
          : null,
        focus: panel.focus,
        picture: () => pictureOf(run, params, panel.focus, hasLine ? run.landscape.optimum() : null),
      });
      const place = pointed(run, panel.focus, { sizes, parts: panel.parts, params, update });
      const isPlace = place === null && panel.focus.chart === "model";
      const reading = isPlace ? pointReading(run, params, panel.focus.at) : place;
      const chosen = pointReading(run, params, point);
      return {
        ...{ letter, ended, verdict, updatesPerSecond, update, ...drawn },
        status: statusOf(live, ended, isRunning),
        epoch: looking?.epoch ?? now.epoch,
        ...(looking === null ? lossesNow(live) : lossesAt(run, looking)),
        lowestHeldOut: live.heldOut.lowest()?.loss ?? null,
        learningRate: live.latestUpdate.learningRate,
        summary: ended === null || ended === "diverged" ? null : summaryOf(run, comparable),
        divergence: divergence?.what ?? null,
        remedies: verdict?.remedies ?? [],
        rewindTo: ended === "diverged" ? lowestSnapshot(live).update : null,
        snapshots: live.snapshots.list.map((each) => each.update),
        looking: looking?.update ?? null,
        changes: [...live.changes],
        kept: shelf.runs.map(plain),
        rivals: comparable
          .filter(({ isHidden, state }) => !isHidden && hasSameStart(state, known.state))
          .map((each) => each.letter),
        removed: shelf.removed && plain(shelf.removed),
        isMissionDone:
          view.mission !== "" &&
          now.update > 0 &&
          isMissionDone(view.mission, [...shelf.runs.map((each) => each.missionFacts), missionFacts(known, point)]),
        pointed: chosen?.text ?? null,
        reading: reading?.text ?? null,
        shares: panel.parts.includes("point")
          ? (reading?.shares ?? chosen?.shares ?? pointReading(run, params, meanPoint(run))?.shares ?? null)
          : null,
        marks: place?.marks ?? {},
        panel: panelOf(panel, { run, params, update, isRunning }),
        start: run.landscape.start(aimed),
      };
    },
  };
}

/** The losses at a snapshot. Within an epoch, the objective was not computed during the run. */
const lossesAt = ({ live, fitted }: CurrentRun, { objective, params }: Snapshot): Pick<Frame, "loss" | "heldOut"> => ({
  loss: Number.isNaN(objective) ? live.evaluator.at(params) : objective,
  heldOut: fitted.heldOutLoss?.(params) ?? null,
});

/** A kept run without what the page does not show. */
const plain = ({ losses: _, path: __, problemKey: ___, missionFacts: ____, ...run }: Kept): KeptRun => run;

/** Whether two runs over the same parameters begin at the same ones. */
const hasSameStart = ({ descent: a }: LabState, { descent: b }: LabState): boolean =>
  JSON.stringify(a.start) === JSON.stringify(b.start);

function statusOf({ now }: LiveRun, ended: StopReason | null, isRunning: boolean): RunStatus {
  if (ended !== null) return ended === "diverged" ? "diverged" : "finished";
  if (isRunning) return "running";
  return now.update === 0 ? "ready" : "paused";
}

/** The snapshot with the lowest objective: the one to go back to after a divergence. */
const lowestSnapshot = ({ snapshots: { list } }: LiveRun): Snapshot =>
  list.reduce((best, each) => (each.objective < best.objective ? each : best));

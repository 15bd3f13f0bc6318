// What the worker does with the messages of the page. It knows no worker, so that tests run it in Node.

import { type Scene, type Spec, scene } from "@downhill/plots";
import type { TableData } from "downhill";
import type { RunFacts as MissionFacts } from "../missions/runFacts.ts";
import { errorSpec } from "../scenes/errorScene.ts";
import { axisEnd, lossSpec, type RunLosses } from "../scenes/lossScene.ts";
import type { Cells } from "../scenes/modelScene.ts";
import { sliceOf, stepSpec, stepText, type Update } from "../scenes/stepScene.ts";
import { drawnPoints } from "../state/drawnPoints.ts";
import { type LabRun, labRun } from "../state/labRun.ts";
import type { DrawnData, LabState } from "../state/labState.ts";
import { ownTable } from "../state/tableColumns.ts";
import { type FittedAt, fittedAt } from "../training/fittedAt.ts";
import { type LiveRun, startRun } from "../training/liveRun.ts";
import type { Training } from "../training/phase.ts";
import type { Snapshot } from "../training/snapshots.ts";
import { exportOf } from "./exportOf.ts";
import { type Landscape, landscape } from "./landscape.ts";
import { isMissionDone, missionFacts } from "./missionFacts.ts";
import type { ChartName, ChartSizes, Exported, ExportKind, Frame, KeptRun, RunFacts, RunStatus } from "./protocol.ts";
import { forecastOf, lossesOf, noStepText, pictureSpec, pictureText, pointText, type Shown } from "./shown.ts";

/** A run with its data, its name and its loss surface. */
interface Current extends Shown {
  readonly table: TableData;
  readonly letter: string;
  readonly landscape: Landscape;
}

/** A kept run with its losses and its path. */
interface Kept extends KeptRun {
  readonly losses: RunLosses;
  readonly path: readonly Float64Array[];
  readonly problemKey: string;
  readonly missionFacts: MissionFacts;
}

/** The runs of a page. */
export interface Session {
  /** Begins a run. */
  start(state: LabState, table: TableData | null): RunFacts;
  /** Goes on with other settings, from here or from a snapshot. */
  change(state: LabState, text: string, from?: number, keep?: boolean): RunFacts;
  /** Does an update. Returns false if the run has ended. */
  next(): boolean;
  /** Updates to the end of the epoch. */
  readonly toEndOfEpoch: number;
  look(update: number | null): void;
  forget(letter: string): void;
  /** Chooses a point of the picture of the model. */
  point(at: readonly [number, number]): void;
  /** The rows of the run as points that can be edited; four first points where they have more than two columns. */
  points(): DrawnData;
  /** A program or a file of the run. @param version  the version of the library */
  export(kind: ExportKind, version: string): Exported;
  /** The chart of a sweep, for the next frame. */
  showSweep(spec: Spec): void;
  /** The state of the run, with the charts that have changed. */
  frame(sizes: ChartSizes, view: LabState["view"], isRunning: boolean, updatesPerSecond: number | null): Frame;
  /** The present run, for the sweep. */
  readonly live: LiveRun | null;
}

/** A chart and the sentence under it. */
interface Drawn {
  readonly spec: Spec | null;
  readonly text: string;
}

const LETTERS = [..."ABCDEFGH"];

/** Makes a session without a run. */
export function makeSession(): Session {
  let current: Current | null = null;
  let kept: Kept[] = [];
  let looking: Snapshot | null = null;
  let sweep: { readonly spec: Spec; readonly number: number } | null = null;
  let point: readonly [number, number] | null = null;
  let turn = 0; // the number of the frame
  /** For each chart, what it showed in the frame before. */
  const drawn = new Map<ChartName, string>();

  const running = (): Current => {
    if (current === null) throw new Error("session: there is no run yet. Send start first.");
    return current;
  };

  function freeLetter(): string {
    const used = kept.map(({ letter }) => letter);
    return LETTERS.find((letter) => !used.includes(letter)) ?? LETTERS.at(-1)!;
  }

  function trainingOf(state: LabState, table: TableData): { lab: LabRun; fitted: FittedAt; training: Training } {
    const lab = labRun(state, table);
    const fitted = fittedAt(state, table, lab);
    const { heldOutLoss } = fitted;
    const prepare: Training["prepare"] = (resume) => lab.prepare({ every: 1, ...(resume && { resume }) });
    return { lab, fitted, training: { prepare, ...(heldOutLoss && { heldOutLoss }) } };
  }

  /** Puts the present run on the shelf; a kept run with the same settings is replaced. */
  function keep(): void {
    if (current === null || current.live.now.update === 0) return;
    const { state, live, letter } = current;
    const settings = settingsKey(state);
    kept = kept.filter((run) => settingsKey(run.state) !== settings);
    if (kept.length === LETTERS.length - 1) kept.shift();
    kept.push({
      ...{ letter, state },
      updates: live.now.update,
      loss: lossNow(live),
      heldOut: live.heldOut.points().losses.at(-1) ?? null,
      verdict: live.verdict,
      ended: live.ended,
      losses: lossesOf(letter, live),
      path: live.snapshots.list.map(({ params }) => params),
      problemKey: problemKey(state),
      missionFacts: missionFacts(current, point),
    });
  }

  function factsOf({ lab, live }: Current): RunFacts {
    const { forecast, options, optimizer, problem, updatesPerEpoch } = live;
    const { zones, band, limit, best, epochs, bestEpochs, sentences } = forecast;
    return {
      rows: problem.examples,
      heldOutRows: lab.heldOut === null ? 0 : lab.holds === "ratings" ? lab.heldOut.users.length : lab.heldOut.X.rows,
      features: lab.holds === "ratings" ? [] : lab.features,
      parameters: problem.size,
      updatesPerEpoch,
      epochs: options.epochs ?? 1,
      optimizer: optimizer.name ?? "custom",
      rate: { zones, band, limit, best, epochs, bestEpochs, sentences },
      notes: lab.notes.map(({ text }) => text),
    };
  }

  return {
    get live() {
      return current?.live ?? null;
    },
    get toEndOfEpoch() {
      const { live } = running();
      return live.updatesPerEpoch - (live.now.update % live.updatesPerEpoch);
    },
    start(state, table) {
      const data = table ?? ownTable(state);
      if (data === null) throw new Error("session: the data of this state must come with the message.");
      const { lab, fitted, training } = trainingOf(state, data);
      const live = startRun(training);
      keep();
      const features = lab.holds === "ratings" ? [] : lab.features;
      current = { state, table: data, lab, live, fitted, letter: freeLetter(), landscape: landscape(live, features) };
      looking = null;
      sweep = null;
      drawn.clear();
      return factsOf(current);
    },
    change(state, text, from, keepBefore = false) {
      const { table, live, landscape: own, letter } = running();
      if (keepBefore) keep();
      const { lab, fitted, training } = trainingOf(state, table);
      if (from === undefined) live.change(training, text);
      else live.rewind(from, training, text);
      current = { state, table, lab, live, fitted, letter: keepBefore ? freeLetter() : letter, landscape: own };
      looking = null;
      drawn.clear();
      return factsOf(current);
    },
    next() {
      looking = null;
      return running().live.next();
    },
    look(update) {
      const { live } = running();
      looking = update === null || update >= live.now.update ? null : live.snapshots.before(update);
    },
    point(at) {
      point = at;
    },
    points: () => drawnPoints(running().lab),
    export: (kind, version) => exportOf(kind, running(), version),
    showSweep(spec) {
      sweep = { spec, number: (sweep?.number ?? 0) + 1 };
    },
    forget(letter) {
      kept = kept.filter((run) => run.letter !== letter);
      drawn.clear();
    },
    frame(sizes, view, isRunning, updatesPerSecond) {
      const run = running();
      const { live, letter, state, fitted } = run;
      const { now, ended, divergence, verdict } = live;
      const params = looking?.params ?? now.params;
      const update = looking?.update ?? now.update;
      const cells: Cells = isRunning ? 40 : 64;
      const scenes: Partial<Record<ChartName, Scene | null>> = {};
      const texts: Partial<Record<ChartName, string>> = {};
      turn++;

      /** Makes the scene of a chart if the page shows it and something has changed. */
      const draw = (name: ChartName, key: string, made: () => Drawn): void => {
        const size = sizes[name];
        const full = `${key} ${size?.width} ${size?.height}`;
        if (size === undefined || drawn.get(name) === full || (isRunning && !hasTurn(name, turn))) return;
        drawn.set(name, full);
        const { spec, text } = made();
        scenes[name] = spec && scene(spec, size);
        texts[name] = text;
      };
      draw("model", `${update} ${cells} ${view.featureX} ${view.featureY}`, () => {
        const spec = pictureSpec({ ...run, state: { ...state, view } }, params, cells);
        const isOutside = spec.kind === "scatterLine" && !("line" in spec);
        return { spec, text: `${isOutside ? "The fitted line is outside of this picture. " : ""}${pictureText(run)}` };
      });
      const shelf = kept.filter((each) => each.problemKey === problemKey(state));
      const shelfKey = shelf.map((each) => each.letter).join("");
      const end = ended === null ? axisEnd(now.update, live.updatesPerEpoch, live.options.epochs ?? 1) : now.update;
      draw("loss", `${now.update} ${ended} ${shelfKey} ${view.lossScale} ${view.lossAxis}`, () => ({
        spec: lossSpec(
          { ...lossesOf(letter, live), ...forecastOf(live) },
          shelf.map(({ losses }) => losses),
          { ...view, updatesPerEpoch: live.updatesPerEpoch, end },
        ),
        text: changesText(live),
      }));
      draw("surface", `${update} ${cells} ${shelfKey}`, () =>
        run.landscape.draw(
          letter,
          update,
          shelf.map(({ letter: name, path }) => ({ name, params: path })),
          cells,
        ),
      );
      draw("step", `${now.update} ${live.latestUpdate.learningRate}`, () => {
        const latest: Update = { ...live.latestUpdate, isDone: now.update > 0 };
        const slice = sliceOf(latest, live.evaluator);
        if (slice === null) return { spec: null, text: noStepText(latest) };
        return { spec: stepSpec(slice), text: stepText(slice, latest) };
      });
      draw("errors", `${update} ${isRunning}`, () => {
        const spec = errorSpec(run.lab, fitted.model(params));
        return { spec, text: spec === null ? "The errors are too large to draw." : "" };
      });
      if (sweep !== null)
        draw("sweep", `${sweep.number}`, () => ({
          spec: sweep!.spec,
          text: "Each point is a short run. Triangles diverged.",
        }));
      const status: RunStatus =
        ended === "diverged"
          ? "diverged"
          : ended !== null
            ? "finished"
            : isRunning
              ? "running"
              : now.update === 0
                ? "ready"
                : "paused";
      return {
        ...{ status, letter, ended, verdict, updatesPerSecond, scenes, texts },
        update,
        epoch: looking?.epoch ?? now.epoch,
        loss: looking?.objective ?? lossNow(live),
        startLoss: live.snapshots.list[0]!.objective,
        heldOut: live.heldOut.points().losses.at(-1) ?? null,
        learningRate: live.latestUpdate.learningRate,
        divergence: divergence?.what ?? null,
        remedies: verdict?.remedies ?? [],
        rewindTo: ended === "diverged" ? lowestSnapshot(live).update : null,
        snapshots: live.snapshots.list.map((each) => each.update),
        looking: looking?.update ?? null,
        changes: [...live.changes],
        kept: kept.map(({ losses: _, path: __, problemKey: ___, missionFacts: ____, ...facts }) => facts),
        isMissionDone:
          view.mission !== "" &&
          now.update > 0 &&
          isMissionDone(view.mission, [...kept.map((each) => each.missionFacts), missionFacts(run, point)]),
        pointed: pointText(run, point),
      };
    },
  };
}

/** Whether a chart is drawn in a frame of a run: some are drawn more seldom, because they need time. */
const hasTurn = (name: ChartName, turn: number): boolean =>
  name === "surface" ? turn % 3 === 0 : name === "step" ? turn % 3 === 1 : name === "errors" ? turn % 15 === 2 : true;

/** The changes of settings during the run. */
const changesText = ({ changes }: LiveRun): string =>
  changes.map(({ update, text }) => `Update ${update}: ${text}.`).join(" ");

/** The objective over all training rows now. */
const lossNow = ({ now, evaluator }: LiveRun): number => now.objective ?? evaluator.at(now.params);

/** The snapshot with the lowest objective: the one to go back to after a divergence. */
const lowestSnapshot = ({ snapshots: { list } }: LiveRun): Snapshot =>
  list.reduce((best, each) => (each.objective < best.objective ? each : best));

const settingsKey = ({ view: _, ...settings }: LabState): string => JSON.stringify(settings);

/** Runs with equal keys minimise over the same parameters, so their losses and paths can be compared. */
const problemKey = ({ data, model, heldOut, seeds }: LabState): string =>
  JSON.stringify([data, model, heldOut, seeds.data, seeds.run]);

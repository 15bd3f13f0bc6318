// The page as a whole: its state, its worker, and the actions of its controls.

import type { PartName } from "../panels/modelPanel.ts";
import { noFocus } from "../panels/modelPanel.ts";
import { atStart, type LabState } from "../state/labState.ts";
import type { ChartName, ChartSizes } from "../worker/protocol.ts";
import { announcer } from "./announcer.ts";
import { hasSameModel, isSameRun } from "./changes.ts";
import { chartList, chartNamed, showNoCharts } from "./chartList.ts";
import { fileActions } from "./fileActions.ts";
import { linkActions } from "./linkActions.ts";
import { modelActions } from "./modelActions.ts";
import { firstPage, type Lab, LOCKED, type PageContext } from "./pageState.ts";
import { copyDetails } from "./problemDetails.ts";
import { repliesOf } from "./replies.ts";
import { runActions } from "./runActions.ts";
import { settingsActions } from "./settingsActions.ts";
import { sources } from "./sources.ts";
import { throttled } from "./throttle.ts";
import { startClient } from "./workerClient.ts";

/** The version of the library; the build writes it. */
declare const VERSION: string;

const HIDDEN = 30_000; // milliseconds after which a run in a hidden tab pauses
const TEXT_PAUSE = 100; // milliseconds between two changes of the numbers of a run; the charts follow each frame

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
  let state = firstPage(first, notes);
  let starts = 0; // the number of runs that were begun
  let begun = first; // the settings of the latest of them
  let queue: Promise<void> = Promise.resolve(); // messages wait until the file of the run is loaded
  const files = sources();
  const voice = announcer((spoken) => page.show({ spoken }));
  const drawing = throttled(TEXT_PAUSE, () => draw(lab));

  const page: PageContext = {
    get state() {
      return state;
    },
    ...{ files, saved: null, ended: null, onSettings },
    show(change) {
      const news = change.notes?.filter((note) => !state.notes.includes(note)) ?? [];
      state = { ...state, ...change };
      drawing.now();
      if (news.length > 0) voice.now(news.join(" "));
    },
    clear(next) {
      for (const chart of chartList()) chart.showWhole();
      const hasStart = Array.isArray(next.descent.start);
      // The parts stay until their new contents come, so that a field in them keeps the focus.
      const { panel, pointed } = hasSameModel(begun, next) ? state : { panel: {}, pointed: null };
      begun = next;
      page.show({
        ...{ sweep: null, hover: {}, pointed, focus: { ...noFocus, rating: state.focus.rating }, panel },
        ...{ undo: hasStart ? state.undo : null, before: null },
      });
    },
    begin(next) {
      if (next.view.updates === 0) page.saved = null;
      page.clear(next);
      const number = ++starts;
      const file = files.fileOf(next.data);
      queue = queue
        .then(async () => {
          const loaded = await file;
          if (number !== starts) return;
          client.send({ type: "start", state: next, file: loaded });
          const { updates } = next.view;
          if (updates === 0) return;
          client.send({ type: "step", updates });
          page.show({ lab: atStart(state.lab), run: atStart(state.run) });
        })
        .catch((error: Error) => {
          showNoCharts();
          page.show({ failure: { title: "The data are missing.", text: error.message } });
        });
    },
    send(request) {
      queue = queue.then(() => client.send(request));
    },
    isLocked(next) {
      const locked = state.lab.view.lock && !isSameRun(state.run, next);
      if (locked) page.show({ notes: [LOCKED] });
      return locked;
    },
    refresh: () => client.refresh(),
  };

  const client = startClient({
    onFrame(frame) {
      for (const [name, scene] of Object.entries(frame.scenes)) {
        chartNamed(name)?.show(scene, frame.texts[name as ChartName] ?? "");
      }
      const goesOn = frame.status === "running" && state.frame?.status === "running";
      state = { ...state, frame: { ...frame, scenes: {}, texts: {} }, ...(frame.panel && { panel: frame.panel }) };
      if (goesOn) drawing.soon();
      else drawing.now();
      replies.frame(frame);
    },
    onResponse: (response) => replies.respond(response),
    frameRequest() {
      if (state.facts === null) return null;
      const sizes: { [Name in ChartName]?: ChartSizes[Name] } = {};
      for (const chart of chartList()) {
        if (chart.checkVisibility()) sizes[chart.getAttribute("name") as ChartName] = chart.size;
      }
      const parts: PartName[] = [];
      for (const { open, dataset } of document.getElementsByTagName("details")) {
        if (open && dataset["part"]) parts.push(dataset["part"] as PartName);
      }
      return { type: "frame", sizes, view: state.lab.view, parts, focus: { ...state.focus, ...state.hover } };
    },
  });

  const settings = settingsActions(page);
  const models = modelActions(page, settings);
  const replies = repliesOf(page, voice, { ...settings, ...models });
  const runs = runActions(page);
  const lab: Lab = {
    get state() {
      return state;
    },
    show(change) {
      page.show(change);
      client.refresh();
    },
    ...settings,
    ...runs,
    ...models,
    ...fileActions(page, { ...settings, ...runs }),
    export: (kind) => page.send({ type: "export", kind, version: VERSION }),
    ...linkActions(page),
    copyDetails: () => copyDetails(page, VERSION),
    restart() {
      client.restart();
      page.show({ failure: null, facts: null, frame: null, run: state.lab });
      page.begin(state.lab);
    },
  };
  pauseWhenHidden(page);
  page.begin(first);
  return lab;
}

/** Pauses a run when the page has been hidden for half a minute. */
function pauseWhenHidden(page: PageContext): void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  document.addEventListener("visibilitychange", () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (!document.hidden) {
      page.refresh();
      return;
    }
    timer = setTimeout(() => {
      if (page.state.frame?.status !== "running") return;
      page.send({ type: "pause" });
      page.show({ notes: ["The run was paused because the page was hidden. Press Play to go on."] });
    }, HIDDEN);
  });
}

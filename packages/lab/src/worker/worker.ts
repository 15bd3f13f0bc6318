// The worker: it trains in short slices, and answers one frame at a time.

import { DivergenceError } from "downhill";
import type { LabState } from "../state/labState.ts";
import { dataFiles } from "./dataFiles.ts";
import type { DataFile, Request, Response, Speed } from "./protocol.ts";
import { makeSession } from "./session.ts";
import { type Sweep, sweepOf } from "./sweep.ts";

/** The part of a worker's global object that is used here. */
interface WorkerScope {
  onmessage: ((event: { readonly data: Request }) => void) | null;
  postMessage(message: Response): void;
}

const scope = globalThis as unknown as WorkerScope;
const session = makeSession();
const files = dataFiles();
const SLICE = 7; // milliseconds
const IDLE = 500; // milliseconds without a request for a frame, after which a run waits

let speed: Speed | null = null; // null: the run does not play
let sweep: Iterator<Sweep, void> | null = null; // the sweep that is not done yet
let owed = 0; // updates that are still to be done
let fraction = 0; // of an update, at low speeds
let frame: Extract<Request, { type: "frame" }> | null = null;
let lastFrame = 0;
let scheduled = false;
let rate: { since: number; updates: number; perSecond: number | null } = { since: 0, updates: 0, perSecond: null };

const { port1, port2 } = new MessageChannel();
port2.onmessage = () => {
  scheduled = false;
  guarded(tick);
};
const schedule = (): void => {
  if (scheduled) return;
  scheduled = true;
  port1.postMessage(null);
};

/** Runs a function; an error becomes a message to the page. */
function guarded(work: () => void): void {
  try {
    work();
  } catch (error) {
    stop();
    const isOfUser = error instanceof RangeError || error instanceof TypeError || error instanceof DivergenceError;
    const message = error instanceof Error ? error.message : String(error);
    const text = isOfUser ? withoutFunction(message) : message;
    scope.postMessage({
      type: "problem",
      text,
      fatal: !isOfUser,
      hasRun: session.live !== null,
      details: detailsOf(error),
    });
  }
}

/** An error with its stack. */
const detailsOf = (error: unknown): string =>
  [String(error), ...(error instanceof Error && error.stack ? [error.stack] : [])].join("\n");

/** A message of the library without the name of the function that found the error. */
const withoutFunction = (message: string): string =>
  message.replace(/^[a-z]\w*: (.)/, (_, first: string) => first.toUpperCase());

/** Trains for at most one slice, and answers the requested frame. */
function tick(): void {
  const isFast = speed === "max" && performance.now() - lastFrame < IDLE;
  const end = performance.now() + SLICE;
  while ((owed > 0 || isFast) && performance.now() < end) {
    for (let i = 0; i < 8 && (owed > 0 || isFast); i++) {
      owed = Math.max(0, owed - 1);
      rate.updates++;
      if (session.next()) continue;
      owed = 0;
      speed = null;
    }
    if (speed === null && owed === 0) break;
  }
  if (sweep !== null) continueSweep(sweep);
  if (frame !== null && (owed === 0 || performance.now() > lastFrame + 100)) answer();
  if (owed > 0 || (speed === "max" && isFast) || sweep !== null) schedule();
}

/** Does one run of the sweep. */
function continueSweep(steps: Iterator<Sweep, void>): void {
  const { value } = steps.next();
  if (!value) return;
  session.showSweep(value.spec);
  if (!value.isDone) return;
  sweep = null;
  scope.postMessage({ type: "swept", rates: value.rates, best: value.best, diverged: value.diverged });
}

function answer(): void {
  const { sizes, view, parts, focus } = frame!;
  frame = null;
  const now = performance.now();
  if (now - rate.since > 500) {
    const perSecond = rate.updates === 0 ? null : (1000 * rate.updates) / (now - rate.since);
    rate = { since: now, updates: 0, perSecond };
  }
  if (session.live === null) return;
  const isRunning = speed !== null || owed > 0;
  scope.postMessage({ type: "frame", frame: session.frame(sizes, view, isRunning, rate.perSecond, { parts, focus }) });
}

/** Adds the updates that are due at this frame. */
function addDue(now: number): void {
  if (speed === null || speed === "max") return;
  if ("perFrame" in speed) {
    owed = speed.perFrame;
    return;
  }
  fraction += Math.min(1, (now - lastFrame) / 1000) * speed.perSecond;
  const due = Math.floor(fraction);
  fraction -= due;
  owed += due;
}

function handle(request: Request): void {
  if (waiting !== null && request.type !== "start" && request.type !== "frame") {
    waiting.push(request);
    return;
  }
  switch (request.type) {
    case "start":
      stop();
      void begin(request.state, request.file);
      break;
    case "goBack":
      stop();
      scope.postMessage({ type: "facts", facts: session.goBack() });
      break;
    case "change":
      scope.postMessage({
        type: "facts",
        facts: session.change(request.state, request.text, request.from, request.keep),
      });
      break;
    case "play":
      session.look(null);
      if (session.live !== null && !session.isOver) ({ speed } = request);
      fraction = 1;
      break;
    case "pause":
      stop();
      break;
    case "step":
      stop();
      session.look(null);
      if (session.live !== null && !session.isOver)
        owed = request.updates === "epoch" ? session.toEndOfEpoch : request.updates;
      break;
    case "look":
      stop();
      session.look(request.update);
      break;
    case "point":
      session.point(request.at);
      break;
    case "aim": {
      stop();
      const params = session.aim(request.aim);
      if (request.isDone && params !== null) scope.postMessage({ type: "start", params });
      break;
    }
    case "points":
      scope.postMessage({ type: "points", data: session.points() });
      break;
    case "label":
      session.label(request.letter, request.change);
      break;
    case "remove":
      session.remove(request.letter);
      break;
    case "putBack":
      session.putBack();
      break;
    case "highlight":
      session.highlight(request.letter);
      break;
    case "race":
      stop();
      scope.postMessage({ type: "facts", facts: session.race(request.letters) });
      break;
    case "sweep":
      stop();
      if (session.live !== null) sweep = sweepOf(session.live, request.rates);
      break;
    case "export":
      scope.postMessage({
        type: "exported",
        kind: request.kind,
        exported: session.export(request.kind, request.version),
      });
      break;
    case "frame": {
      const now = performance.now();
      frame = request;
      addDue(now);
      lastFrame = now;
    }
  }
  schedule();
}

let starts = 0; // the number of runs that were requested

/** The requests that came while a file was read; they are for the run that begins then. */
let waiting: Request[] | null = null;

/** Begins a run, after its file is read. A run that was requested later takes its place. */
async function begin(state: LabState, file: DataFile | null): Promise<void> {
  const number = ++starts;
  const settle = (work: () => void): void => {
    if (number !== starts) return;
    const requests = waiting ?? [];
    waiting = null;
    guarded(work);
    for (const request of requests) guarded(() => handle(request));
    schedule();
  };
  try {
    waiting = [];
    const read = file === null ? { table: null, notes: [] } : await files.read(file);
    settle(() => {
      const facts = session.start(state, read.table);
      const notes = [...read.notes, ...facts.notes];
      scope.postMessage({ type: "ready", facts: { ...facts, notes }, letter: session.letter });
    });
  } catch (error) {
    settle(() => {
      throw error;
    });
  }
}

function stop(): void {
  sweep = null;
  speed = null;
  owed = 0;
}

scope.onmessage = ({ data }) => guarded(() => handle(data));

// When the page requests a frame: at each frame of the screen while a run goes on, and every 250 ms where the system asks for little motion.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { startClient } from "../src/page/workerClient.ts";
import type { Frame, Request, Response } from "../src/worker/protocol.ts";

/** The environment of the client: a worker that keeps the messages, and a screen of 50 frames in a second. */
let sent: Request[] = [];
let answer: (response: Response) => void = () => {};
let isLittle = false;

beforeEach(() => {
  vi.useFakeTimers();
  sent = [];
  class KeepingWorker {
    onmessage: ((event: { data: Response }) => void) | null = null;
    constructor() {
      answer = (data) => this.onmessage?.({ data });
    }
    postMessage(request: Request): void {
      sent.push(request);
    }
  }
  vi.stubGlobal("Worker", KeepingWorker);
  vi.stubGlobal("requestAnimationFrame", (draw: () => void) => setTimeout(draw, 20));
  vi.stubGlobal("matchMedia", () => ({ matches: isLittle }));
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** The frames that are requested in a second of a run whose worker answers at once, as milliseconds after its start. */
function requestTimes(): number[] {
  const begun = Date.now();
  const times: number[] = [];
  const frame = { status: "running", isPartial: false } as Frame;
  const client = startClient({
    onFrame: () => {},
    onResponse: () => {},
    frameRequest: () => ({ type: "frame" }) as Extract<Request, { type: "frame" }>,
  });
  client.refresh();
  for (let at = 0; at < 1000; at++) {
    vi.advanceTimersByTime(1);
    if (sent.length === 0) continue;
    times.push(Date.now() - begun);
    sent = [];
    answer({ type: "frame", frame });
  }
  return times;
}

test("a run has every frame of the screen", () => {
  isLittle = false;
  expect(requestTimes()).toEqual(Array.from({ length: 50 }, (_, i) => 20 * (i + 1)));
});

test("a run has at most four frames in a second where the system asks for little motion", () => {
  isLittle = true;
  expect(requestTimes()).toEqual([20, 290, 560, 830]);
});

test("with little motion, what the user does is shown at once", () => {
  isLittle = true;
  const client = startClient({
    onFrame: () => {},
    onResponse: () => {},
    frameRequest: () => ({ type: "frame" }) as Extract<Request, { type: "frame" }>,
  });
  client.refresh();
  vi.advanceTimersByTime(20);
  answer({ type: "frame", frame: { status: "running", isPartial: false } as Frame });
  sent = [];
  client.send({ type: "pause" });
  vi.advanceTimersByTime(20);
  expect(sent.map(({ type }) => type)).toEqual(["pause", "frame"]);
});

// The page's side of the worker: at most one frame is requested at a time, and only when something can have changed.

import type { Frame, Request, Response } from "../worker/protocol.ts";
import { prefersLittleMotion } from "./speeds.ts";

const LITTLE_MOTION = 250; // milliseconds between the frames of a run where the system asks for little motion

/** What the page does with the messages of the worker. */
export interface ClientHandlers {
  onFrame(frame: Frame): void;
  onResponse(response: Exclude<Response, { readonly type: "frame" }>): void;
  /** The request for the next frame; null while the page cannot show one. */
  frameRequest(): Extract<Request, { readonly type: "frame" }> | null;
}

/** The worker. */
export interface Client {
  send(request: Request): void;
  /** Requests a frame, because something on the page has changed. */
  refresh(): void;
  /** Ends the worker and starts another one. */
  restart(): void;
}

/** Starts the worker. */
export function startClient(handlers: ClientHandlers): Client {
  let worker = spawn();
  let isWaiting = false; // for a frame
  let isDue = false;
  let isScheduled = false;
  let isPausing = false; // before the next frame of a run

  function spawn(): Worker {
    const made = new Worker(new URL("../worker/worker.ts", import.meta.url), { type: "module" });
    made.onmessage = ({ data }: MessageEvent<Response>) => receive(data);
    made.onerror = (event) => {
      event.preventDefault();
      handlers.onResponse({
        type: "problem",
        text: "",
        details: `${event.message || "The worker has stopped."}\n${event.filename}:${event.lineno}:${event.colno}`,
        ...{ fatal: true, hasRun: false },
      });
    };
    return made;
  }

  function receive(response: Response): void {
    if (response.type !== "frame") {
      if (response.type === "problem") isWaiting = false;
      handlers.onResponse(response);
      refresh();
      return;
    }
    isWaiting = false;
    const { frame } = response;
    handlers.onFrame(frame);
    if (frame.isPartial || isDue) refresh();
    else if (frame.status === "running") follow();
  }

  /** Requests the next frame of a run. */
  function follow(): void {
    if (!prefersLittleMotion()) refresh();
    else if (!isPausing) {
      isPausing = true;
      setTimeout(() => {
        isPausing = false;
        refresh();
      }, LITTLE_MOTION);
    }
  }

  function refresh(): void {
    isDue = true;
    if (isScheduled) return;
    isScheduled = true;
    requestAnimationFrame(() => {
      isScheduled = false;
      if (isWaiting || !isDue) return;
      const request = handlers.frameRequest();
      if (request === null) return;
      isDue = false;
      isWaiting = true;
      worker.postMessage(request);
    });
  }

  return {
    send(request) {
      worker.postMessage(request);
      refresh();
    },
    refresh,
    restart() {
      worker.terminate();
      isWaiting = false;
      worker = spawn();
    },
  };
}

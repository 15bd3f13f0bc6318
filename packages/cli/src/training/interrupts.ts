// Ctrl-C: the first ends the descent and saves what was reached, a later one ends the process.
import type { Terminal } from "../terminal/terminal.ts";

const GRACE = 1000; // ms; npx hands Ctrl-C on, so that one press comes twice within some milliseconds

/** Whether Ctrl-C was pressed, from `listenForInterrupts` on. */
export interface Interrupts {
  readonly requested: () => boolean;
  /** Resolves once another Ctrl-C ends the process, which takes a second from the first; at once if there was none. */
  readonly settled: () => Promise<void>;
  /** From now on Ctrl-C ends the process. */
  readonly stop: () => void;
}

/** Hears Ctrl-C from now on. */
export function listenForInterrupts(terminal: Terminal): Interrupts {
  let settled: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  const stopHearing = terminal.onInterrupt(() => {
    settled ??= new Promise((resolve) => {
      timer = setTimeout(() => {
        stopHearing();
        resolve();
      }, GRACE);
    });
  });
  return {
    requested: () => settled !== undefined,
    settled: () => settled ?? Promise.resolve(),
    stop() {
      clearTimeout(timer);
      stopHearing();
    },
  };
}

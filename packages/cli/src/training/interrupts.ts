// Ctrl-C: the first ends the training, and the model is saved; a second ends the process.
import type { Terminal } from "../terminal/terminal.ts";

const GRACE = 1000; // milliseconds; npx forwards Ctrl-C, so that one press arrives twice

/** Whether Ctrl-C was pressed. */
export interface Interrupts {
  readonly requested: () => boolean;
  /** Resolves at once if Ctrl-C was not pressed, else a second after it; from then on, the next Ctrl-C ends the process. */
  readonly settled: () => Promise<void>;
  /** Stops listening: the next Ctrl-C ends the process. */
  readonly stop: () => void;
}

/** Starts to listen for Ctrl-C. */
export function listenForInterrupts(terminal: Terminal): Interrupts {
  let settled: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  const stopListening = terminal.onInterrupt(() => {
    settled ??= new Promise((resolve) => {
      timer = setTimeout(() => {
        stopListening();
        resolve();
      }, GRACE);
    });
  });
  return {
    requested: () => settled !== undefined,
    settled: () => settled ?? Promise.resolve(),
    stop() {
      clearTimeout(timer);
      stopListening();
    },
  };
}

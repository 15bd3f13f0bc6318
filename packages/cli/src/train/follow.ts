// Watches a run: draws its progress, tells of its epochs, and breaks off at Ctrl-C once the update under way is done.
import type { FittedModel } from "downhill";
import type { ModelStep } from "../model/steps.ts";
import type { Progress } from "../terminal/progress.ts";
import type { Terminal } from "../terminal/terminal.ts";

/** What a run came to. */
export interface Followed {
  readonly fitted: FittedModel;
  readonly last: ModelStep;
}

export interface Watcher {
  /** Once, when the first update is done and the options are resolved. */
  first(step: ModelStep): void;
  /** At the end of each epoch. */
  epoch(step: ModelStep): void;
}

const BREATH = 100; // ms between two chances for Ctrl-C to be heard

/** Whether Ctrl-C was pressed. It counts until `forget`: npx hands it on, so that it comes twice. */
export interface Interrupts {
  readonly requested: () => boolean;
  readonly forget: () => void;
}

/** Hears Ctrl-C from now on. */
export function hearInterrupts(terminal: Terminal): Interrupts {
  let requested = false;
  const forget = terminal.onInterrupt(() => {
    requested = true;
  });
  return { requested: () => requested, forget };
}

/** Runs to the end, or until Ctrl-C is heard. */
export async function follow(
  steps: Iterable<ModelStep>,
  {
    terminal,
    progress,
    watcher,
    interrupts,
  }: { terminal: Terminal; progress: Progress; watcher: Watcher; interrupts: Interrupts },
): Promise<Followed> {
  let last: ModelStep | undefined;
  let breathed = terminal.now();
  try {
    for (const step of steps) {
      if (last === undefined) watcher.first(step);
      last = step;
      if (step.endOfEpoch) watcher.epoch(step);
      progress.step(step);
      if (terminal.now() - breathed >= BREATH) {
        await new Promise((resolve) => setImmediate(resolve));
        breathed = terminal.now();
      }
      if (interrupts.requested()) break;
    }
  } finally {
    progress.end();
  }
  return { fitted: last!.fitted(), last: last! };
}

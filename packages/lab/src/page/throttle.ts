// Work that is not done again and again in a short time, because nobody would see each result.

/** Work with a pause between two times. */
export interface Throttled {
  /** Does the work at once. A request that comes while it is being done is done after it. */
  now(): void;
  /** Does the work at once if the pause since the last time is over, and otherwise at its end. */
  soon(): void;
}

/** @param pause  milliseconds */
export function throttled(pause: number, work: () => void): Throttled {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let last = Number.NEGATIVE_INFINITY;
  let isWorking = false;
  let isWanted = false;
  const now = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    isWanted = true;
    if (isWorking) return; // the drawing removes the field that has the focus, for example
    isWorking = true;
    try {
      while (isWanted) {
        isWanted = false;
        last = performance.now();
        work();
      }
    } finally {
      isWorking = false;
    }
  };
  return {
    now,
    soon() {
      if (timer !== null) return;
      const wait = last + pause - performance.now();
      if (wait <= 0) now();
      else timer = setTimeout(now, wait);
    },
  };
}

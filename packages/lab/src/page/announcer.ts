// The one live region of the page: few messages, so that a screen reader is not flooded.

const PAUSE = 5000; // milliseconds between two messages

/** Announces texts, at most one every five seconds; of the texts in between, the last one. */
export interface Announcer {
  /** Announces a text if it differs from the one before. */
  announce(text: string): void;
  /** Announces at once what an action of the user has done. */
  now(text: string): void;
}

/** @param show  writes a text into the live region */
export function announcer(show: (text: string) => void): Announcer {
  let latest = "";
  let next: string | null = null;
  let quietUntil = 0;
  const flush = (): void => {
    if (next === null) return;
    show(next);
    next = null;
    quietUntil = Date.now() + PAUSE;
  };
  return {
    announce(text) {
      if (text === latest) return;
      latest = text;
      const isWaiting = next !== null;
      next = text;
      const wait = quietUntil - Date.now();
      if (wait <= 0) flush();
      else if (!isWaiting) setTimeout(flush, wait);
    },
    now(text) {
      show(text);
      quietUntil = Date.now() + PAUSE;
    },
  };
}

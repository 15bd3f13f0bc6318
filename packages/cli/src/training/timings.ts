// The times of the parts of a run, for --timings. They are only printed.

/** The times of a run in seconds. */
export interface Timings {
  /** Reading and preparing the data. */
  readonly reading: number;
  /** The training, with a search and a cross-validation. */
  readonly training: number;
  /** Measuring the model and writing files. */
  readonly rest: number;
  /** The exchanges between ranks during the training, with the time of waiting for other ranks; null for one process. */
  readonly exchanges: { readonly count: number; readonly seconds: number; readonly share: number } | null;
}

/** A clock that measures the parts of a run one after another. */
export function stopwatch(now: () => number): () => number {
  let last = now();
  return () => {
    const seconds = (now() - last) / 1000;
    last = now();
    return seconds;
  };
}

const secondsText = (seconds: number): string => `${seconds.toFixed(seconds < 10 ? 2 : 0)} s`;

/** The times as sentences. */
export function timingLines({ reading, training, rest, exchanges }: Timings): string[] {
  const [read, trained, written] = [reading, training, rest].map(secondsText);
  const parts = `Time: ${read} for reading, ${trained} for the training, ${written} for measuring and writing.`;
  if (exchanges === null) return [parts];
  const { count, seconds, share } = exchanges;
  return [
    parts,
    `Ranks: ${count} exchanges took ${secondsText(seconds)}, ${(100 * share).toFixed(1)} % of the training, with the time of waiting.`,
  ];
}

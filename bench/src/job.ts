// What every contestant is given, whatever language it is written in: files of raw numbers and a few settings.

/** Row-major numbers in a file, little-endian, as np.fromfile and a typed array read them. */
export interface Table {
  readonly path: string;
  readonly element: "float64" | "float32" | "uint32";
  readonly rows: number;
  readonly columns: number;
}

export type Setting = number | string | boolean | readonly number[];

export interface Job {
  readonly tables: Readonly<Record<string, Table>>;
  /** Those of the case, and the entrant's own: `element` and `threads`. */
  readonly settings: Readonly<Record<string, Setting>>;
}

/** A program that does a job as often as it is asked to. */
export interface Contestant {
  /** Of the library that does the work, as it names itself. */
  readonly version: string;
  /** Untimed: back to the start of the job. */
  reset(): void | Promise<void>;
  /** Timed. */
  run(): void | Promise<void>;
  /** What the last run is to count as, where a part that was measured apart is taken off. */
  seconds?(): number;
  /** What the last run came to. */
  result(): Outcome | Promise<Outcome>;
}

export interface Outcome {
  /** In the layout of the workload. */
  readonly params: ArrayLike<number>;
  /**
   * Updates of the parameters since the start of the job, counted where they are made; absent where a library does not
   * tell how many it made. Passes, where a pass makes as many updates as it chooses.
   */
  readonly updates?: number;
  /** Largest resident set of the run, where the run was a command of its own. */
  readonly peakBytes?: number;
}

/** How a task makes a contestant. */
export type MakeContestant = (job: Job) => Contestant | Promise<Contestant>;

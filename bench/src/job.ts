// The input of every program, in any language: files of raw numbers and a few settings.

/** Numbers in a file, row by row, little-endian: np.fromfile and typed arrays read them as they are. */
export interface Table {
  readonly path: string;
  readonly elementType: "float64" | "float32" | "uint32";
  readonly rows: number;
  readonly columns: number;
}

export type Setting = number | string | boolean | readonly number[];

export interface Job {
  readonly tables: Readonly<Record<string, Table>>;
  /** The settings of the case and of the program, with `elementType` and `threads`. */
  readonly settings: Readonly<Record<string, Setting>>;
}

/** A program in its own process, ready to do the job any number of times. */
export interface LoadedProgram {
  /** Version of the product; absent when each run is a new process, which reports no version. */
  readonly version?: string;
  /** Goes back to the start of the job. Not timed. */
  reset(): void | Promise<void>;
  /** Does the job. Timed. */
  run(): void | Promise<void>;
  /** The counted seconds of the last run, for a program that times a part of the run separately and subtracts it. */
  seconds?(): number;
  /** The result of the last run. */
  result(): Outcome | Promise<Outcome>;
}

export interface Outcome {
  /** Parameters in the order of src/evaluate/scores.ts. */
  readonly params: ArrayLike<number>;
  /**
   * The number of updates since the start of the job, or of iterations of a second-order solver, as the product counts them;
   * absent when the product reports no number.
   */
  readonly updates?: number;
  /** Peak resident memory of the run, when each run is a process of its own. */
  readonly peakBytes?: number;
  /** Seconds of all processors together, when each run is a process of its own. */
  readonly processorSeconds?: number;
}

/** A module in programs/ exports this function as `load`. */
export type LoadProgram = (job: Job) => LoadedProgram | Promise<LoadedProgram>;

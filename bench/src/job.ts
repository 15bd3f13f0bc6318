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
  /** Version of the product; absent where a run is a process that reports none. */
  readonly version?: string;
  /** Goes back to the start of the job. Not timed. */
  reset(): void | Promise<void>;
  /** Does the job. Timed. */
  run(): void | Promise<void>;
  /** Seconds that count of the last run, where the program subtracts a part that it timed separately. */
  seconds?(): number;
  /** The result of the last run. */
  result(): Outcome | Promise<Outcome>;
}

export interface Outcome {
  /** Parameters in the order of src/evaluate/scores.ts. */
  readonly params: ArrayLike<number>;
  /**
   * Updates since the start of the job, counted where they are made; absent where the product reports no count. For a
   * second-order solver, its iterations.
   */
  readonly updates?: number;
  /** Peak resident memory of the run, where the run was a process of its own. */
  readonly peakBytes?: number;
}

/** A module in programs/ exports this function as `load`. */
export type LoadProgram = (job: Job) => LoadedProgram | Promise<LoadedProgram>;

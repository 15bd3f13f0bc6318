// A part of an optimizer as JSON: the name of the function that made it, and its arguments. optimizerFromSpec.ts makes the same
// part from it.

/** { schedule: "cosine", rate: 0.1, updates: 300, last: 0.001 } */
export interface ScheduleSpec {
  /** The name of the schedule's function. */
  readonly schedule: string;
  /** The learning rate that it changes. */
  readonly rate: RateSpec;
  readonly [option: string]: string | RateSpec;
}

/** A learning rate: a number, or the spec of a schedule. */
export type RateSpec = number | ScheduleSpec;

/** { transform: "clipByNorm", largest: 5 } */
export interface TransformSpec {
  /** The name of the transform's function. */
  readonly transform: string;
  readonly [option: string]: string | number;
}

/** { optimizer: "momentum", rate: 0.1, decay: 0.9 }; of `descent`, { optimizer, rate, transforms }. */
export interface OptimizerSpec {
  /** The name of the optimizer's function. */
  readonly optimizer: string;
  readonly [argument: string]: string | RateSpec | readonly TransformSpec[];
}

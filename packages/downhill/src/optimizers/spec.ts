// A part of an optimizer as JSON: the name of the function that made it, and its arguments. optimizerFromSpec.ts makes the same
// part from it.

/** { schedule: "cosine", rate: 0.1, updates: 300, last: 0.001 } */
export interface ScheduleSpec {
  readonly schedule: string;
  readonly rate: RateSpec;
  readonly [option: string]: string | RateSpec;
}

/** A learning rate: a number, or the spec of a schedule. */
export type RateSpec = number | ScheduleSpec;

/** { transform: "clipByNorm", largest: 5 } */
export interface TransformSpec {
  readonly transform: string;
  readonly [option: string]: string | number;
}

/** { optimizer: "momentum", rate: 0.1, decay: 0.9 }; of `descent`, { optimizer, rate, transforms }. */
export interface OptimizerSpec {
  readonly optimizer: string;
  readonly [argument: string]: string | RateSpec | readonly TransformSpec[];
}

// The state of the page: one plain object, from which the data and the run can be made again.
import { type fileFields, generators, type tableFields } from "./dataFields.ts";
import { type Choice, initialChoice, initialOf, number, type ValuesOf } from "./field.ts";
import { descentFields, models, optimizers, schedules, seedFields, viewFields } from "./trainingFields.ts";

/** Points that the user drew, or ratings that the user typed. */
export interface DrawnData {
  readonly kind: "drawn";
  /** classes: rows of x1, x2 and the number of a class; numbers: x and y; ratings: the number of a user, of an item, a rating. */
  readonly holds: "classes" | "numbers" | "ratings";
  readonly points: readonly (readonly number[])[];
}

/** The data of a run. */
export type DataState =
  | { readonly kind: "generated"; readonly generator: Choice<typeof generators> }
  | ({ readonly kind: "table" } & ValuesOf<typeof tableFields>)
  | ({ readonly kind: "file" } & ValuesOf<typeof fileFields>)
  | DrawnData;

/** A model with its options. */
export type ModelState = Choice<typeof models>;

/** How a run descends. */
export type DescentState = ValuesOf<typeof descentFields> & {
  readonly optimizer: Choice<typeof optimizers>;
  readonly schedule: Choice<typeof schedules>;
};

/** The share of the rows that are held out; 0 for none. */
export const heldOutField = number(0.25, 0, 0.9);

/** Everything that determines a run and what the page shows of it. */
export interface LabState {
  readonly data: DataState;
  readonly model: ModelState;
  readonly descent: DescentState;
  readonly heldOut: number;
  readonly seeds: ValuesOf<typeof seedFields>;
  readonly view: ValuesOf<typeof viewFields>;
}

/** The state of a first visit: logistic regression on two half moons, with plain descent. */
export const initialState: LabState = {
  data: { kind: "generated", generator: initialChoice(generators, "moons") },
  model: initialChoice(models, "logistic"),
  descent: {
    ...initialOf(descentFields),
    optimizer: initialChoice(optimizers, "plain"),
    schedule: initialChoice(schedules, "constant"),
  },
  heldOut: heldOutField.initial,
  seeds: initialOf(seedFields),
  view: initialOf(viewFields),
};

/** The names of the optimizers that compute their learning rate. */
export const rateFree: readonly string[] = ["auto", "automatic", "dog"];

/** The settings of a run that begins without an update. */
export const atStart = (state: LabState): LabState => ({ ...state, view: { ...state.view, updates: 0 } });

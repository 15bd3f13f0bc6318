// The keys of a link that hold one value each, and their fields.
import type { Field } from "../state/field.ts";
import { heldOutField, type LabState } from "../state/labState.ts";
import { descentFields, seedFields, viewFields } from "../state/trainingFields.ts";

/** A part of a state that can be changed while a link is read. */
export interface Draft {
  data: LabState["data"];
  model: LabState["model"];
  descent: LabState["descent"];
  heldOut: number;
  seeds: LabState["seeds"];
  view: LabState["view"];
}

/** A value of the state that has a key in links. */
export interface LinkKey {
  readonly key: string;
  readonly field: Field<unknown>;
  get(state: LabState): unknown;
  set(state: Draft, value: unknown): void;
}

/** The key of a field in a part of the state. The name must be one of the part. */
const within =
  (part: "descent" | "seeds" | "view", fields: Readonly<Record<string, Field<unknown>>>) =>
  (key: string, name: string): LinkKey => ({
    key,
    field: fields[name]!,
    get: (state) => (state[part] as Readonly<Record<string, unknown>>)[name],
    set: (state, value) => Object.assign(state, { [part]: { ...state[part], [name]: value } }),
  });

const descent = within("descent", descentFields);
const seed = within("seeds", seedFields);
const view = within("view", viewFields);

/** The keys with one value each, in the order of a link. */
export const linkKeys: readonly LinkKey[] = [
  descent("lr", "learningRate"),
  descent("warmUp", "warmUp"),
  descent("b", "batchSize"),
  descent("e", "epochs"),
  descent("l2", "l2"),
  descent("l1", "l1"),
  descent("order", "order"),
  descent("start", "start"),
  descent("gradient", "stopGradient"),
  descent("patience", "patience"),
  {
    key: "h",
    field: heldOutField,
    get: (state) => state.heldOut,
    set: (state, value) => Object.assign(state, { heldOut: value }),
  },
  seed("s", "run"),
  seed("ds", "data"),
  view("scale", "lossScale"),
  view("axis", "lossAxis"),
  view("value", "lossValue"),
  view("smooth", "smooth"),
  view("errors", "errors"),
  view("p", "threshold"),
  view("plane", "plane"),
  view("px", "planeX"),
  view("py", "planeY"),
  view("arrows", "arrows"),
  view("directions", "directions"),
  view("kinks", "kinks"),
  view("size", "size"),
  view("fx", "featureX"),
  view("fy", "featureY"),
  view("at", "updates"),
  view("mission", "mission"),
  view("hide", "hide"),
  view("embed", "embed"),
  view("lock", "lock"),
];

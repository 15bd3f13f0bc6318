// States for the tests.
import type { FileData } from "../src/files/fileData.ts";
import { fileFields, generators } from "../src/state/dataFields.ts";
import { initialChoice, initialOf } from "../src/state/field.ts";
import { type DataState, initialState, type LabState } from "../src/state/labState.ts";
import { models, optimizers } from "../src/state/trainingFields.ts";

/** Generated data with the initial options, and a few others. */
export function generated<Name extends keyof typeof generators>(name: Name, options: object = {}): DataState {
  const { options: initial } = initialChoice(generators, name);
  return { kind: "generated", generator: { name, options: { ...initial, ...options } } } as DataState;
}

/** The initial state with other data, another model, and other settings of the descent. */
export const stateWith = (
  data: DataState,
  model: keyof typeof models,
  descent: Partial<LabState["descent"]> = {},
): LabState => ({
  ...initialState,
  data,
  model: initialChoice(models, model) as LabState["model"],
  descent: { ...initialState.descent, ...descent },
});

/** Descent settings of an optimizer with its initial options. */
export const optimizer = (name: keyof typeof optimizers): Pick<LabState["descent"], "optimizer"> => ({
  optimizer: initialChoice(optimizers, name) as LabState["descent"]["optimizer"],
});

/** Data for each model. */
export const modelStates: Readonly<Record<keyof typeof models, LabState>> = {
  linear: stateWith(generated("line"), "linear"),
  logistic: stateWith(generated("moons"), "logistic"),
  softmax: stateWith(generated("blobs", { classes: 3 }), "softmax"),
  network: stateWith(generated("circles"), "network"),
  svm: stateWith(generated("blobs"), "svm", { learningRate: 0.01 }),
  factorization: stateWith(generated("ratings"), "factorization", { learningRate: 0.02 }),
};

/** Data of a file of the user. */
export const fileData = (fields: Partial<FileData>): FileData => ({
  ...initialOf(fileFields),
  kind: "file",
  ...fields,
});

// Random states for property tests: every value is one that its field allows.
import fc from "fast-check";
import { anyText } from "../../downhill/test/anyText.ts";
import { fileFields, generators, tableFields } from "../src/state/dataFields.ts";
import type { Field, Fields, Variants } from "../src/state/field.ts";
import { heldOutField, initialState, type LabState } from "../src/state/labState.ts";
import { descentFields, models, optimizers, schedules, seedFields, viewFields } from "../src/state/trainingFields.ts";

const scalar = fc.oneof(
  fc.integer({ min: 0, max: 40 }),
  fc.integer({ min: -1000, max: 4_294_967_295 }),
  fc.double({ min: 0, max: 1, noNaN: true }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  anyText(12),
  fc.constantFrom("a,b:c&d=e+f%", "Größe", "auto", "full", "zeros", "random", "off", "", ";"),
  fc.boolean(),
  fc.record({ random: fc.double({ min: 1e-9, max: 1000, noNaN: true }) }),
);

/** Values that a field allows; the choices of a field are in its rule. */
const allowedBy = (field: Field<unknown>): fc.Arbitrary<unknown> => {
  const names = /one of (.*)$/.exec(field.rule)?.[1]?.split(", ") ?? [];
  const some = names.length > 0 ? fc.oneof(fc.constantFrom(...names), scalar) : scalar;
  const values = fc.oneof(some, fc.array(some, { maxLength: 4 })).filter((value) => field.allows(value));
  return fc.oneof(fc.constant(field.initial), values);
};

const valuesOf = (fields: Fields) =>
  fc.record(Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, allowedBy(field)])));

const choiceOf = (variants: Variants) =>
  fc.oneof(
    ...Object.entries(variants).map(([name, fields]) =>
      fc.record({ name: fc.constant(name), options: valuesOf(fields) }),
    ),
  );

const finite = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
const index = fc.integer({ min: 0, max: 5 });
const points = fc.oneof(
  fc.record({ holds: fc.constant("classes"), points: fc.array(fc.tuple(finite, finite, index), { maxLength: 20 }) }),
  fc.record({ holds: fc.constant("numbers"), points: fc.array(fc.tuple(finite, finite), { maxLength: 20 }) }),
  fc.record({ holds: fc.constant("ratings"), points: fc.array(fc.tuple(index, index, finite), { maxLength: 20 }) }),
);

const data = fc.oneof(
  choiceOf(generators).map((generator) => ({ kind: "generated", generator })),
  valuesOf(tableFields).map((values) => ({ kind: "table", ...values })),
  valuesOf(fileFields).map((values) => ({ kind: "file", ...values })),
  points.map((values) => ({ kind: "drawn", ...values })),
);

/** A state whose values are allowed one by one; together they may contradict each other. */
export const arbitraryState: fc.Arbitrary<LabState> = fc
  .record({
    data,
    model: choiceOf(models),
    descent: fc
      .tuple(valuesOf(descentFields), choiceOf(optimizers), choiceOf(schedules))
      .map(([values, optimizer, schedule]) => ({ ...initialState.descent, ...values, optimizer, schedule })),
    heldOut: allowedBy(heldOutField),
    seeds: valuesOf(seedFields),
    view: valuesOf(viewFields),
  })
  .map((state) => state as unknown as LabState);

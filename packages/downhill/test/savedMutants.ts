// Saved models changed in one place, with a correct checksum, as a faulty program or an attacker may write them.
import fc from "fast-check";
import { decodeNumbers, encodeNumbers } from "../src/estimators/saved/numberText.ts";

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
type Change = (value: Json, body: Json) => Json | undefined;

/** A path in a body: names of members and positions in lists. */
export type Path = readonly (string | number)[];

/** All paths in a value; the first is the value itself. */
function pathsOf(value: Json, path: Path = []): Path[] {
  if (value === null || typeof value !== "object") return [path];
  return [
    path,
    ...Object.keys(value).flatMap((name) => pathsOf((value as Record<string, Json>)[name]!, [...path, name])),
  ];
}

const at = (value: Json, path: Path): Json =>
  path.reduce<Json>((inner, name) => (inner as Record<string, Json>)[name]!, value);

/** A copy of the value with another value at the path; undefined removes it. */
function withChange(value: Json, [name, ...rest]: Path, changed: Json | undefined): Json | undefined {
  if (name === undefined) return changed;
  const inner = withChange((value as Record<string, Json>)[name]!, rest, changed);
  if (Array.isArray(value))
    return value.flatMap((each, i) => (String(i) !== name ? [each] : inner === undefined ? [] : [inner]));
  return Object.fromEntries(
    Object.entries(value as object).flatMap(([key, each]) =>
      key !== name ? [[key, each]] : inner === undefined ? [] : [[key, inner]],
    ),
  );
}

const strange: readonly Json[] = [
  null,
  true,
  false,
  0,
  -1,
  1,
  2,
  3,
  0.5,
  1e308,
  2 ** 53,
  4e9,
  "",
  "x",
  "full",
  "__proto__",
  "constructor",
  "=",
  "AAAA",
  "A".repeat(11),
  "A".repeat(44),
  [],
  {},
  [[]],
  [1, 1],
  [null],
  ["a", "a"],
  { length: 1e9 },
  { shift: "", scale: "" },
  encodeNumbers([1]),
  encodeNumbers([Number.NaN]),
  encodeNumbers([Infinity, 1, 2]),
  encodeNumbers([0, 0, 0]),
  "linear",
  "logistic",
  "softmax",
  "svm",
  "network",
  "factorization",
  "relu",
  "tanh",
  "hinge",
  "regression",
  "classification",
];
const numbers = [Number.NaN, Infinity, -Infinity, -1, 0, 0.5, 1e308, 4294967296];

/** Numbers of a base64 text, or undefined for another value. */
function numbersOf(value: Json): number[] | undefined {
  if (typeof value !== "string" || value.length % 4 !== 0 || !/^[A-Za-z0-9+/]{8,}={0,2}$/.test(value)) return undefined;
  return [...decodeNumbers(value)];
}

const change: fc.Arbitrary<Change> = fc.oneof(
  fc.constantFrom<Change>(() => undefined),
  fc.constantFrom(...strange).map(
    (value): Change =>
      () =>
        value,
  ),
  fc.nat().map(
    (which): Change =>
      (_, body) =>
        at(body, pathsOf(body)[which % pathsOf(body).length]!),
  ),
  fc.tuple(fc.nat(), fc.constantFrom(...numbers)).map(
    ([which, number]): Change =>
      (value) => {
        const own = numbersOf(value);
        if (own === undefined) return typeof value === "number" && Number.isFinite(number) ? number : null;
        own[which % own.length] = number;
        return encodeNumbers(own);
      },
  ),
  fc.constantFrom(-1, 1).map(
    (by): Change =>
      (value) => {
        const own = numbersOf(value);
        if (own !== undefined) return encodeNumbers(by < 0 ? own.slice(0, -1) : [...own, own[0]!]);
        if (Array.isArray(value)) return by < 0 ? value.slice(0, -1) : [...value, value[0] ?? 1];
        return typeof value === "number" ? value + by : [value];
      },
  ),
  fc.constantFrom("__proto__", "constructor", "toString", "extra").map(
    (name): Change =>
      (value) =>
        value !== null && typeof value === "object" && !Array.isArray(value)
          ? (JSON.parse(`{${JSON.stringify(name)}:[1],${JSON.stringify(value).slice(1)}`.replace(",}", "}")) as Json)
          : value,
  ),
);

export interface Mutant {
  readonly which: number;
  readonly path: Path;
  readonly body: Json;
}

/** One of the bodies with one change. */
export const mutantOf = (bodies: readonly Json[]): fc.Arbitrary<Mutant> =>
  fc.tuple(fc.nat(bodies.length - 1), fc.nat(), change).map(([which, where, changed]) => {
    const body = bodies[which]!;
    const paths = pathsOf(body);
    const path = paths[where % paths.length]!;
    return { which, path, body: withChange(body, path, changed(at(body, path), body)) ?? null };
  });

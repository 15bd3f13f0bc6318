// The check of a scene before it is drawn, because a scene may come from a file: its numbers are finite and not huge, its
// colours are colours, and its marks are of known kinds. Then only its texts must be escaped.

import { color as parseColor } from "d3-color";
import { fail } from "../data/check.ts";
import { shapes } from "../geometry/symbols.ts";
import type { Mark, Scene } from "./scene.ts";

/** Throws unless the value is allowed; `at` is its path in the scene. */
type Check = (at: string, value: unknown) => void;
type Members = Readonly<Record<string, Check>>;

const maxDepth = 16;

function failAt(at: string, rule: string, value: unknown): never {
  const got = (JSON.stringify(value) ?? String(value)).slice(0, 80);
  fail("toSvg", `${at} must ${rule}, got ${got}. Make the scene with scene(spec).`);
}

/** No drawing has larger coordinates. */
const maxCoordinate = 1e9;

const isNumber = (value: unknown): boolean => typeof value === "number" && Math.abs(value) <= maxCoordinate;

const number: Check = (at, value) => {
  if (!isNumber(value)) failAt(at, "be a number from −1e9 to 1e9", value);
};
const boolean: Check = (at, value) => {
  if (typeof value !== "boolean") failAt(at, "be true or false", value);
};
const text: Check = (at, value) => {
  if (typeof value !== "string") failAt(at, "be text", value);
};
const pathData: Check = (at, value) => {
  if (typeof value !== "string" || !/^[MLHVCSQTAZ\d\s.,e+-]*$/i.test(value)) failAt(at, "be path data of SVG", value);
};
const numbers: Check = (at, value) => {
  if (!Array.isArray(value) || !value.every(isNumber)) failAt(at, "be a list of numbers from −1e9 to 1e9", value);
};
const tuple =
  (length: number): Check =>
  (at, value) => {
    numbers(at, value);
    if ((value as number[]).length !== length) failAt(at, `have ${length} numbers`, value);
  };
const oneOf =
  (choices: readonly string[]): Check =>
  (at, value) => {
    if (!choices.includes(value as string)) failAt(at, `be one of ${choices.join(", ")}`, value);
  };
const color: Check = (at, value) => {
  const css = Array.isArray(value) && value.length === 2 ? value : [];
  if (css.length === 0 || !css.every((each) => typeof each === "string" && parseColor(each) !== null))
    failAt(at, "be two colours, for the light and the dark theme, each a name, #rrggbb, rgb(…) or hsl(…)", value);
};
const list =
  (check: Check): Check =>
  (at, value) => {
    if (!Array.isArray(value)) failAt(at, "be a list", value);
    for (const [i, each] of (value as unknown[]).entries()) check(`${at}[${i}]`, each);
  };
const optional =
  (check: Check): Check =>
  (at, value) => {
    if (value !== undefined) check(at, value);
  };
const object =
  (members: Members): Check =>
  (at, value) => {
    if (typeof value !== "object" || value === null) failAt(at, "be an object", value);
    for (const [name, check] of Object.entries(members)) {
      check(
        `${at}.${name}`,
        Object.hasOwn(value as object, name) ? (value as Record<string, unknown>)[name] : undefined,
      );
    }
  };

const box = object({ x: number, y: number, width: number, height: number });
const drawn: Members = { clip: optional(box), series: optional(number), opacity: optional(number) };
const line: Members = { width: optional(number), dash: optional(numbers) };

const kinds: Readonly<Record<Exclude<Mark["kind"], "group">, Members>> = {
  path: { d: pathData, fill: optional(color), stroke: optional(color), ...line, ...drawn },
  points: {
    shape: oneOf(shapes),
    xs: numbers,
    ys: numbers,
    radius: number,
    fill: optional(color),
    stroke: optional(color),
    width: optional(number),
    ...drawn,
  },
  rects: { cells: list(tuple(4)), fill: color, hatch: optional(color), ...drawn },
  rule: { from: tuple(2), to: tuple(2), stroke: color, ...line, width: number, ...drawn },
  text: {
    x: number,
    y: number,
    text,
    size: number,
    weight: oneOf(["regular", "bold"]),
    anchor: oneOf(["start", "middle", "end"]),
    color,
    upwards: optional(boolean),
    full: optional(text),
  },
  ramp: { box, stops: list(color) },
};

function checkMark(at: string, value: unknown, depth: number): void {
  object({ kind: oneOf([...Object.keys(kinds), "group"]) })(at, value);
  const mark = value as Mark;
  if (mark.kind !== "group") {
    object(kinds[mark.kind])(at, mark);
    if (mark.kind === "points" && mark.xs.length !== mark.ys.length)
      failAt(`${at}.ys`, `have as many numbers as xs, ${mark.xs.length}`, mark.ys.length);
    return;
  }
  if (depth === maxDepth) failAt(at, `lie in at most ${maxDepth} groups`, depth + 1);
  const marks = list((path, each) => checkMark(path, each, depth + 1));
  object({ x: number, y: number, marks })(at, mark);
}

/** @throws RangeError with the path of the first value that cannot be drawn */
export function checkScene(scene: Scene): void {
  object({
    width: number,
    height: number,
    marks: list((at, mark) => checkMark(at, mark, 0)),
    a11y: object({ title: text, caption: text }),
  })("scene", scene);
}

// A run has the colour and the marker of its letter in the chart of the losses, on the map of the loss and in the table of the runs.
import { type PathMark, type PointsMark, type Scene, seriesMarker } from "@downhill/plots";
import { expect, test } from "vitest";
import type { LabState } from "../src/state/labState.ts";
import { runLetters, styleOf } from "../src/state/runLetters.ts";
import { makeSession, type Session } from "../src/worker/session.ts";
import { modelStates } from "./states.ts";

const state = modelStates.logistic;
const sizes = { loss: { width: 700, height: 300 }, surface: { width: 500, height: 400 } };
const withRate = (learningRate: number): LabState => ({
  ...state,
  descent: { ...state.descent, learningRate, epochs: 1000 },
});
const go = (session: Session, updates: number): void => {
  for (let i = 0; i < updates; i++) session.next();
};

/** The colours, the markers and the dashes of the marks of an entry of the legend. */
function marksOf({ legend, marks }: Scene, name: string) {
  const item = legend.find((each) => each.name === name);
  if (item === undefined) throw new Error(`No entry "${name}" among ${legend.map((each) => each.name)}.`);
  const own = marks.filter((mark) => "series" in mark && mark.series === item.series);
  const points = own.filter((mark): mark is PointsMark => mark.kind === "points" && mark.fill !== undefined);
  const lines = own.filter((mark): mark is PathMark => mark.kind === "path").slice(-1); // the strip under it comes first
  return {
    colors: new Set([...points.map(({ fill }) => String(fill)), ...lines.map(({ stroke }) => String(stroke))]),
    key: item.key,
    shapes: points.map(({ shape }) => shape),
    dash: lines[0]?.dash,
  };
}

/** Draws the charts that have changed, and returns what they show of a run. */
function viewer(session: Session) {
  let scenes: Readonly<Record<string, Scene | null>> = {};
  return (letter: string) => {
    const frame = session.frame(sizes, state.view, false, null);
    scenes = { ...scenes, ...frame.scenes };
    const own = letter === frame.letter;
    return {
      loss: marksOf(scenes["loss"]!, own ? `Run ${letter}: training` : letter),
      map: marksOf(scenes["surface"]!, `Run ${letter}`),
    };
  };
}

/** Requires that a run has the style of its letter in both charts, and in their legends. */
function expectStyle(look: ReturnType<typeof viewer>, letter: string): void {
  const { color } = seriesMarker(styleOf(letter), 1); // the table takes it from there too
  const shape = ["circle", "square", "triangle", "diamond", "plus", "cross", "circle", "square"][styleOf(letter)]!;
  for (const [chart, { colors, shapes, key }] of Object.entries(look(letter))) {
    expect([letter, chart, ...colors]).toEqual([letter, chart, String(color)]);
    expect([letter, chart, ...new Set(shapes)]).toEqual([letter, chart, shape]);
    expect([key.marker?.shape, key.marker?.fill, key.line?.stroke]).toEqual([shape, color, color]);
  }
}

test("a run keeps its colour and its marker: as the present run, kept, beside hidden and removed runs, put back, and in a race", () => {
  const session = makeSession();
  const look = viewer(session);
  for (const [letter, rate] of [
    ["A", 0.1],
    ["B", 0.2],
    ["C", 0.3],
  ] as const) {
    session.start(withRate(rate), null);
    expectStyle(look, letter); // at its start, beside the forecast
    go(session, 5);
    expectStyle(look, letter);
  }
  session.start(withRate(0.4), null);
  go(session, 5);
  const all = ["A", "B", "C", "D"];
  for (const letter of all) expectStyle(look, letter);
  session.label("A", { isHidden: true });
  session.label("C", { isPinned: true }); // is the first of the kept runs now
  for (const letter of all) expectStyle(look, letter);
  session.remove("A");
  for (const letter of ["B", "C", "D"]) expectStyle(look, letter);
  session.putBack();
  for (const letter of all) expectStyle(look, letter);
  session.race(["A", "B"]);
  go(session, 4);
  for (const letter of all) expectStyle(look, letter);
});

test("the lines of the present run have one colour, and differ in their dashes; before its first update, its forecast is dotted", () => {
  const batches = { ...withRate(0.1), view: { ...state.view, smooth: true } };
  const session = makeSession();
  session.start({ ...batches, descent: { ...batches.descent, batchSize: 16 } }, null);
  const before = session.frame(sizes, batches.view, false, null).scenes;
  const color = String(seriesMarker(0, 1).color);
  for (const [scene, dash] of [
    [before.loss!, [1, 3]],
    [before.surface!, [1, 3]],
  ] as const) {
    const forecast = marksOf(scene, "forecast");
    expect([...forecast.colors, forecast.dash]).toEqual([color, dash]);
  }
  go(session, 60);
  const loss = session.frame(sizes, batches.view, false, null).scenes.loss!;
  const lines = ["training", "held-out", "each batch", "smoothed"].map((name) => marksOf(loss, `Run A: ${name}`));
  expect(lines.map(({ colors }) => [...colors])).toEqual([[color], [color], [color], [color]]);
  expect(lines.map(({ dash }) => dash)).toEqual([[], [3, 3], [], [8, 2, 2, 2]]);
  expect(lines.map(({ key }) => key.line!.width)).toEqual([1.75, 1.75, 1, 1.75]);
});

test("eight runs differ in colour and dashes, and in colour and marker; run H too, which has the colour of run A", () => {
  const session = makeSession();
  const look = viewer(session);
  for (const [i, letter] of runLetters.entries()) {
    session.start(withRate(0.1 + i / 100), null);
    go(session, 3);
    expectStyle(look, letter);
  }
  for (const chart of ["loss", "map"] as const) {
    const looks = runLetters.map((letter) => look(letter)[chart]);
    expect(new Set(looks.map(({ colors, dash }) => `${[...colors]} ${dash}`)).size).toBe(8);
    expect(new Set(looks.map(({ colors, shapes }) => `${[...colors]} ${shapes[0]}`)).size).toBe(8);
  }
});

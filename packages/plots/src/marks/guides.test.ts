import { describe, expect, test } from "vitest";
import { classRegions } from "../charts/classRegions.ts";
import { probabilityField } from "../charts/probabilityField.ts";
import { valueField } from "../charts/valueField.ts";
import { gridBetween, gridRows } from "../data/grid.ts";
import { scene } from "../draw.ts";
import type { PathMark, Scene } from "../scene/scene.ts";
import type { LinearScore } from "./guides.ts";

const grid = gridBetween([-10, 10], [0, 1], { columns: 60, rows: 60 }); // axes with very different units
const pathsOf = ({ marks }: Scene, series: number): PathMark[] =>
  marks.filter((mark): mark is PathMark => mark.kind === "path" && mark.series === series);
const pointsOf = ({ d }: PathMark): number[][] =>
  d
    .slice(1)
    .replace("Z", "")
    .split("L")
    .map((pair) => pair.split(",").map(Number));

describe("the direction of the weights", () => {
  const score: LinearScore = { weights: [0.3, -7], intercept: 4 };
  const probabilities = gridRows(grid).map(([a = 0, b = 0]) => 1 / (1 + Math.exp(-(0.3 * a - 7 * b + 4))));
  const sceneOf = (threshold: number, own = score) =>
    scene(probabilityField({ title: "P", grid, probabilities, threshold, score: own }), { width: 500, height: 300 });
  const valueAt = ({ axes }: Scene, [x, y]: number[]): number => {
    const at = ({ domain, pixels }: Scene["axes"][number], pixel: number) =>
      domain[0] + ((pixel - pixels[0]) / (pixels[1] - pixels[0])) * (domain[1] - domain[0]);
    return 0.3 * at(axes[0]!, x!) - 7 * at(axes[1]!, y!) + 4;
  };

  test.each([0.5, 0.8])(
    "is at a right angle to the line of the threshold %d, from its middle to higher probabilities",
    (threshold) => {
      const drawn = sceneOf(threshold);
      const [from, to] = pointsOf(pathsOf(drawn, 2)[1]!) as [number[], number[]];
      // The coordinates of a path have one decimal, so that the score has an error of about 0.01.
      expect(valueAt(drawn, from)).toBeCloseTo(Math.log(threshold / (1 - threshold)), 1);
      expect(valueAt(drawn, to)).toBeGreaterThan(valueAt(drawn, from) + 0.2);
      const side = [to[0]! - from[0]!, to[1]! - from[1]!];
      const alongLine = [from[0]! - 20 * side[1]!, from[1]! + 20 * side[0]!]; // far along the right angle
      expect(Math.abs(valueAt(drawn, alongLine) - valueAt(drawn, from))).toBeLessThan(0.2);
      expect(drawn.legend.filter(({ name }) => name === "weights")).toHaveLength(1);
    },
  );

  test("needs a line in the plot", () => {
    expect(pathsOf(sceneOf(1), 2)).toEqual([]);
    expect(pathsOf(sceneOf(0.5, { weights: [0, 0], intercept: 0 }), 2)).toEqual([]);
    expect(() => sceneOf(0.5, { weights: [Number.NaN, 0], intercept: 0 })).toThrow("score.weights");
  });
});

test("guides are over all fields, with one entry in the legend that names their series", () => {
  const guides = {
    name: "bends",
    lines: [
      [
        [-10, 0.5],
        [10, 0.5],
      ],
      [
        [0, 0],
        [0, 1],
      ],
    ],
  } as const;
  const cells = grid.columns * grid.rows;
  const values = Array.from({ length: cells }, (_, i) => i);
  const charts = [
    [probabilityField({ title: "P", grid, probabilities: values.map((value) => value / cells), guides }), 3],
    [classRegions({ title: "C", grid, field: { chosen: values.map(() => 0) }, classes: ["a", "b"], guides }), 2],
    [valueField({ title: "V", grid, values, guides }), 0],
  ] as const;
  for (const [spec, series] of charts) {
    const drawn = scene(spec, { width: 500, height: 300 });
    const { box } = { box: drawn.axes.map(({ pixels }) => pixels) };
    const [, line] = pathsOf(drawn, series);
    const [[left, right], [bottom, top]] = box as unknown as [[number, number], [number, number]];
    const middle = [(left + right) / 2, (top + bottom) / 2];
    const ends = line!.d
      .split("M")
      .slice(1)
      .map((part) => pointsOf({ ...line!, d: `M${part}` }));
    const expected = [
      [
        [left, middle[1]],
        [right, middle[1]],
      ],
      [
        [middle[0], bottom],
        [middle[0], top],
      ],
    ];
    expect(ends.flat(2).map((value, i) => Math.abs(value - expected.flat(2)[i]!) < 0.06)).not.toContain(false);
    expect(drawn.legend.filter(({ name }) => name === "bends").map((entry) => entry.series)).toEqual([series]);
  }
  expect(() =>
    valueField({
      title: "V",
      grid,
      values,
      guides: {
        name: "x",
        lines: [
          [
            [0, 0],
            [Number.NaN, 1],
          ],
        ],
      },
    }),
  ).toThrow("guides.lines[0]");
});

// The rows of a table and the places of a picture that the keyboard reads.
import { classRegions, scene } from "@downhill/plots";
import { expect, test } from "vitest";
import { placeAfter, rowAfter, rowText } from "../src/page/chartKeys.ts";
import { GRID, gridCentre, placeIn, positionOf } from "../src/page/chartPlaces.ts";

test("the first key leads to the first row, arrows to the next value or line, and a row is read without a name twice", () => {
  const rows = [0, 1, 2].flatMap((update): [string, number][] => [
    ["Run A: training", update],
    ["Run A: held-out", update],
  ]);
  const table = { columns: ["Run", "Updates"], rows };
  expect(["ArrowRight", "ArrowDown", "Home"].map((key) => rowAfter(key, -1, table))).toEqual([0, 0, 0]);
  expect(rowAfter("End", -1, table)).toBe(4);
  expect([rowAfter("ArrowRight", 0, table), rowAfter("ArrowRight", 4, table)]).toEqual([2, 4]);
  expect([rowAfter("ArrowDown", 2, table), rowAfter("ArrowUp", 3, table), rowAfter("x", 3, table)]).toEqual([
    3,
    2,
    null,
  ]);
  expect(rowAfter("End", -1, { columns: [], rows: [] })).toBeNull();
  expect(rowText(table, 3, String)).toBe("Run A: held-out, Updates 1");
  expect(rowText({ columns: ["Path", "Point"], rows: [["Run A", 2]] }, 0, String)).toBe("Path Run A, Point 2");
});

test("the first key leads to the middle, and the edges are not crossed", () => {
  expect(placeAfter("ArrowUp", null)).toEqual([4, 4]);
  expect(placeAfter("ArrowUp", [4, 4])).toEqual([4, 5]);
  expect(placeAfter("ArrowLeft", [0, 3])).toEqual([0, 3]);
  expect(placeAfter("ArrowDown", [4, 4], 0.5)).toEqual([4, 3.5]);
  expect(placeAfter("End", [2, 3])).toEqual([8, 3]);
  expect(placeAfter("PageDown", [2, 3])).toEqual([2, 0]);
  expect(placeAfter("x", [2, 3])).toBeNull();
});

test("the centres of the places divide the plot evenly", () => {
  const grid = { x1: [0, 9], x2: [0, 18], columns: 2, rows: 2 } as const;
  const drawn = scene(
    classRegions({
      ...{ title: "Regions", xName: "a", yName: "b", classes: ["A", "B"], grid },
      field: { chosen: [0, 0, 1, 1] },
    }),
  );
  const values = (column: number, row: number) => placeIn(drawn, ...gridCentre(drawn, [column, row])!)!.at;
  const [left, right] = [values(0, 0), values(GRID - 1, GRID - 1)];
  expect(values(4, 4)[0]).toBeCloseTo((left[0] + right[0]) / 2);
  expect(values(4, 4)[1]).toBeCloseTo((left[1] + right[1]) / 2);
  expect([right[0] > left[0], right[1] > left[1]]).toEqual([true, true]);
  const centre = gridCentre(drawn, [2, 7])!;
  const place = placeIn(drawn, ...centre)!;
  for (const k of [0, 1] as const) {
    expect(positionOf(drawn, place.at)![k]).toBeCloseTo(centre[k], 9);
    const [left, bottom] = drawn.axes.map(({ pixels: [from, to] }) => Math.abs(to - from));
    expect(place.unit[k]).toBeCloseTo(k === 0 ? 9 / left! : 18 / bottom!, 9);
  }
  expect([positionOf(drawn, [-0.1, 3]), positionOf(drawn, [3, 18.1])]).toEqual([null, null]);
});

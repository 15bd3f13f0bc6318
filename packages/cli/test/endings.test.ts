// How the command ends: each exit code, and what is printed and written with it.
import { afterAll, expect, test } from "vitest";
import { version } from "../src/version.ts";
import { dataset, downhill, Scratch } from "./world.ts";

const scratch = new Scratch();
const model = scratch.at("model.json");
afterAll(() => scratch.remove());

const iris = (...argv: string[]) => ["train", dataset("iris"), "--target", "species", "--save", model, ...argv];

test.each([
  ["a TypeError, such as of a value that is missing", () => (undefined as unknown as { length: number }).length],
  ["a RangeError, such as of a length that cannot be", () => "x".repeat(-1).length],
  [
    "something that is no Error",
    () => {
      throw "a string";
    },
  ],
])("%s is a bug: exit code 1, where it happened, where to report it, and no model", async (_, fault) => {
  const before = scratch.names();
  const { code, stdout, stderr } = await downhill(iris(), { now: fault as () => number });
  expect([code, stdout]).toEqual([1, ""]);
  const lines = stderr.trimEnd().split("\n");
  const first = lines.indexOf("✖ This is a bug in downhill, not a mistake of yours.");
  expect(lines[first + 1]).toBe("Please report the lines below, and the command, to the place where you got downhill.");
  expect(lines[first + 2]).toBe(`downhill ${version}, Node ${process.version}, ${process.platform} ${process.arch}`);
  expect(lines.slice(first + 3).join("\n")).toMatch(/^(TypeError|RangeError): .+(\n {4}at .+)+$|^a string was thrown$/);
  expect(scratch.names()).toEqual(before);
});

test("a fault before a command begins is a bug too", async () => {
  const { code, stderr } = await downhill(iris(), {
    columns: () => {
      throw new TypeError("no window");
    },
  });
  expect(code).toBe(1);
  expect(stderr).toContain("TypeError: no window\n    at ");
});

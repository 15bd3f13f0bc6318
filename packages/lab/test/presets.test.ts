// The tables and the presets of the articles, compared with the programs of the gallery.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Matrix } from "downhill";
import { describe, expect, test } from "vitest";
import { factorization } from "../../gallery/src/programs/factorization.ts";
import { line } from "../../gallery/src/programs/line.ts";
import { linear } from "../../gallery/src/programs/linear.ts";
import { logistic } from "../../gallery/src/programs/logistic.ts";
import { network } from "../../gallery/src/programs/network.ts";
import { softmax } from "../../gallery/src/programs/softmax.ts";
import { svm } from "../../gallery/src/programs/svm.ts";
import { tableCsv } from "../src/exports/tableCsv.ts";
import { readTable } from "../src/files/readTable.ts";
import { decodeLink } from "../src/links/decodeLink.ts";
import { encodeLink } from "../src/links/encodeLink.ts";
import { type Preset, presets } from "../src/missions/presets.ts";
import { checkState } from "../src/state/checkState.ts";
import { tables } from "../src/state/dataFields.ts";
import { type Columns, className } from "../src/state/generatedTable.ts";
import { labRun } from "../src/state/labRun.ts";

const programs = {
  line: line(),
  linear: linear(),
  logistic: logistic(),
  softmax: softmax(),
  network: network(),
  svm: svm(),
};
const ratings = factorization();

const pathOf = (table: string) => fileURLToPath(new URL(`../public/tables/${table}.csv`, import.meta.url));
const numbers = (values: unknown) => Float64Array.from(values as ArrayLike<number>);
const classColumns = ({ X, y }: { X: Matrix; y: ArrayLike<number> }): Columns => ({
  x1: X.data.filter((_, at) => at % 2 === 0) as Float64Array,
  x2: X.data.filter((_, at) => at % 2 === 1) as Float64Array,
  class: Array.from(y, className),
});
const id = (letter: string, k: number) => `${letter}${String(k + 1).padStart(3, "0")}`;

function ratingColumns(): Columns {
  const observed = Array.from(numbers(ratings.data["mask"]).entries()).flatMap(([at, is]) => (is ? [at] : []));
  return {
    user: observed.map((at) => id("u", Math.floor(at / 25))),
    item: observed.map((at) => id("i", at % 25)),
    rating: Float64Array.from(observed, (at) => numbers(ratings.data["R"])[at]!),
  };
}

const columns: Readonly<Record<string, Columns>> = {
  article_line: { x: numbers(programs.line.data["X"]), y: numbers(programs.line.data["y"]) },
  article_linear: { x: numbers(programs.linear.data["X"]), y: numbers(programs.linear.data["y"]) },
  article_logistic: classColumns(programs.logistic.blobs),
  article_softmax: classColumns(programs.softmax.blobs),
  article_network: classColumns(programs.network.blobs),
  article_svm: classColumns(programs.svm.blobs),
  article_ratings: ratingColumns(),
};

// `npx vitest run packages/lab/test/presets.test.ts --update` writes the tables.
test.each(Object.entries(columns))("the table %s has the article's numbers", async (name, own) => {
  await expect(tableCsv(own)).toMatchFileSnapshot(pathOf(name));
});

const tableOf = async ({ state }: Preset) => {
  if (state.data.kind !== "table") throw new Error("a preset has a table");
  const { table } = await readTable(readFileSync(pathOf(state.data.table)), { name: "table.csv" });
  return table!;
};

test("the facts about the tables of the articles are right", () => {
  for (const [name, own] of Object.entries(columns)) {
    const facts = tables[name as keyof typeof tables];
    expect(Object.values(own)[0]).toHaveLength(facts.rows);
    expect(Object.keys(own)).toContain(facts.target);
  }
});

describe.each(presets.map((preset) => [preset.id, preset] as const))("the preset %s", (_, preset) => {
  test("can be run, and its link is short", async () => {
    expect(checkState(preset.state)).toEqual([]);
    const link = await encodeLink(preset.state);
    expect(link.hash!.length).toBeLessThan(200);
    expect(await decodeLink(link.hash!)).toEqual({ state: preset.state, problems: [] });
  });

  test("has a short sentence and formulas", () => {
    expect(preset.sentence.split(" ").length).toBeLessThan(35);
    expect(preset.formulas.length).toBeGreaterThan(0);
  });
});

const presetOf = (name: string) => presets.find((preset) => preset.id === name)!;

/** The parameters after each epoch. */
async function pathOfParams(preset: Preset): Promise<Float64Array[]> {
  const run = labRun(preset.state, await tableOf(preset));
  return Array.from(run.prepare({ every: "epoch" }).steps(), ({ params }) => Float64Array.from(params));
}

test.each(["line", "linear", "logistic", "softmax", "svm"] as const)(
  "the run of %s has the parameters of the article's program, to the last bit",
  async (name) => {
    const path = await pathOfParams(presetOf(name));
    expect(path).toHaveLength(programs[name].epochs);
    expect(path.at(-1)).toEqual(Float64Array.from(programs[name].fitted.params()));
  },
);

test("the runs of the network and of the ratings end as low as the article's programs", async () => {
  const lossesOf = async (preset: Preset) => {
    let losses: readonly number[] = [];
    for (const step of labRun(preset.state, await tableOf(preset))
      .prepare({ every: "epoch" })
      .steps())
      losses = step.history.objective!;
    return losses;
  };
  const network = await lossesOf(presetOf("network"));
  expect(network.at(-1)).toBeLessThan(1.1 * programs.network.losses.at(-1)! * 3);
  const factorization = await lossesOf(presetOf("factorization"));
  expect(2 * factorization.at(-1)!).toBeLessThan(1.1 * ratings.objective.at(-1)!);
});

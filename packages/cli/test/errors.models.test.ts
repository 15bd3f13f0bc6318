// Model files and rows that do not fit each other: exit code 3, one sentence, nothing written.
import { afterAll, beforeAll, test } from "vitest";
import { $, type Case, refuses, scratch, writeFixtures } from "./badFiles.ts";

let before: string[];
beforeAll(async () => {
  before = await writeFixtures();
});
afterAll(() => scratch.remove());

const cases: Case[] = [
  // ---- model files
  [
    3,
    `predict: model file must be a file that can be read, got ${JSON.stringify($("no.json"))}. Check the path.`,
    ["predict", $("no.json"), $("small.csv")],
  ],
  [
    3,

    `predict: model file must be whole JSON, got text that breaks off or is none in ${$("cut.json")}. Train again, or copy the file again.`,
    ["predict", $("cut.json"), $("small.csv")],
  ],
  [
    3,

    `predict: model must be a file of format "downhill model", got undefined. Pass a saved model. (${$("other.json")})`,
    ["predict", $("other.json"), $("small.csv")],
  ],
  [
    3,

    `evaluate: model file must hold the columns of its table, got a model that the library saved in ${$("bare.json")}. Train with downhill train.`,
    ["evaluate", $("bare.json"), $("small.csv")],
  ],
  [
    3,
    `evaluate: model must be of version 2, got 9. Update downhill, or train the model again. (${$("later.json")})`,
    ["evaluate", $("later.json"), $("small.csv")],
  ],
  [
    3,

    `evaluate: model must be as it was saved, got one that was changed or damaged. Save it again. (${$("changed.json")})`,
    ["evaluate", $("changed.json"), $("small.csv")],
  ],
  [
    3,

    `recommend: model file must hold a factorization, got logistic in ${$("small.json")}. Train with --model factorization.`,
    ["recommend", $("small.json"), "--user", "1"],
  ],
  [
    3,
    `predict: model must be of version 2, got a file of the command's version 1. Train the model again. (${$("old.json")})`,
    ["predict", $("old.json"), $("small.csv")],
  ],
  [
    3,
    `predict: model file must be whole JSON, got something else in ${$("small.csv")}. Name a file that downhill train wrote.`,
    ["predict", $("small.csv"), $("small.json")],
  ],
  // ---- rows that do not fit a model
  [
    3,

    `predict: column "c" must hold the 2 values of the training table, got "green" at ${$("unseen.csv")}:3. Correct the cell, or train with such rows.`,
    ["predict", $("small.json"), $("unseen.csv")],
  ],
  [
    3,

    `predict: column "a" must hold numbers as in the training table, got "two" at ${$("texts.csv")}:3. Correct the cells.`,
    ["predict", $("small.json"), $("texts.csv")],
  ],
  [
    3,
    `predict: data must have the column "c", got a, y. Supply the same columns.`,
    ["predict", $("small.json"), $("fewer.csv")],
  ],
  [
    3,

    `evaluate: labels in "y" must be classes of the model (no, yes), got "maybe" at ${$("labels.csv")}:3. Remove the row, or train with such rows.`,
    ["evaluate", $("small.json"), $("labels.csv")],
  ],
];

test.each(cases)("%i: %s", (...each) => refuses(each, before));

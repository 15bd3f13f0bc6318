// The texts of the page can be read by somebody with nine years of school.
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseSync } from "rolldown/utils";
import { expect, test } from "vitest";
import { sentencesOf } from "../../../scripts/sentences.mjs";
import { missionTexts } from "../src/missions/missionTexts.ts";

const MOST_WORDS = 25; // in a sentence
const GRADE = 9; // years of school
const ENOUGH = 5; // sentences: fewer have no mean length to speak of

interface Sentence {
  readonly file: string;
  readonly kind: string;
  readonly text: string;
}

const folder = fileURLToPath(new URL("../src/", import.meta.url));

const wordsOf = (text: string): readonly string[] =>
  text
    .replaceAll(/<[^>]*>?/g, " ")
    .split(/\s+/)
    .filter((word) => /[a-z]/i.test(word));

/** The sentences in the texts of the page. The tags of a template stand between its sentences and its words. */
const sentences: readonly Sentence[] = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .flatMap((file): Sentence[] => {
    const found: readonly Sentence[] = sentencesOf(file, readFileSync(folder + file, "utf8"), parseSync);
    return found
      .filter(({ kind }) => kind === "message")
      .flatMap(({ kind, text }) =>
        text.split(/(?<=[.!?])\s*(?:<[^>]*>\s*)+/).map((part) => ({ file, kind, text: part })),
      );
  })
  .filter(({ text }) => wordsOf(text).length > 0);

/** The syllables of a word: its groups of vowels, without a silent end. */
function syllables(word: string): number {
  const letters = word.toLowerCase().replaceAll(/[^a-z]/g, "");
  return Math.max(1, (letters.replace(/(?:[^aeiouyl]es|ed|[^aeiouyl]e)$/, "").match(/[aeiouy]+/g) ?? []).length);
}

/** The grade of Flesch and Kincaid: 0.39 · words / sentences + 11.8 · syllables / words − 15.59. */
function gradeOf(texts: readonly string[]): number {
  const words = texts.flatMap(wordsOf);
  const sounds = words.reduce((sum, word) => sum + syllables(word), 0);
  return (0.39 * words.length) / texts.length + (11.8 * sounds) / words.length - 15.59;
}

test("the grade of known texts", () => {
  expect(["learning", "rate", "steps", "weights", "mission", "the"].map(syllables)).toEqual([2, 1, 1, 1, 2, 1]);
  // Three words with one syllable each.
  expect(gradeOf(["The loss falls."])).toBeCloseTo(0.39 * 3 + 11.8 - 15.59, 12);
  expect(
    gradeOf(["Institutional considerations necessitate comprehensive multidimensional reconfiguration."]),
  ).toBeGreaterThan(GRADE);
});

test(`no sentence of the page has more than ${MOST_WORDS} words`, () => {
  expect(sentences.length).toBeGreaterThan(300);
  expect(sentences.filter(({ text }) => wordsOf(text).length > MOST_WORDS)).toEqual([]);
});

test(`the sentences of each file have at most grade ${GRADE}`, () => {
  const grades = [...new Set(sentences.map(({ file }) => file))]
    .map((file) => [file, sentences.filter((each) => each.file === file).map(({ text }) => text)] as const)
    .filter(([, own]) => own.length >= ENOUGH)
    .map(([file, own]) => [file, gradeOf(own)] as const);
  expect(grades.length).toBeGreaterThan(20);
  expect(grades.filter(([, grade]) => grade > GRADE)).toEqual([]);
});

test("the hint of a mission has at most two sentences", () => {
  for (const { hint } of Object.values(missionTexts))
    expect(hint.match(/[.?!](?=\s|$)/g)!.length, hint).toBeLessThanOrEqual(2);
});

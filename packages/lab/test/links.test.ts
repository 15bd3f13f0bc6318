import fc from "fast-check";
import { expect, test } from "vitest";
import { anyText } from "../../downhill/test/anyText.ts";
import { cases } from "../../downhill/test/cases.ts";
import { decodeLink } from "../src/links/decodeLink.ts";
import { encodeLink } from "../src/links/encodeLink.ts";
import { checkState } from "../src/state/checkState.ts";
import { initialState, type LabState } from "../src/state/labState.ts";
import { arbitraryState } from "./arbitraryState.ts";
import links from "./fixtures/links.1.json" with { type: "json" };
import { generated, modelStates, optimizer, stateWith } from "./states.ts";

const hashOf = async (state: LabState): Promise<string> => {
  const link = await encodeLink(state);
  if (link.hash === null) throw new Error(link.problem);
  return link.hash;
};

test("a decoded link is the state that was encoded", async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryState, async (state) => {
      const { state: decoded, problems } = await decodeLink(await hashOf(state));
      expect(decoded).toEqual(state);
      expect(problems).toEqual(checkState(state).map(({ text }) => text));
    }),
    { numRuns: cases(300, 1000), seed: 1 },
  );
});

test("the hash contains only what an address may contain, so that an address bar does not change it", async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryState, async (state) => {
      const hash = await hashOf(state);
      expect(new URL(`http://127.0.0.1/${hash}`).hash).toBe(hash);
      expect(hash).toMatch(/^#[\x21-\x7e]*$/);
    }),
    { numRuns: cases(120, 300), seed: 2 },
  );
});

test("a link with any text is read without an error, and what is not used is reported", async () => {
  await fc.assert(
    fc.asyncProperty(anyText(60), async (text) => {
      const { state, problems } = await decodeLink(`#1&${text}`);
      const isUsed = JSON.stringify(state) !== JSON.stringify(initialState);
      expect(isUsed || problems.length > 0).toBe(true);
    }),
    { numRuns: cases(200, 500), seed: 3 },
  );
});

test("the initial state has the shortest link, and an empty hash means the initial state", async () => {
  expect(await hashOf(initialState)).toBe("#1");
  for (const hash of ["", "#", "#1"]) expect(await decodeLink(hash)).toEqual({ state: initialState, problems: [] });
});

test("links of generated and built-in data have at most 300 characters", async () => {
  const states = [
    ...Object.values(modelStates),
    stateWith(
      generated("spiral", { n: 5000, arms: 6, turns: 1.25, noise: 0.125, outliers: 0.05, scale: 250, imbalance: 4 }),
      "network",
      {
        ...optimizer("adamW"),
        schedule: { name: "cosine", options: { updates: 12_345, last: 0.0001 } },
        ...{
          learningRate: 0.0125,
          warmUp: 100,
          batchSize: 128,
          l2: 0.0001,
          epochs: 12_000,
          stopGradient: 1e-7,
          patience: 25,
        },
      },
    ),
  ];
  for (const state of states) expect((await hashOf(state)).length).toBeLessThanOrEqual(300);
  expect(await hashOf(modelStates.softmax)).toBe("#1&m=softmax&d=blobs,classes:3");
});

test.each(links)("version 1: $hash", async ({ hash, changes }) => {
  const { state, problems } = await decodeLink(hash);
  expect(problems).toEqual([]);
  expect(state).toMatchObject(changes);
  expect(await hashOf(state)).toBe(hash);
});

test.each([
  [
    "lr=abc",
    "lr=abc is not used, because lr must be auto, or a number above 0 and at most 1000000. It is 0.1 instead.",
  ],
  [
    "start=random*0",
    "start=random*0 is not used, because start must be auto, or zeros, or random, or random*scale with",
  ],
  ["h=0.95", "h=0.95 is not used, because h must be a number from 0 to 0.9. It is 0.25 instead."],
  ["speed=3", "speed=3 is not used, because links have no speed."],
  ["e=10&e=20", "e=20 is not used, because an earlier e sets it."],
  ["d=moon", "d=moon is not used. Known data are line, curve, ravine, blobs,"],
  ["d=moons,noise:7", "noise:7 is not used, because noise must be a number from 0 to 1. It is 0.15 instead."],
  ["m=logistic,hidden:3", "hidden:3 is not an option."],
  ["m=toString", "m=toString is not used. Known names are linear, logistic, softmax, network, svm, factorization."],
  ["d=drawn", "d=drawn is not used. Drawn points hold classes, numbers or ratings, as in d=drawn,classes."],
  ["d=drawn,classes&points=abc", "The drawn points of the link are missing or damaged. Copy the whole link."],
  ["m=linear", "The model linear cannot learn from classes. Choose logistic, softmax, svm, network, or other data."],
  ["lock", 'lock is not used, because it has no "=".'],
])("the problem of %s is reported", async (part, text) => {
  const { problems } = await decodeLink(`#1&${part}`);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(text);
});

test.each([
  ["#2&lr=0.1", "The link has version 2, and this page reads version 1. The page shows its first example."],
  ["#lr=0.1", "The link does not begin with its version, #1. The page shows its first example."],
])("the link %s is not read", async (hash, problem) => {
  expect(await decodeLink(hash)).toEqual({ state: initialState, problems: [problem] });
});

test("drawn points that are too many for a link are a problem with an advice", async () => {
  const points = Array.from({ length: 2000 }, (_, i) => [Math.sqrt(i), Math.sqrt(i + 1), i % 2]);
  const link = await encodeLink({ ...initialState, data: { kind: "drawn", holds: "classes", points } });
  expect(link).toMatchObject({ hash: null });
  expect(link).toMatchObject({
    problem: expect.stringMatching(
      /^The drawn points need \d+ characters, and a link may have 6000\. Save the run file instead\.$/,
    ),
  });
});

test("a short text that unpacks to a very long one is damaged, not read", async () => {
  const zeros = new Blob([new Uint8Array(20_000_000)]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const packed = Buffer.from(await new Response(zeros).arrayBuffer()).toString("base64url");
  const { problems } = await decodeLink(`#1&d=drawn,classes&points=${packed}`);
  expect(problems).toEqual(["The drawn points of the link are missing or damaged. Copy the whole link."]);
});

import { describe, expect, it } from "vitest";
import { classification, run, thrown } from "../../../test/problems.ts";
import { adam } from "../../optimizers/adam.ts";
import { momentum } from "../../optimizers/momentum.ts";
import type { Optimizer } from "../../optimizers/optimizer.ts";
import { plain } from "../../optimizers/plain.ts";
import type { Problem } from "../objective/objective.ts";
import type { TrainOptions } from "../trainOptions.ts";

const { problem } = classification(23, 3);
const validation = { problem: classification(5, 3, {}, 2).problem };
const state = run(problem, momentum(0.1), { epochs: 5 }).last.state();

/** The error of a run that resumes from the momentum run above with other options. */
const resumeError = (other: Problem, optimizer: Optimizer, options: TrainOptions): unknown =>
  thrown(() => run(other, optimizer, { epochs: 9, resume: state, ...options }));

const differs = (what: string, expected: number, got: number): RangeError =>
  new RangeError(
    `train: the state to resume must have as many ${what} as the run (${expected}), got ${got}. ` +
      "Resume with the model, optimizer and options that the state was made with.",
  );

describe("a state of another run throws", () => {
  it("of a problem with another size", () => {
    expect(resumeError(classification(23, 4).problem, momentum(0.1), {})).toEqual(differs("parameters", 5, 4));
  });

  it("of a problem with another element type", () => {
    const single = classification(23, 3, { elementType: "float32" }).problem;
    const differs = (expected: string, got: string): RangeError =>
      new RangeError(
        `train: the state to resume must have the run's number type (${expected}), got ${got}. ` +
          "Resume with data of the type that the state was trained on.",
      );
    expect(resumeError(single, momentum(0.1), {})).toEqual(differs("float32", "float64"));
    const resume = run(single, momentum(0.1), { epochs: 5 }).last.state();
    expect(resumeError(problem, momentum(0.1), { resume })).toEqual(differs("float64", "float32"));
  });

  it("of a problem with other rows, and of a run with other batches", () => {
    expect(resumeError(classification(22, 3).problem, momentum(0.1), {})).toEqual(differs("rows", 22, 23));
    expect(resumeError(problem, momentum(0.1), { batchSize: 7 })).toEqual(differs("rows per batch", 7, 23));
  });

  it("of an optimizer with other memory", () => {
    expect(resumeError(problem, plain(0.1), {})).toEqual(differs("optimizer slots", 0, 1));
    expect(resumeError(problem, { ...momentum(0.1), scalars: 2 }, {})).toEqual(differs("optimizer numbers", 2, 0));
    expect(resumeError(problem, adam(0.1), {})).toEqual(differs("optimizer slots", 2, 1));
  });

  it("of a run without an average or validation rows, for a run with them", () => {
    expect(resumeError(problem, momentum(0.1), { average: {} })).toEqual(differs("averages", 1, 0));
    expect(resumeError(problem, momentum(0.1), { stop: { validation } })).toEqual(differs("validation sets", 1, 0));
    const averaged = run(problem, momentum(0.1), { epochs: 5, average: {}, stop: { validation } }).last.state();
    expect(resumeError(problem, momentum(0.1), { resume: averaged, stop: { validation } })).toEqual(
      differs("averages", 0, 1),
    );
    expect(resumeError(problem, momentum(0.1), { resume: averaged, average: {} })).toEqual(
      differs("validation sets", 0, 1),
    );
  });

  it("of a run that has done all epochs of the new run", () => {
    for (const epochs of [1, 4, 5]) {
      expect(resumeError(problem, momentum(0.1), { epochs })).toEqual(
        new RangeError(
          `train: epochs must be a whole number of at least 6, got ${epochs}. Pass a whole number, such as 6.`,
        ),
      );
    }
    expect(run(problem, momentum(0.1), { epochs: 6, resume: state }).shots.length).toBe(1);
  });
});

it.each([null, {}, [], "state", { ...state, kept: null }, { ...state, slots: null }, { ...state, progress: {} }])(
  "data that are no state throw, case %#",
  (other) => {
    const error = resumeError(problem, momentum(0.1), { resume: other as never });
    expect(error).toBeInstanceOf(TypeError);
    expect(error).toMatchObject({ message: expect.stringMatching(/^train: resume must be a state of a step, got /) });
  },
);

describe("a state", () => {
  it("holds copies of all that a run needs", () => {
    const { last } = run(problem, adam(0.1), { epochs: 2, batchSize: 7, average: {}, stop: { validation } });
    const saved = last.state();
    expect(Object.keys(saved).sort().join(" ")).toBe(
      "average best bound kept lowest params progress rows scalars slots",
    );
    expect([...saved.params]).toEqual([...last.params]);
    expect([...saved.average!]).toEqual([...last.solution]);
    expect([...saved.best!]).toEqual([...last.best!]);
    expect(saved.slots.map(({ length }) => length)).toEqual([4, 4]);
    const b1 = 1 - 0.9 ** 8;
    const b2 = 1 - 0.999 ** 8;
    expect(saved.scalars[0]).toBeCloseTo(b1, 15);
    expect(saved.scalars[1]).toBeCloseTo(b2, 15);
    expect(saved.progress).toMatchObject({ t: 8, epoch: 2, position: 0, epochSum: 0, averaged: 8, learningRate: 0.1 });
    for (const vector of [saved.params, saved.kept, ...saved.slots, saved.average!, saved.best!]) {
      expect(vector.buffer.byteLength).toBe(32); // of its own, not the run's memory
    }
    saved.params.fill(9);
    expect([...last.params]).not.toContain(9);
  });
});

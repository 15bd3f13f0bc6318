// The contract of all estimators of a table: bits, runs, forms of X, partialFit. Other files test weights, labels, scaling and
// messages.

import { describe, expect, test } from "vitest";
import { takeRows } from "../src/core/matrix.ts";
import { random } from "../src/core/random.ts";
import type { Table } from "../src/estimators/fit/table.ts";
import { adam, certificate, inverseTime, load, nesterov, plain, type State, type Step } from "../src/index.ts";
import { cases } from "./cases.ts";
import { type AnyFitted, answers, distance, rowsOf, text, trials } from "./estimatorTrial.ts";

const loaded = (saved: unknown): AnyFitted => load(saved) as unknown as AnyFitted;

// Together these runs use every part of a state: slots, scalars, averages, the best validation loss, patience, schedules.
const runs = {
  "defaults, few epochs": { epochs: 4 },
  "adam in batches": { optimizer: adam(0.05), batchSize: 16, epochs: 5, batchLosses: true },
  "plain, averaged": {
    optimizer: plain(inverseTime(0.1, { decay: 0.01 })),
    batchSize: 7,
    epochs: 5,
    average: { from: 1, weight: "t" },
    trace: "running",
  },
  "nesterov, held out": {
    optimizer: nesterov(0.02),
    batchSize: 20,
    epochs: 12,
    stop: { validation: { share: 0.25, patience: 4 }, change: { tolerance: 1e-3, patience: 6 } },
  },
  "full batch": { optimizer: plain(0.1), batchSize: "full", epochs: 5 },
} as const;

describe.each(trials)("$name", ({ X, y, make, kind, classes, mean, tuned }) => {
  describe.each(Object.entries(runs))("%s", (run, options) => {
    const model = make({ ...options, seed: 3 });
    let known: AnyFitted | undefined;
    const fitted = (): AnyFitted => (known ??= model.fit(X, y)); // the first test shows that each fit is the same

    test("the same seed gives the same bits", () => {
      expect(text(fitted())).toBe(text(make({ ...options, seed: 3 }).fit(X, y)));
    });

    test("fit equals the last step of train", () => {
      let last: AnyFitted | undefined;
      for (const step of model.train(X, y)) if (step.stopped) last = step.fitted();
      expect(text(last!)).toBe(text(fitted()));
    });

    test("a run that is resumed at any step ends with the same file", () => {
      const uninterrupted = text(fitted());
      for (const step of model.train(X, y)) {
        if (step.stopped) break;
        const state = step.state();
        if (step.t % cases(7, 3) !== 1 && !step.endOfEpoch) continue;
        expect(text(model.fit(X, y, { resume: state })), `from update ${step.t}`).toBe(uninterrupted);
      }
    });

    test("a run that is resumed ends with the same certificate", () => {
      const last = (resume: State) => [...model.train(X, y, { resume })].at(-1)!;
      const certified = (step: Step) => JSON.stringify(certificate(step));
      const steps = [...model.train(X, y)];
      const states = steps.filter(({ stopped }) => !stopped).length;
      const at = new Set([1, Math.ceil(states / 2), states]);
      const uninterrupted = certified(steps.at(-1)!);
      for (const step of model.train(X, y)) {
        if (step.stopped || !at.has(step.t)) continue;
        expect(certified(last(step.state())), `from update ${step.t}`).toBe(uninterrupted);
      }
    });

    test("a model that is saved and loaded predicts the same bits, and saves the same text", () => {
      const first = fitted();
      for (const again of [loaded(text(first)), loaded(JSON.parse(text(first)))]) {
        expect(text(again)).toBe(text(first));
        expect(answers(again, X)).toEqual(answers(first, X));
        expect([...again.params()]).toEqual([...first.params()]);
        expect(again.history).toEqual(first.history);
        if (first.coefficients) expect(again.coefficients).toEqual(first.coefficients);
      }
    });

    test("a run that ends with break has the model of its last step", () => {
      const expected = 2;
      for (const step of model.train(X, y)) {
        if (step.t < expected) continue;
        const fitted = step.fitted();
        expect(fitted.updates).toBe(expected);
        expect(fitted.stopped).toBe("interrupted");
        const reached = step.endOfEpoch && step.best ? step.best : step.solution;
        expect([...fitted.params()]).toEqual([...reached]);
        expect(answers(fitted, X).every(Number.isFinite)).toBe(true);
        break;
      }
    });

    test("no argument is changed", () => {
      const before = { data: [...X.data], y: [...y] };
      const weights = Float64Array.from(y, (_, i) => 1 + (i % 2));
      const own = [...weights];
      const fitted = model.fit(X, y, { weights });
      fitted.partialFit(X, y, { weights });
      answers(fitted, X);
      expect([...X.data]).toEqual(before.data);
      expect([...y]).toEqual(before.y);
      expect([...weights]).toEqual(own);
    });

    if (run !== "full batch" && run !== "defaults, few epochs") {
      test("another seed gives another order", () => {
        const other = make({ ...options, seed: 4 }).fit(X, y);
        expect([...other.params()]).not.toEqual([...fitted().params()]);
      });
    }
  });

  test("later changes of the arguments have no effect", () => {
    const names = ["a", "b", "c"];
    const table = { data: X.data.slice(), rows: X.rows, columns: 3, names };
    const own = classes > 0 ? { classes: ["cat", "bee", "ant"].slice(-classes) } : {};
    const targets = [...y];
    const fitted = make({ epochs: 2, optimizer: plain(0.01), ...own }).fit(table, targets);
    const [saved, before] = [text(fitted), answers(fitted, X)];
    table.data.fill(0);
    names.fill("z");
    targets.fill(y[1]!);
    own.classes?.fill("elk");
    fitted.params().fill(0);
    expect(text(fitted)).toBe(saved);
    expect(answers(fitted, X)).toEqual(before);
  });

  test("members of a model are frozen", () => {
    const named = { ...X, names: ["a", "b", "c"] };
    const trained = make({ epochs: 2, optimizer: plain(0.01) }).fit(named, y);
    for (const fitted of [
      trained,
      loaded(text(trained)),
      loaded(JSON.parse(text(trained))),
      trained.partialFit(named, y),
    ]) {
      const [saved, before] = [text(fitted), answers(fitted, X)];
      const { classes, names, settings, options, history } = fitted;
      const lists = [classes, names, history.updates, history.objective, settings["hidden"]].filter(Array.isArray);
      expect(lists.length).toBeGreaterThanOrEqual(3);
      for (const list of lists) expect(() => list.fill("z")).toThrow(TypeError);
      for (const part of [settings, options, history] as object[]) {
        expect(Object.isFrozen(part)).toBe(true);
        for (const name of [...Object.keys(part), "another"]) {
          expect(() => Object.assign(part, { [name]: "z" })).toThrow(TypeError);
        }
      }
      if (fitted.coefficients) {
        fitted.coefficients.data.fill(0);
        fitted.intercepts!.fill(0);
      }
      expect(text(fitted)).toBe(saved);
      expect(answers(fitted, X)).toEqual(before);
    }
  });

  test("later changes of loaded data or of fitted data have no effect", () => {
    const estimator = make({ epochs: 2, optimizer: plain(0.01) });
    const saved = JSON.parse(text(estimator.fit({ ...X, names: ["a", "b", "c"] }, y)));
    const expected = answers(loaded(JSON.stringify(saved)), X);
    const again = loaded(saved);
    for (const list of [saved.body.names, saved.body.classes ?? []]) list.fill("z"); // the user's own, not frozen
    saved.body.options.l2 = 99;
    expect(answers(again, X)).toEqual(expected);
    expect([again.names, again.options["l2"] === 99]).toEqual([["a", "b", "c"], false]);
    for (const step of estimator.train(X, y)) {
      if (!step.stopped) continue;
      const fittedData = step.fittedData();
      const fitted = estimator.fitted(fittedData);
      fittedData.params.fill(0);
      fittedData.scaling?.scale.fill(7);
      expect(answers(fitted, X)).toEqual(expected);
    }
  });

  test("later changes of the options object have no effect", () => {
    const labels = ["cat", "bee", "ant"].slice(-classes);
    const classWeights: Record<string, number> = Object.fromEntries(labels.map((label, c) => [label, 1 + c]));
    const start = make({ epochs: 1, optimizer: plain(0.01) })
      .fit(X, y)
      .params();
    const stop = { validation: { share: 0.25, patience: 9 } };
    const average = { from: 1 };
    const options = {
      ...{ epochs: 3, optimizer: plain(0.01), stop, average, start, seed: 1 },
      ...(classes > 0 ? { classes: labels, classWeights } : {}),
    };
    const model = make(options);
    const [expected, spec] = [text(model.fit(X, y)), JSON.stringify(model.spec())];
    stop.validation.share = 0.9;
    average.from = 3;
    labels.fill("z");
    classWeights["ant"] = 100;
    start.fill(9);
    Object.assign(options, { epochs: 1, l2: 5, seed: 9, optimizer: plain(9) });
    expect(text(model.fit(X, y))).toBe(expected);
    expect(JSON.stringify(model.spec())).toBe(spec);
    const shown = model.spec().options as Record<string, object>;
    for (const name of ["stop", "average", "optimizer", ...(classes > 0 ? ["classes", "classWeights"] : [])]) {
      expect(Object.isFrozen(shown[name]), name).toBe(true);
    }
  });

  test("has its kind, its features and the reason why it stopped", () => {
    const fitted = make({ epochs: 2, optimizer: plain(0.01) }).fit(X, y);
    expect([fitted.kind, fitted.features, fitted.names, fitted.stopped]).toEqual([kind, 3, null, "epochs"]);
    expect(fitted.options).toMatchObject({ epochs: 2, optimizer: "plain", seed: 0, standardize: true });
    if (!mean) expect(fitted.options["l2"]).toBe(kind === "linear" ? 0 : 1 / 61);
    expect(fitted.classes?.length ?? 0).toBe(classes);
    expect(fitted.history.updates.length).toBe(2);
  });

  test("X can be a matrix, rows, or records with columns in another order", () => {
    const names = ["b", "a", "c"];
    const rows = Array.from({ length: X.rows }, (_, i) => [...X.data.subarray(3 * i, 3 * i + 3)]);
    const records = rows.map((row) => Object.fromEntries(row.map((x, j) => [names[j], x])));
    const turned = rows.map(([b, a, c]) => ({ c: c!, b: b!, a: a! }));
    const options = { epochs: 3, optimizer: plain(0.05) };
    const fitted = make(options).fit(X, y);
    const byName = make(options).fit(records, y);
    expect([...byName.params()]).toEqual([...fitted.params()]);
    expect(byName.names).toEqual(names);
    const expected = answers(fitted, X);
    const turnedMatrix = {
      ...takeRows(X, Uint32Array.from(X.data.keys()).subarray(0, X.rows)),
      names: ["c", "b", "a"],
    };
    turned.forEach(({ c, b, a }, i) => {
      turnedMatrix.data.set([c, b, a], 3 * i);
    });
    const forms: Table[] = [X, rows, rows.map((row) => Float64Array.from(row)), records];
    for (const form of forms) expect(answers(fitted, form)).toEqual(expected);
    for (const form of [...forms, turned, turnedMatrix]) expect(answers(byName, form)).toEqual(expected);
    expect(answers(loaded(text(byName)), turned)).toEqual(expected);
    const [partial, turnedPartial] = [records, turned].map((form) => text(byName.partialFit(form, y)));
    expect(turnedPartial).toBe(partial);
  });

  test("predictions do not depend on the number of rows per call", () => {
    const fitted = make({ epochs: 3, optimizer: plain(0.05) }).fit(X, y);
    const many = takeRows(
      X,
      Uint32Array.from({ length: 1000 }, (_, i) => (i * 7) % X.rows),
    );
    const perRow = Array.from({ length: X.rows }, (_, i) => answers(fitted, takeRows(X, [i])));
    const width = perRow[0]!.length;
    const all = answers(fitted, many);
    const offsets = [1, fitted.scores ? fitted.scores(takeRows(X, [0])).columns : 0];
    offsets.push(width - offsets[0]! - offsets[1]!);
    const rowAt = (i: number) => {
      let [from, own] = [0, [] as number[]];
      for (const k of offsets) {
        own = [...own, ...all.slice(from + i * k, from + (i + 1) * k)];
        from += k * 1000;
      }
      return own;
    };
    for (const i of [0, 1, 63, 64, 255, 256, 257, 511, 999]) expect(rowAt(i)).toEqual(perRow[(i * 7) % X.rows]);
  });

  // Steps of a fixed length across a narrow quadratic interval amplify rounding errors.
  test.runIf(!tuned)("another order of the rows changes a full batch only by rounding", () => {
    const options = { epochs: 30, optimizer: plain(0.05), batchSize: "full", l2: 0.1, standardize: true } as const;
    const order = [...random(1).permutation(X.rows)];
    const start = make(options).fit(X, y);
    const turned = rowsOf({ X, y }, order);
    expect(distance(make(options).fit(turned.X, turned.y).params(), start.params())).toBeLessThan(1e-11);
  });

  describe("partialFit", () => {
    const options = { optimizer: plain(0.05), batchSize: "full", l2: 0.02 } as const;

    test("returns a new model and does not change the old one", () => {
      const fitted = make({ ...options, epochs: 5 }).fit(X, y);
      const [before, saved] = [answers(fitted, X), text(fitted)];
      const more = fitted.partialFit(X, y, { epochs: 3 });
      expect(more).not.toBe(fitted);
      expect(more.updates).toBe(8);
      expect(more.history.updates).toEqual([6, 7, 8]);
      expect(answers(fitted, X)).toEqual(before);
      expect(text(fitted)).toBe(saved);
      expect(answers(more, X)).not.toEqual(before);
    });

    test("on the same rows continues: plain descent in full batch has no state, so the bits are those of one longer fit", () => {
      const longer = make({ ...options, epochs: 40 }).fit(X, y);
      let parts = make({ ...options, epochs: 10 }).fit(X, y);
      for (let round = 0; round < 6; round++) parts = parts.partialFit(X, y, { epochs: 5 });
      expect([...parts.params()]).toEqual([...longer.params()]);
      expect(answers(parts, X)).toEqual(answers(longer, X));
      expect(parts.updates).toBe(longer.updates);
    });

    test("keeps the scaling for any new rows", () => {
      const fitted = make({ ...options, epochs: 5 }).fit(X, y);
      const far = { ...X, data: X.data.map((x) => 1.02 * x + 0.01) };
      const scalingOf = (model: AnyFitted) => {
        const { body } = model.toJSON() as { body: { scaling: unknown; targetScaling: unknown; options: object } };
        return { ...body.options, scaling: body.scaling, target: body.targetScaling, batchSize: 0, epochs: 0 };
      };
      expect(scalingOf(fitted.partialFit(far, y))).toEqual(scalingOf(fitted));
      expect(scalingOf(loaded(text(fitted.partialFit(far, y))))).toEqual(scalingOf(fitted));
    });

    test("works on one row, and after load", () => {
      const near = { ...X, data: X.data.map((x, at) => x / [130, 0.01, 4][at % 3]!) };
      const fitted = make({ ...options, epochs: 5, batchSize: 8, standardize: false, seed: 2 }).fit(near, y);
      const one = rowsOf({ X: near, y }, [4]);
      expect(answers(fitted.partialFit(one.X, one.y), X).every(Number.isFinite)).toBe(true);
      const again = loaded(text(fitted)).partialFit(near, y);
      expect(again.options).toMatchObject({ standardize: false, seed: 2, l2: 0.02 });
      expect(answers(again, X).every(Number.isFinite)).toBe(true);
    });
  });

  test("validation rows come from the training rows; the model has the lowest validation loss", () => {
    const fitted = make({
      optimizer: adam(0.3),
      batchSize: 8,
      epochs: 60,
      l2: 0,
      stop: { validation: { share: 0.3, patience: 3 } },
    }).fit(X, y);
    const losses = fitted.history.validation!;
    const best = losses.indexOf(Math.min(...losses));
    if (fitted.stopped === "validation") expect(best).toBe(losses.length - 4);
    expect(fitted.history.updates[0]).toBe(Math.ceil((61 - 18) / 8)); // round(0.3 · 61) = 18 rows are validation rows
    let kept: Float64Array | undefined;
    const same = {
      optimizer: adam(0.3),
      batchSize: 8,
      epochs: 60,
      l2: 0,
      stop: { validation: { share: 0.3, patience: 3 } },
    };
    for (const step of make(same).train(X, y)) {
      if (step.endOfEpoch && step.epoch === best + 1) kept = Float64Array.from(step.params);
    }
    expect([...fitted.params()]).toEqual([...kept!]);
  });

  test("validationSplit has the rows that a fit trains on, and the others do not change the parameters of an epoch", () => {
    const estimator = make({ epochs: 1, seed: 4, stop: { validation: { share: 0.3 } } });
    const { train, test } = estimator.validationSplit(y as never)!;
    expect([...train, ...test].sort((a, b) => a - b)).toEqual(Array.from({ length: X.rows }, (_, i) => i));
    const changed = (row: number): ReturnType<typeof takeRows> => {
      const copy = takeRows(X, [...Array(X.rows).keys()]);
      copy.data[row * X.columns]! += 0.5;
      return copy;
    };
    const params = String(estimator.fit(X, y).params());
    expect(String(estimator.fit(changed(test[0]!), y).params())).toBe(params);
    expect(String(estimator.fit(changed(train[0]!), y).params())).not.toBe(params);
    expect(make({ epochs: 1 }).validationSplit(y as never)).toBeNull();
  });
});

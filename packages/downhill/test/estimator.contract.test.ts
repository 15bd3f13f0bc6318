// What every estimator of a table keeps to: bits, runs, forms of X, going on. Weights, labels and scaling, and the error
// sentences, have suites of their own beside this one.
import { describe, expect, test } from "vitest";
import { takeRows } from "../src/core/matrix.ts";
import { random } from "../src/core/random.ts";
import type { Table } from "../src/estimators/fit/table.ts";
import { adam, inverseTime, load, nesterov, plain } from "../src/index.ts";
import { type AnyFitted, answers, distance, rowsOf, text, trials } from "./estimatorTrial.ts";

const loaded = (saved: unknown): AnyFitted => load(saved) as unknown as AnyFitted;

// Runs that between them use every part of a state: slots, scalars, averages, the best validation loss, patience, schedules.
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

describe.each(trials)("$name", ({ X, y, make, kind, classes }) => {
  describe.each(Object.entries(runs))("%s", (run, options) => {
    const model = make({ ...options, seed: 3 });

    test("same seed, same bits", () => {
      expect(text(model.fit(X, y))).toBe(text(make({ ...options, seed: 3 }).fit(X, y)));
    });

    test("fit is train, drained", () => {
      let last: AnyFitted | undefined;
      for (const step of model.train(X, y)) if (step.stopped) last = step.fitted();
      expect(text(last!)).toBe(text(model.fit(X, y)));
    });

    test("a run resumed anywhere ends in the same file", () => {
      const whole = text(model.fit(X, y));
      for (const step of model.train(X, y)) {
        if (step.stopped) break;
        const state = step.state();
        if (step.t % 3 !== 1 && !step.endOfEpoch) continue;
        expect(text(model.fit(X, y, { resume: state })), `from update ${step.t}`).toBe(whole);
      }
    });

    test("saved and loaded it answers in the same bits, and saves the same text", () => {
      const fitted = model.fit(X, y);
      for (const again of [loaded(text(fitted)), loaded(JSON.parse(text(fitted)))]) {
        expect(text(again)).toBe(text(fitted));
        expect(answers(again, X)).toEqual(answers(fitted, X));
        expect([...again.params()]).toEqual([...fitted.params()]);
        expect(again.history).toEqual(fitted.history);
        if (fitted.coefficients) expect(again.coefficients).toEqual(fitted.coefficients);
      }
    });

    test("broken off, it keeps what was reached", () => {
      const wanted = 2;
      for (const step of model.train(X, y)) {
        if (step.t < wanted) continue;
        const fitted = step.fitted();
        expect(fitted.updates).toBe(wanted);
        expect(fitted.stopped).toBe("interrupted");
        const reached = step.endOfEpoch && step.best ? step.best : step.solution;
        expect([...fitted.params()]).toEqual([...reached]);
        expect(answers(fitted, X).every(Number.isFinite)).toBe(true);
        break;
      }
    });

    test("nothing given is changed", () => {
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
      test("another seed, another order", () => {
        const other = make({ ...options, seed: 4 }).fit(X, y);
        expect([...other.params()]).not.toEqual([...model.fit(X, y).params()]);
      });
    }
  });

  test("what was given may be changed afterwards: the model has copies", () => {
    const names = ["a", "b", "c"];
    const given = { data: X.data.slice(), rows: X.rows, columns: 3, names };
    const own = classes > 0 ? { classes: ["cat", "bee", "ant"].slice(-classes) } : {};
    const targets = [...y];
    const fitted = make({ epochs: 2, optimizer: plain(0.01), ...own }).fit(given, targets);
    const [saved, before] = [text(fitted), answers(fitted, X)];
    given.data.fill(0);
    names.fill("z");
    targets.fill(y[1]!);
    own.classes?.fill("elk");
    fitted.params().fill(0);
    expect(text(fitted)).toBe(saved);
    expect(answers(fitted, X)).toEqual(before);
  });

  test("what it shows is frozen: nobody can change the model through it", () => {
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

  test("what was loaded or handed over may be changed afterwards: the model has copies", () => {
    const estimator = make({ epochs: 2, optimizer: plain(0.01) });
    const saved = JSON.parse(text(estimator.fit({ ...X, names: ["a", "b", "c"] }, y)));
    const wanted = answers(loaded(JSON.stringify(saved)), X);
    const again = loaded(saved);
    for (const list of [saved.body.names, saved.body.classes ?? []]) list.fill("z"); // the user's own, not frozen
    saved.body.options.l2 = 99;
    expect(answers(again, X)).toEqual(wanted);
    expect([again.names, again.options["l2"] === 99]).toEqual([["a", "b", "c"], false]);
    for (const step of estimator.train(X, y)) {
      if (!step.stopped) continue;
      const fittedData = step.fittedData();
      const fitted = estimator.fitted(fittedData);
      fittedData.params.fill(0);
      fittedData.scaling?.scale.fill(7);
      expect(answers(fitted, X)).toEqual(wanted);
    }
  });

  test("options may be changed after the estimator was made: it has copies", () => {
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
    const [wanted, spec] = [text(model.fit(X, y)), JSON.stringify(model.spec())];
    stop.validation.share = 0.9;
    average.from = 3;
    labels.fill("z");
    classWeights["ant"] = 100;
    start.fill(9);
    Object.assign(options, { epochs: 1, l2: 5, seed: 9, optimizer: plain(9) });
    expect(text(model.fit(X, y))).toBe(wanted);
    expect(JSON.stringify(model.spec())).toBe(spec);
    const shown = model.spec().options as Record<string, object>;
    for (const name of ["stop", "average", "optimizer", ...(classes > 0 ? ["classes", "classWeights"] : [])]) {
      expect(Object.isFrozen(shown[name]), name).toBe(true);
    }
  });

  test("the kind, its features and why it stopped", () => {
    const fitted = make({ epochs: 2, optimizer: plain(0.01) }).fit(X, y);
    expect([fitted.kind, fitted.features, fitted.names, fitted.stopped]).toEqual([kind, 3, null, "epochs"]);
    expect(fitted.options).toMatchObject({ epochs: 2, optimizer: "plain", seed: 0, standardize: true });
    expect(fitted.options["l2"]).toBe(kind === "linear" ? 0 : 1 / 61);
    expect(fitted.classes?.length ?? 0).toBe(classes);
    expect(fitted.history.updates.length).toBe(2);
  });

  test("X as a matrix, as rows and as records, whose columns may come in another order", () => {
    const names = ["b", "a", "c"];
    const rows = Array.from({ length: X.rows }, (_, i) => [...X.data.subarray(3 * i, 3 * i + 3)]);
    const records = rows.map((row) => Object.fromEntries(row.map((x, j) => [names[j], x])));
    const turned = rows.map(([b, a, c]) => ({ c: c!, b: b!, a: a! }));
    const options = { epochs: 3, optimizer: plain(0.05) };
    const fitted = make(options).fit(X, y);
    const byName = make(options).fit(records, y);
    expect([...byName.params()]).toEqual([...fitted.params()]);
    expect(byName.names).toEqual(names);
    const wanted = answers(fitted, X);
    const turnedMatrix = {
      ...takeRows(X, Uint32Array.from(X.data.keys()).subarray(0, X.rows)),
      names: ["c", "b", "a"],
    };
    turned.forEach(({ c, b, a }, i) => {
      turnedMatrix.data.set([c, b, a], 3 * i);
    });
    const forms: Table[] = [X, rows, rows.map((row) => Float64Array.from(row)), records];
    for (const form of forms) expect(answers(fitted, form)).toEqual(wanted);
    for (const form of [...forms, turned, turnedMatrix]) expect(answers(byName, form)).toEqual(wanted);
    expect(answers(loaded(text(byName)), turned)).toEqual(wanted);
    const [partial, turnedPartial] = [records, turned].map((form) => text(byName.partialFit(form, y)));
    expect(turnedPartial).toBe(partial);
  });

  test("any number of rows at once: blocks do not show", () => {
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

  test("rows in another order change a full batch by rounding alone", () => {
    const options = { epochs: 30, optimizer: plain(0.05), batchSize: "full", l2: 0.1, standardize: true } as const;
    const order = [...random(1).permutation(X.rows)];
    const start = make(options).fit(X, y);
    const turned = rowsOf({ X, y }, order);
    expect(distance(make(options).fit(turned.X, turned.y).params(), start.params())).toBeLessThan(1e-11);
  });

  describe("partialFit", () => {
    const options = { optimizer: plain(0.05), batchSize: "full", l2: 0.02 } as const;

    test("is another model, and the old one stays as it was", () => {
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

    test("on the same rows continues: plain full batches have no memory, so the bits are those of one longer fit", () => {
      const whole = make({ ...options, epochs: 40 }).fit(X, y);
      let parts = make({ ...options, epochs: 10 }).fit(X, y);
      for (let round = 0; round < 6; round++) parts = parts.partialFit(X, y, { epochs: 5 });
      expect([...parts.params()]).toEqual([...whole.params()]);
      expect(answers(parts, X)).toEqual(answers(whole, X));
      expect(parts.updates).toBe(whole.updates);
    });

    test("keeps the scaling, whatever the new rows are", () => {
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

  test("validation rows come from the training rows, and the best is kept", () => {
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
    expect(fitted.history.updates[0]).toBe(Math.ceil((61 - 18) / 8)); // round(0.3 · 61) = 18 rows are held out
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
});

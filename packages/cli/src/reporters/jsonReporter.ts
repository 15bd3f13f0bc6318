// Reports a run for programs: events on stdout, one JSON object per line.

import type { DivergenceError, EstimatorModel, Remedy } from "downhill";
import { jsonForecast } from "../diagnosis/consultation.ts";
import { lossOf } from "../model/estimator.ts";
import { jsonFolds, jsonTrial, nameInJson } from "../model/foldMetrics.ts";
import { isClassifier, isFactorization, jsonMetrics, type Outcome } from "../model/metrics.ts";
import { countOf } from "../model/rows.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { isSvmlightSpec, isTableSpec } from "../training/prepared.ts";
import type { RunFacts } from "../training/trainedRun.ts";
import type { Reporter } from "./reporter.ts";

/** Prints the events start, resumed, checkpoint (many times), settings, forecast, epoch and verdict (many times) and end. NaN and infinities become null. */
export function jsonReporter({ stdout }: Terminal): Reporter {
  const event = (name: string, facts: object) => stdout.json({ event: name, ...facts });
  return {
    start: (facts) => event("start", startFacts(facts)),
    resumed: (path, { folds, run }) =>
      event("resumed", {
        path,
        folds: folds.search.length + folds.crossValidation.length,
        epoch: run?.completeEpochs ?? 0,
        update: run?.update ?? 0,
      }),
    checkpoint: ({ path, run, failure }) =>
      event("checkpoint", { path, epoch: run?.completeEpochs ?? 0, update: run?.update ?? 0, failure }),
    evaluation({ evaluation: { search, folds } }) {
      if (search !== null) {
        const { trials, best, metric, planned } = search;
        const values = best === null ? null : best.values;
        event("search", { trials: trials.map(jsonTrial), planned, metric: metric && nameInJson(metric), best: values });
      }
      if (folds !== null) event("folds", jsonFolds(folds));
    },
    settings: (settings) => event("settings", Object.fromEntries(settings.map(({ name, value }) => [name, value]))),
    epoch: (step) =>
      event("epoch", {
        epoch: step.epoch,
        [step.history.objective ? "loss" : "batchLoss"]: lossOf(step),
        learningRate: step.learningRate,
      }),
    forecast: (forecast) => event("forecast", jsonForecast(forecast)),
    verdict: ({ id, sentence, numbers, remedies }, { epoch, t }) =>
      event("verdict", { epoch, update: t, state: id, sentence, numbers, remedies }),
    diverged: (error, remedies, cause) =>
      event("end", { stopped: "diverged", ...divergenceFacts(error, remedies), ...cause }),
    timings: (timings) => event("timings", timings),
    end({ loss, epochs, stopped, divergence, periods, fitted, train, heldOut, certificate, findings }, files) {
      const metrics = (outcome: Outcome | null) => outcome && jsonMetrics(outcome);
      event("end", {
        loss,
        epochs,
        updates: fitted.updates,
        stopped,
        ...(divergence && divergenceFacts(divergence, periods.at(-1)!.verdict.remedies)),
        certificate,
        findings,
        train: metrics(train),
        heldOut: metrics(heldOut),
        ...vocabularyOf(fitted),
        files: files.map(({ kind, path, replaced }) => ({ kind, path, replaced })),
      });
    },
  };
}

const divergenceFacts = ({ update, learningRate }: DivergenceError, remedies: readonly Remedy[]) => ({
  update,
  learningRate,
  suggestedRate: remedies.map(({ options }) => options.learningRate).find((rate) => rate !== undefined) ?? null,
});

function startFacts({ data, prepared, parts, holdOut, seed }: RunFacts): object {
  const { model, task, reason, table, notes, spec } = prepared;
  return {
    data,
    rows: table.rows,
    trainRows: countOf(parts.train),
    heldOutRows: parts.heldOut === null ? 0 : countOf(parts.heldOut),
    ...(isTableSpec(spec)
      ? { target: spec.target, features: spec.features }
      : isSvmlightSpec(spec)
        ? { target: null, columns: spec.columns, firstColumn: spec.firstColumn }
        : { user: spec.user, item: spec.item, rating: spec.rating }),
    model,
    task,
    reason,
    notes,
    holdOut,
    seed,
  };
}

/** The classes of a classifier, or the numbers of users and items of a factorization. */
function vocabularyOf(fitted: EstimatorModel): object {
  if (isFactorization(fitted)) return { users: fitted.users.length, items: fitted.items.length };
  return isClassifier(fitted) ? { classes: fitted.classes } : {};
}

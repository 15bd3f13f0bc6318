// Fits with default options, alone or with the diagnosis that the command makes: forecast, states and certificate.
import {
  certificate,
  type Estimator,
  forecast,
  type LinearParts,
  linearRegression,
  logisticRegression,
  type Matrix,
  matrix,
  runContext,
  signalRecorder,
  softmaxRegression,
  verdictTimeline,
} from "downhill";
import { numberSetting, readFloat64 } from "../../src/data/rawTables.ts";
import type { LoadProgram } from "../../src/job.ts";
import { versionOf } from "../shared/version.ts";

type Model = Estimator<Float64Array, LinearParts>;

/** The model of targets of 0, 2 or more classes; 0 means numbers. */
const modelOf = (classes: number): Model =>
  classes === 0 ? linearRegression() : classes === 2 ? logisticRegression() : softmaxRegression();

/** Fits the tables X0, y0, X1, y1, …; the setting `doctor` says whether each fit has its diagnosis. */
export const load: LoadProgram = (job) => {
  const fits = Array.from({ length: numberSetting(job, "fits") }, (_, i) => {
    const { rows, columns } = job.tables[`X${i}`]!;
    const X = matrix(readFloat64(job, `X${i}`), rows, columns);
    return { X, y: readFloat64(job, `y${i}`), model: modelOf(numberSetting(job, `classes${i}`)) };
  });
  const run = job.settings["doctor"] === true ? withDoctor : alone;
  let losses: readonly number[] = [];
  return {
    version: versionOf("downhill"),
    reset() {},
    run() {
      losses = fits.map(run);
    },
    result: () => ({ params: losses }),
  };
};

interface Fit {
  readonly X: Matrix;
  readonly y: Float64Array;
  readonly model: Model;
}

/** Returns the objective at the end of the fit. */
function alone({ X, y, model }: Fit): number {
  let objective = 0;
  for (const step of model.prepare(X, y, { every: "epoch" }).steps()) {
    if (step.stopped === null) continue;
    objective = step.objective();
    step.fitted();
  }
  return objective;
}

function withDoctor({ X, y, model }: Fit): number {
  const fit = model.prepare(X, y, { every: "epoch" });
  const { problem, optimizer, options } = fit;
  const { batchSize = "full", start = "zeros" } = options;
  const predicted = forecast(problem, optimizer, { batchSize, start, optimum: null });
  const { trace, add } = signalRecorder();
  const timeline = verdictTimeline(trace, { ...runContext(problem, optimizer, options), forecast: predicted });
  let objective = 0;
  for (const step of fit.steps()) {
    add(step);
    timeline.update();
    if (step.stopped === null) continue;
    objective = step.objective();
    step.fitted();
    timeline.end({ stopped: step.stopped, certificate: certificate(step) });
  }
  return objective;
}

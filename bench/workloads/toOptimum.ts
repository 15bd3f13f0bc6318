// How long until the optimum is reached: what W12 and W13 share.
import { manyClasses, twoClasses } from "../src/data/labelledRows.ts";
import { writeTable } from "../src/data/tables.ts";
import { crossEntropy, judgeOf, logistic } from "../src/evaluate/losses.ts";
import { linearScores } from "../src/evaluate/scores.ts";
import type { Job } from "../src/job.ts";
import { downhill, onTwo } from "../src/program.ts";
import { NEAR } from "../src/run/checkTargets.ts";
import { enter } from "../src/run/startProgram.ts";
import type { Case, Entrant } from "../src/workload.ts";

export interface OptimumOptions {
  readonly rows: number;
  readonly columns: number;
  /** Two: logistic regression; more: softmax. */
  readonly classes: number;
  readonly more?: readonly Entrant[];
}

const CORRELATION = 0.7;

/** Of X̃ᵀX̃/rows, at most. */
const LARGEST_EIGENVALUE = (1 + CORRELATION) / (1 - CORRELATION);

const near = downhill("optimum/near", { name: "Downhill by default, stopped near the optimum" });

const scikitLearn = (name: string, program: string): Entrant => ({
  name: `scikit-learn ${name}`,
  family: "scikit-learn",
  program: { python: `optimum:${program}` },
  tolerance: 0,
});

/** A whole fit of l2 = 1/rows on columns whose neighbours correlate; the time counts when it ends near the optimum. */
export function optimumCase({ rows, columns, classes, more = [] }: OptimumOptions): Case {
  const drawn = { rows, columns, seed: 12, correlation: CORRELATION };
  const { X, y } = classes === 2 ? twoClasses(drawn) : manyClasses(classes, drawn);
  const outputs = classes === 2 ? 1 : classes;
  const l2 = 1 / rows;
  const objective = judgeOf({
    scores: linearScores(X, columns, outputs),
    outputs,
    loss: classes === 2 ? logistic : crossEntropy,
    targets: y,
    l2,
    weights: outputs * columns,
  });
  const safeRate = 1 / ((classes === 2 ? 0.25 : 0.5) * LARGEST_EIGENVALUE);
  let least = Infinity;
  let origin = "";
  return {
    name: "",
    unit: "a whole fit",
    units: 1,
    entrants: [
      near,
      onTwo(near),
      downhill("optimum/byDefault", { name: "Downhill by default, to its own end" }),
      downhill("optimum/nesterov", { name: "Downhill, Nesterov" }),
      scikitLearn("lbfgs, stopped near the optimum", "Lbfgs"),
      scikitLearn("by default, to its own end", "ByDefault"),
      ...more,
    ],
    targets: [{ against: ["scikit-learn"], atLeast: 1.5, stretch: 3 }],
    get note() {
      return (
        `Near is within 1e-6 of the least loss, relative. ${origin} Downhill stops when it is near, in full batch, ` +
        "where it knows its objective; lbfgs after the fewest iterations that bring it near and LIBLINEAR at the " +
        "loosest tolerance that does, both found beforehand. By default: all options but l2 are left alone, so that " +
        "Downhill standardizes the columns."
      );
    },
    async lay(folder) {
      const tables = { X: writeTable(folder, "X", X, columns), y: writeTable(folder, "y", y) };
      const settings = { classes, l2, safeRate, enough: 0 };
      least = await optimumOf({ tables, settings }, folder);
      // a little nearer than near, since standardized columns change the penalty's digits
      return { tables, settings: { ...settings, enough: Number.isFinite(least) ? least * (1 + 0.99 * NEAR) : 0 } };
    },
    judge(outcome) {
      const loss = objective(outcome);
      least = Math.min(least, loss);
      return loss;
    },
    optimum: () => least,
  };

  /** scikit-learn's; infinite where it is not installed. */
  async function optimumOf(job: Job, folder: string): Promise<number> {
    const found = await enter(scikitLearn("newton-cg", "Optimum"), job, { judge: objective }, folder);
    if ("reason" in found) {
      origin = `It is the lowest that a row reached, since no optimum was found beforehand (${found.reason}).`;
      return Infinity;
    }
    found.close();
    origin = `It is the one that scikit-learn ${found.version} finds by newton-cg at tolerance 1e-10.`;
    return found.loss;
  }
}

// The seven programs in the order of the two articles, and the function that runs them all.
import { type FactorizationProgram, factorization } from "./factorization.ts";
import { type LineProgram, line } from "./line.ts";
import { type LinearProgram, linear } from "./linear.ts";
import { type LogisticProgram, logistic } from "./logistic.ts";
import { type NetworkProgram, network } from "./network.ts";
import { type Differences, differencesFrom, readNumpyResult } from "./numpyComparison.ts";
import { type SoftmaxProgram, softmax } from "./softmax.ts";
import { type SvmProgram, svm } from "./svm.ts";

/** The result of any of the seven programs; `program` is its name. */
export type Result =
  | LineProgram
  | LinearProgram
  | LogisticProgram
  | SoftmaxProgram
  | NetworkProgram
  | SvmProgram
  | FactorizationProgram;

export type ProgramName = Result["program"];

/** The programs by name. Each function runs its program with the article's settings. */
export const programs: { readonly [Name in ProgramName]: () => Extract<Result, { program: Name }> } = {
  line: () => line(),
  linear: () => linear(),
  logistic: () => logistic(),
  softmax: () => softmax(),
  network: () => network(),
  svm: () => svm(),
  factorization: () => factorization(),
};

export const programNames = Object.keys(programs) as ProgramName[];

/** One program's result and its comparison with NumPy. */
export interface GalleryRun {
  readonly program: ProgramName;
  readonly epochs: number;
  /** The first and the last loss that the article plots. */
  readonly firstLoss: number;
  readonly lastLoss: number;
  /** The largest |a − b| / |b| between our number a and NumPy's b, over data, start, parameters and all losses. */
  readonly maxRelativeDifference: number;
  readonly differences: Differences;
  readonly result: Result;
}

/**
 * Runs all seven programs, in the articles' order, and compares their numbers with NumPy's.
 *
 * @example
 * import { runGallery } from "@downhill/gallery";
 * for (const { program, lastLoss } of runGallery()) console.log(program, lastLoss);
 */
export function runGallery(): GalleryRun[] {
  return programNames.map((program) => {
    const result = programs[program]();
    const differences = differencesFrom(readNumpyResult(program), result);
    return {
      program,
      epochs: result.epochs,
      firstLoss: result.losses[0]!,
      lastLoss: result.losses.at(-1)!,
      maxRelativeDifference: Math.max(...Object.values(differences)),
      differences,
      result,
    };
  });
}

// All seven programs, in the order of the two articles.
import { type FactorizationProgram, factorization } from "./factorization.ts";
import { type LineProgram, line } from "./line.ts";
import { type LinearProgram, linear } from "./linear.ts";
import { type LogisticProgram, logistic } from "./logistic.ts";
import { type NetworkProgram, network } from "./network.ts";
import { type SoftmaxProgram, softmax } from "./softmax.ts";
import { type SvmProgram, svm } from "./svm.ts";

/** What any of the programs did; `program` tells which. */
export type Result =
  | LineProgram
  | LinearProgram
  | LogisticProgram
  | SoftmaxProgram
  | NetworkProgram
  | SvmProgram
  | FactorizationProgram;

export type ProgramName = Result["program"];

/** Every program by its name, to be run as the article runs it. */
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

import { type FactorsOptions, factors } from "./factors.ts";
import { linear } from "./linear.ts";
import { type Activation, network } from "./network.ts";
import type { Predictor, PredictorSpec } from "./predictor.ts";

type Arguments = Record<string, number> & { hidden: readonly number[]; activation: Activation } & FactorsOptions;

const makers: Record<PredictorSpec["predictor"], (spec: Arguments) => Predictor> = {
  linear: ({ features, outputs }) => linear(features!, outputs),
  network: ({ features, hidden, outputs, activation }) => network(features!, hidden, outputs!, activation),
  factors: ({ users, items, rank, ...options }) => factors(users!, items!, rank!, options),
};

/** Makes the predictor of a spec. */
export const predictorFromSpec = (spec: PredictorSpec): Predictor =>
  makers[spec.predictor](spec as unknown as Arguments);

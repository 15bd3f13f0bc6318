// The names of the metrics for people.

/** The names in tables. */
export const metricNames: Readonly<Record<string, string>> = {
  loss: "loss",
  accuracy: "accuracy",
  balancedAccuracy: "balanced accuracy",
  logLoss: "log loss",
  macroF1: "macro F1",
  precision: "precision",
  recall: "recall",
  f1: "F1",
  rocArea: "ROC area",
  averagePrecision: "average precision",
  brierScore: "Brier score",
  r2: "R²",
  d2: "D²",
  rmse: "RMSE",
  mae: "MAE",
  pinballLoss: "pinball loss",
  deviance: "Poisson deviance",
  below: "targets below",
  ndcgAt10: "NDCG@10",
  popularNdcgAt10: "  NDCG@10 of the most popular items",
  mapAt10: "MAP@10",
  precisionAt10: "precision@10",
  recallAt10: "recall@10",
  coverageAt10: "coverage@10",
};

/** The errors with their article: "an RMSE". */
export const errorNames = {
  rmse: "an RMSE",
  mae: "an MAE",
  pinballLoss: "a pinball loss",
  deviance: "a Poisson deviance",
  ndcgAt10: "an NDCG@10",
} as const;

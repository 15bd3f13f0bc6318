"""Goldens of src/metrics. Run: /usr/bin/python3 metrics.py > metrics.json

Written by Python 3.11, NumPy 1.24.2, scikit-learn 1.2.1 (Debian 12; the versions are stored with the numbers).
With p predictions, t targets, w weights (1 when absent), P row-stochastic probabilities, s scores:
  meanSquaredError   sum w (p - t)^2 / sum w          rootMeanSquaredError  its square root
  meanAbsoluteError  sum w |p - t| / sum w            rSquared              1 - sum (p - t)^2 / sum (t - mean t)^2
  pinball            sum w max(q (t - p), (1 - q) (p - t)) / sum w, q = 0.9
  poisson            2 sum w (t ln(t/p) + p - t) / sum w
  dSquared           1 - loss(p) / loss(best constant)
  accuracy           sum w [p = t] / sum w            logLoss               -sum w ln P[i, t_i] / sum w
  confusion          C[i][j] = rows of class i predicted as j
  balancedAccuracy   mean over the classes of the share of their rows that is predicted as them
  precision TP/(TP+FP), recall TP/(TP+FN), f1 2TP/(2TP+FP+FN) per class; macro = their plain means
  roc                rates at every different score; area = P(s+ > s-) + P(s+ = s-)/2
  precisionRecall    TP/(TP+FP) and TP/(TP+FN) at every different score; averagePrecision = sum (r_k - r_(k-1)) p_k
  brierScore         sum w (p - [positive])^2 / sum w
  thresholds         the largest f1, and the lowest (FP costs[0] + FN costs[1]) / n, over all thresholds
  calibration        mean probability and share of positives in bins (k/10, (k+1)/10]
"""
import json
import platform

import numpy as np
import sklearn
from sklearn import metrics as m
from sklearn.calibration import calibration_curve

draw = np.random.RandomState(7)
n = 60

t = np.round(draw.normal(3, 2, n), 6)
p = np.round(t + draw.normal(0, 0.7, n), 6)
w = np.round(draw.uniform(0, 2, n), 6)
w[5] = 0
regression = {
    "prediction": p, "target": t, "weights": w,
    "meanSquaredError": m.mean_squared_error(t, p),
    "meanSquaredErrorWeighted": m.mean_squared_error(t, p, sample_weight=w),
    "rootMeanSquaredError": m.mean_squared_error(t, p, squared=False),
    "meanAbsoluteError": m.mean_absolute_error(t, p),
    "meanAbsoluteErrorWeighted": m.mean_absolute_error(t, p, sample_weight=w),
    "rSquared": m.r2_score(t, p),
}

classes = ["ant", "bee", "cat", "dog"]
truth = draw.choice(classes, n, p=[0.5, 0.25, 0.15, 0.1])
guess = np.where(draw.uniform(size=n) < 0.65, truth, draw.choice(classes, n))
P = draw.dirichlet([0.7] * 4, n)
precision, recall, f1, support = m.precision_recall_fscore_support(truth, guess, labels=classes)
macro = m.precision_recall_fscore_support(truth, guess, labels=classes, average="macro")
classification = {
    "classes": classes, "prediction": guess, "target": truth, "weights": w, "probabilities": P,
    "accuracy": m.accuracy_score(truth, guess),
    "accuracyWeighted": m.accuracy_score(truth, guess, sample_weight=w),
    "logLoss": m.log_loss(truth, P, labels=classes),
    "logLossWeighted": m.log_loss(truth, P, labels=classes, sample_weight=w),
    "confusion": m.confusion_matrix(truth, guess, labels=classes),
    "precision": precision, "recall": recall, "f1": f1, "support": support,
    "macro": macro[:3],
    "balancedAccuracy": m.balanced_accuracy_score(truth, guess),
}

labels = draw.randint(0, 2, n)
scores = np.round(labels * 0.8 + draw.normal(0, 1, n), 1)  # one decimal: many ties, within and across the classes
fpr, tpr, thresholds = m.roc_curve(labels, scores, drop_intermediate=False)
roc = {
    "scores": scores, "labels": labels, "falsePositiveRate": fpr, "truePositiveRate": tpr,
    "thresholds": thresholds[1:],  # scikit-learn 1.2 starts with max + 1, we with Infinity
    "area": m.roc_auc_score(labels, scores),
}

precision, recall, _ = m.precision_recall_curve(labels, scores)
precisionRecall = {  # scikit-learn goes by rising threshold and ends with the point that predicts nothing
    "precision": precision[::-1], "recall": recall[::-1],
    "averagePrecision": m.average_precision_score(labels, scores),
}

chances = np.round(np.clip(labels * 0.4 + draw.uniform(0, 0.6, n), 0, 1), 2)  # two decimals: some on the limits of bins
chances[:2] = [0, 1]
observed, predicted = calibration_curve(labels, chances, n_bins=10)
calibration = {"probabilities": chances, "labels": labels, "predicted": predicted, "observed": observed}

brier = {
    "brierScore": m.brier_score_loss(labels, chances),
    "brierScoreWeighted": m.brier_score_loss(labels, chances, sample_weight=w),
}
cuts = [0, *np.unique(chances), 2]
costs = [[1, 5], [3, 1], [1, 0]]


def cost(cut, false_positive, false_negative):
    (_, fp), (fn, _) = m.confusion_matrix(labels, chances >= cut)
    return (fp * false_positive + fn * false_negative) / n


chosen = {
    "f1": max(m.f1_score(labels, chances >= cut) for cut in cuts),
    "costs": costs, "lowest": [min(cost(cut, *pair) for cut in cuts) for pair in costs],
}

counts = draw.poisson(3, n).astype(float)
means = np.round(draw.uniform(0.5, 6, n), 6)
losses = {  # a constant with the lowest pinball loss is between the sorted targets 54 and 55 for the quantile 0.9
    "counts": counts, "means": means,
    "pinball": m.mean_pinball_loss(t, p, alpha=0.9),
    "pinballWeighted": m.mean_pinball_loss(t, p, alpha=0.9, sample_weight=w),
    "dSquaredPinball": m.d2_pinball_score(t, p, alpha=0.9),
    "dSquaredAbsolute": m.d2_absolute_error_score(t, p),
    "poisson": m.mean_poisson_deviance(counts, means),
    "poissonWeighted": m.mean_poisson_deviance(counts, means, sample_weight=w),
    "dSquaredPoisson": m.d2_tweedie_score(counts, means, power=1),
}

versions = {"python": platform.python_version(), "numpy": np.__version__, "scikit-learn": sklearn.__version__}
golden = {
    "versions": versions, "regression": regression, "classification": classification, "roc": roc,
    "precisionRecall": precisionRecall, "calibration": calibration,
    "brier": brier, "thresholds": chosen, "losses": losses,
}
print(json.dumps(golden, default=lambda x: x.tolist(), separators=(",", ":")))

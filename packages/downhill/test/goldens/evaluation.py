"""Goldens of src/evaluation. Run: node evaluation.mjs | /usr/bin/python3 evaluation.py > evaluation.json

Written by Python 3.11, NumPy 1.24.2, scikit-learn 1.2.1 (Debian 12; the versions are stored with the numbers).
  folds       least squares, TimeSeriesSplit(3): R2 and root mean squared error of the test rows of each fold
  importance  sklearn.inspection.permutation_importance itself, with the permutations of this library instead of its own:
              mean over repeats of score - score with a shuffled column, and the standard deviation (divided by n)
evaluation.mjs prints the permutations.
"""
import json
import platform
import sys
from unittest import mock

import numpy as np
import sklearn
from sklearn import metrics as m
from sklearn.inspection import permutation_importance
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.model_selection import TimeSeriesSplit

draw = np.random.RandomState(3)
n = 40
X = np.round(draw.normal(0, 1, (n, 3)) * [1, 5, 0.2], 6)
y = np.round(X @ [2, -0.1, 4] + draw.normal(0, 0.5, n), 6)
labels = (y > 0.3).astype(int)

scores = []
for train, test in TimeSeriesSplit(3).split(X):
    predicted = LinearRegression().fit(X[train], y[train]).predict(X[test])
    scores.append([m.r2_score(y[test], predicted), m.mean_squared_error(y[test], predicted, squared=False)])

permutations = json.load(sys.stdin)


class Ours:
    """Shuffles with our permutations: permutation_importance makes one such object per column.

    It shuffles the column that the repeat before has shuffled, so each shuffle first undoes the permutation before.
    """

    def __init__(self):
        self.repeat = 0
        self.undo = np.arange(n)

    def randint(self, _):
        return 0

    def shuffle(self, index):
        index[:] = self.undo[permutations[self.repeat]]
        self.undo = np.argsort(permutations[self.repeat])
        self.repeat += 1


def importance(model, target, scoring):
    with mock.patch("sklearn.inspection._permutation_importance.check_random_state", lambda _: Ours()):
        found = permutation_importance(model, X, target, scoring=scoring, n_repeats=len(permutations), random_state=0)
    return {"mean": found.importances_mean, "deviation": found.importances_std}


linear = LinearRegression().fit(X, y)
classifier = LogisticRegression(C=1, tol=1e-12, max_iter=10000).fit(X, labels)  # our l2 = 1/40, not standardized
golden = {
    "versions": {"python": platform.python_version(), "numpy": np.__version__, "scikit-learn": sklearn.__version__},
    "X": X, "y": y, "labels": labels, "permutations": permutations, "folds": scores,
    "importance": {
        "rootMeanSquaredError": importance(linear, y, "neg_root_mean_squared_error"),
        "rSquared": importance(linear, y, "r2"),
        "rocArea": importance(classifier, labels, "roc_auc"),
        "logLoss": importance(classifier, labels, "neg_log_loss"),
    },
}
print(json.dumps(golden, default=lambda x: x.tolist(), separators=(",", ":")))

"""Goldens of modelFromCoefficients. Run: /usr/bin/python3 imported.py > imported.json

Written by Python 3.11, NumPy 1.24.2, scikit-learn 1.2.1 (Debian 12; the versions are stored with the numbers). Each case
has coef_, intercept_ and classes_ as scikit-learn's tolist() writes them, rows, and what scikit-learn predicts for them.
"""
import json
import platform

import numpy as np
import sklearn
from sklearn.linear_model import LinearRegression, LogisticRegression, PoissonRegressor, Ridge
from sklearn.svm import LinearSVC

rng = np.random.default_rng(7)
X = rng.normal(size=(60, 3)) * [1, 100, 0.01] + [0, 500, 1]
z = (X - [0, 500, 1]) / [1, 100, 0.01] @ [1.0, -0.5, 0.7]
rows = X[:12]


def case(kind, model, y, probabilities=False):
    model.fit(X, y)
    saved = {"kind": kind, "coefficients": model.coef_.tolist(), "intercepts": np.asarray(model.intercept_).tolist()}
    if hasattr(model, "classes_"):
        saved["classes"] = model.classes_.tolist()
    golden = {"saved": saved, "predictions": model.predict(rows).tolist()}
    if hasattr(model, "decision_function"):
        golden["scores"] = model.decision_function(rows).tolist()
    if probabilities:
        golden["probabilities"] = model.predict_proba(rows).tolist()
    return golden


three = np.array(["low", "middle", "high"])[np.digitize(z, [-0.5, 0.5])]
print(json.dumps({
    "versions": {"python": platform.python_version(), "numpy": np.__version__, "scikit-learn": sklearn.__version__},
    "rows": rows.tolist(),
    "cases": {
        "LinearRegression": case("linear", LinearRegression(), z + 0.1 * rng.normal(size=60)),
        "Ridge with a target in a column": case("linear", Ridge(), (z + 0.1 * rng.normal(size=60))[:, None]),
        "PoissonRegressor": case("poisson", PoissonRegressor(alpha=0), rng.poisson(np.exp(0.3 * z))),
        "LogisticRegression with two classes": case("logistic", LogisticRegression(max_iter=5000), z > 0, True),
        "LogisticRegression with numbers": case("logistic", LogisticRegression(max_iter=5000), (z > 0) * 2 + 1, True),
        "LogisticRegression, multinomial": case("softmax", LogisticRegression(max_iter=5000), three, True),
        "LinearSVC with two classes": case("svm", LinearSVC(dual=False), np.where(z > 0, "yes", "no")),
        "LinearSVC with three classes": case("svm", LinearSVC(dual=False), three),
    },
}))

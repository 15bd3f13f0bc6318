"""Goldens of the table of conversions in docs/models.md. Run: /usr/bin/python3 conversions.py > conversions.json (a few seconds)

Written by Python 3.11, NumPy 1.24.2, SciPy 1.10.1, scikit-learn 1.2.1 (Debian 12; the versions are stored with the
numbers). Each case is a model of scikit-learn, or for the last three a loop written here, with the options that the table
gives for it. Downhill's objective, which the test runs, is always

  (1 / sum v) sum v loss(s, y) + l2/2 |w|^2 + l1 |w|_1,    s = w.z + b, b not penalised,

with z = (x - mean) / sqrt(mean (x - mean)^2) and v the sample weights (all 1 by default). scikit-learn's objectives, from
its user guide, with V = sum v and y = -1, +1 for classes:

  LinearRegression     sum v (s - y)^2                                          l2 = 0
  Ridge                sum v (s - y)^2 + alpha |w|^2                            l2 = alpha / V
  Lasso                (1/2V) sum v (s - y)^2 + alpha |w|_1                     l1 = alpha, l2 = 0
  ElasticNet           the same + alpha rho |w|_1 + alpha (1 - rho)/2 |w|^2     l1 = alpha rho, l2 = alpha (1 - rho)
  HuberRegressor       sum v (S + S H((s - y)/S)) + alpha |w|^2, S its scale_,  delta = epsilon S, l2 = alpha S / V
                       H(u) = u^2 to epsilon, 2 epsilon |u| - epsilon^2 beyond
  QuantileRegressor    (1/V) sum v pinball(s, y) + alpha |w|_1                  l1 = alpha
  PoissonRegressor     (1/2V) sum v deviance(e^s, y) + alpha/2 |w|^2            l2 = alpha
  LogisticRegression   C sum v ln(1 + e^(-ys)) + 1/2 |w|^2                      l2 = 1 / (C V); softmax for more classes
    penalty l1         C sum v ln(1 + e^(-ys)) + |w|_1                          l1 = 1 / (C V), l2 = 0
    elasticnet         C sum v ln(1 + e^(-ys)) + rho |w|_1 + (1 - rho)/2 |w|^2  l1 = rho / (C V), l2 = (1 - rho) / (C V)
  SVC(kernel linear)   C sum v max(0, 1 - ys) + 1/2 |w|^2                       l2 = 1 / (C V)
  LinearSVC            C sum v max(0, 1 - ys)^2 + 1/2 |w|^2 + 1/2 (b/scaling)^2 l2 = 1 / (C V) for a large intercept_scaling
  SGDRegressor         (1/n) sum v 1/2 (s - y)^2 + alpha/2 |w|^2                l2 = alpha n / V
  SGDClassifier        (1/n) sum v loss + alpha/2 |w|^2                         l2 = alpha n / V
    elasticnet         (1/n) sum v loss + alpha rho |w|_1 + alpha (1-rho)/2 |w|^2
                                                            l1 = alpha rho n / V, l2 = alpha (1 - rho) n / V

`options` is what the table says for the case, computed here; `params` are [W row by row, b] as the other program found
them, `within` how far from the optimum its solver may stop, relative to the largest parameter.
"""
import json
import platform
import warnings
from pathlib import Path

import numpy as np
import scipy
import sklearn
from sklearn.linear_model import (
    ElasticNet, HuberRegressor, Lasso, LinearRegression, LogisticRegression, PoissonRegressor, QuantileRegressor, Ridge,
    SGDClassifier, SGDRegressor,
)
from sklearn.svm import SVC, LinearSVC

warnings.simplefilter("error")
DATASETS = Path(__file__).resolve().parents[4] / "datasets"


def read(name, labels):
    lines = [line.split(",") for line in (DATASETS / f"{name}.csv").read_text().split()[1:]]
    X = np.array([[float(x) for x in line[:-1]] for line in lines])
    y = np.array([line[-1] for line in lines]) if labels else np.array([float(line[-1]) for line in lines])
    return (X - X.mean(0)) / np.sqrt(((X - X.mean(0)) ** 2).mean(0)), y


def params(model):
    return np.concatenate([np.ravel(model.coef_), np.ravel(model.intercept_)])


cases = []


def case(name, dataset, maker, options, model, within, weighted=False):
    Z, y = read(dataset, labels=dataset != "diabetes")
    v = weights(len(y)) if weighted else None
    model.fit(Z, y, sample_weight=v)
    p = params(model)
    if maker == "softmaxRegression":  # only differences of its intercepts matter; ours sum to 0 from zeros
        k = len(set(y))
        p[-k:] -= p[-k:].mean()
    cases.append({"name": name, "dataset": dataset, "maker": maker, "options": options, "weighted": weighted,
                  "within": within, "params": p})


def weights(n):
    return 1.0 + np.arange(n) % 4


for weighted in [False, True]:
    def total(n):
        return float(weights(n).sum()) if weighted else float(n)

    also = {"weighted": weighted}
    n, V = 442, total(442)
    case("LinearRegression", "diabetes", "linearRegression", {}, LinearRegression(), 1e-9, **also)
    case("Ridge", "diabetes", "linearRegression", {"l2": 100 / V}, Ridge(alpha=100), 1e-9, **also)
    case("Lasso", "diabetes", "linearRegression", {"l1": 2.0, "l2": 0.0}, Lasso(alpha=2, tol=1e-14, max_iter=10**6), 1e-8,
         **also)
    case("ElasticNet", "diabetes", "linearRegression", {"l1": 1.5 * 0.6, "l2": 1.5 * (1 - 0.6)},
         ElasticNet(alpha=1.5, l1_ratio=0.6, tol=1e-14, max_iter=10**6), 1e-8, **also)
    # Stochastic descent with a falling rate ends within 1e-2. Twice or half the penalty changes the parameters by a fifth.
    sgd = {"learning_rate": "adaptive", "eta0": 1e-2, "tol": 1e-9, "max_iter": 10**5, "n_iter_no_change": 50,
           "random_state": 0}
    case("SGDRegressor", "diabetes", "linearRegression", {"l2": 0.5 * n / V}, SGDRegressor(alpha=0.5, **sgd), 1e-2, **also)
    huber = HuberRegressor(alpha=100, tol=1e-9, max_iter=10**5)
    huber.fit(*read("diabetes", labels=False), sample_weight=weights(n) if weighted else None)
    case("HuberRegressor", "diabetes", "linearRegression",
         {"loss": "huber", "delta": 1.35 * huber.scale_, "l2": 100 * huber.scale_ / V},
         HuberRegressor(alpha=100, tol=1e-9, max_iter=10**5), 1e-6, **also)
    case("QuantileRegressor", "diabetes", "linearRegression", {"loss": "quantile", "quantile": 0.9},
         QuantileRegressor(quantile=0.9, alpha=0, solver="highs"), 5e-3, **also)
    case("QuantileRegressor with alpha", "diabetes", "linearRegression", {"loss": "quantile", "quantile": 0.5, "l1": 0.05},
         QuantileRegressor(quantile=0.5, alpha=0.05, solver="highs"), 5e-3, **also)
    case("PoissonRegressor", "diabetes", "linearRegression", {"loss": "poisson", "l2": 20.0},
         PoissonRegressor(alpha=20, solver="newton-cholesky", tol=1e-10), 1e-7, **also)
    n, V = 569, total(569)
    case("LogisticRegression", "breast_cancer", "logisticRegression", {"l2": 1 / (0.03 * V)},
         LogisticRegression(C=0.03, solver="newton-cg", tol=1e-8, max_iter=10**5), 1e-6, **also)
    case("LogisticRegression, penalty l1", "breast_cancer", "logisticRegression", {"l1": 1 / (0.1 * V), "l2": 0.0},
         LogisticRegression(C=0.1, penalty="l1", solver="saga", tol=1e-12, max_iter=10**6), 1e-6, **also)
    case("LogisticRegression, elasticnet", "breast_cancer", "logisticRegression",
         {"l1": 0.7 / (0.1 * V), "l2": 0.3 / (0.1 * V)},
         LogisticRegression(C=0.1, penalty="elasticnet", l1_ratio=0.7, solver="saga", tol=1e-12, max_iter=10**6), 1e-6,
         **also)
    case("SGDClassifier", "breast_cancer", "logisticRegression", {"l2": 0.05 * n / V},
         SGDClassifier(loss="log_loss", alpha=0.05, **sgd), 1e-2, **also)
    case("SGDClassifier, elasticnet", "breast_cancer", "logisticRegression", {"l1": 0.02 * n / V, "l2": 0.08 * n / V},
         SGDClassifier(loss="log_loss", penalty="elasticnet", alpha=0.1, l1_ratio=0.2, **sgd), 1e-2, **also)
    case("LinearSVC, intercept_scaling 1000", "breast_cancer", "linearSvm", {"loss": "squaredHinge", "l2": 1 / (0.01 * V)},
         LinearSVC(C=0.01, dual=False, tol=1e-14, intercept_scaling=1000, max_iter=10**5), 1e-5, **also)
    case("LinearSVC", "breast_cancer", "linearSvm", {"loss": "squaredHinge", "l2": 1 / (0.01 * V)},
         LinearSVC(C=0.01, dual=False, tol=1e-14, max_iter=10**5), None, **also)  # penalises its intercept: no equal
    case("SVC", "breast_cancer", "linearSvm", {"loss": "hinge", "l2": 1 / (0.01 * V)},
         SVC(kernel="linear", C=0.01, tol=1e-12), 1e-6, **also)
    V = total(150)
    case("LogisticRegression, three classes", "iris", "softmaxRegression", {"l2": 1 / (0.2 * V)},
         LogisticRegression(C=0.2, solver="newton-cg", tol=1e-8, max_iter=10**5), 1e-6, **also)

# ---- loops, from zeros or the start stored with them; `params` after `epochs`
Z, y = read("diabetes", labels=False)
A = np.hstack([Z, np.ones((len(Z), 1))])
p = np.zeros(A.shape[1])
for _ in range(7):  # mean (s - y)^2 at rate lr
    p -= 0.02 * 2 * A.T @ (A @ p - y) / len(y)
squares = {"lr": 0.02, "epochs": 7, "loss": np.mean((A @ p - y) ** 2), "params": p}

Z, labels = read("breast_cancer", labels=True)
s = np.where(labels == sorted(set(labels))[1], 1.0, -1.0)
A = np.hstack([Z, np.ones((len(Z), 1))])
p, C, lr = np.zeros(A.shape[1]), 5.0, 0.01
R = np.append(np.ones(Z.shape[1]), 0.0)
for _ in range(7):  # 1/2 |w|^2 + C mean max(0, 1 - y s) at rate lr
    inside = s * (A @ p) < 1
    p -= lr * (R * p - C * A.T @ (inside * s) / len(s))
svm = {"lr": lr, "C": C, "epochs": 7, "objective": p @ (R * p) / 2 + C * np.maximum(0, 1 - s * (A @ p)).mean(), "params": p}

users, items = np.divmod(np.array([0, 2, 3, 5, 6, 7, 9, 10, 11, 1, 4]), 4)
ratings = np.array([3.0, 4, 1, 5, 2, 2, 4, 3, 5, 4, 4])
start = np.round(np.random.RandomState(3).normal(0, 0.5, (7, 2)), 3)  # a row per user, then per item
p, lr, reg = start.copy(), 0.03, 0.1
for _ in range(5):  # e = r - p.q; p += lr 2 (e q - reg p), q likewise, old values on the right
    for u, i, r in zip(users, items, ratings):
        e = r - p[u] @ p[3 + i]
        new_u = p[u] + 2 * lr * (e * p[3 + i] - reg * p[u])
        p[3 + i] = p[3 + i] + 2 * lr * (e * p[u] - reg * p[3 + i])
        p[u] = new_u
factors = {"lr": lr, "reg": reg, "epochs": 5, "users": users, "items": items, "ratings": ratings, "start": start.ravel(),
           "params": p.ravel()}

versions = {"python": platform.python_version(), "numpy": np.__version__, "scipy": scipy.__version__,
            "scikit-learn": sklearn.__version__}
golden = {"versions": versions, "cases": cases, "squares": squares, "svm": svm, "factors": factors}
print(json.dumps(golden, default=lambda x: x.tolist(), separators=(",", ":")))

"""Goldens of src/estimators. Run: /usr/bin/python3 models.py > models.json  (about 20 s)

Written by Python 3.11, NumPy 1.24.2, SciPy 1.10.1, scikit-learn 1.2.1 (Debian 12; the versions are stored with the
numbers). Shares no code with Downhill. Every optimum is polished by Newton's method written here until the gradient is
as small as rounding allows (`residual`, asserted below), and asserted against scikit-learn to what its solver reaches.

With n rows, standardized columns z = (x - mean) / sqrt(mean (x - mean)^2) (divide by n), scores s = W z + b, y = -1, +1
(+1 for the second class in order), weights v of mean 1 (all 1 unless the case has others):
  ridge          mean 1/2 (s - y)^2 + l2/2 |w|^2                         Ridge(alpha = n l2)
  lasso          mean 1/2 (s - y)^2 + l1 |w|_1                           Lasso(alpha = l1)
  elastic net    mean 1/2 (s - y)^2 + l1 |w|_1 + l2/2 |w|^2              ElasticNet(alpha = l1 + l2, l1_ratio = l1 / alpha)
  logistic       mean v ln(1 + e^(-y s)) + l1 |w|_1 + l2/2 |w|^2         LogisticRegression(C = 1 / (n l2))
  softmax        mean -ln(e^(s_y) / sum_k e^(s_k)) + l2/2 |W|^2          LogisticRegression(multinomial, C = 1 / (n l2))
  squared hinge  mean max(0, 1 - y s)^2 + l2/2 |w|^2                     LinearSVC(C = 1 / (n l2)), intercept scaled up
  hinge          mean max(0, 1 - y s) + l2/2 |w|^2                       SVC(linear, C = 1 / (n l2))
Intercepts b are never penalised. SGDClassifier's alpha is l2. Balanced class weights: n / (K n_k), of mean 1.
`smoothness` is c lambda_max(Z~^T diag(v) Z~ / n) + l2, the second derivative of the loss at most c, Z~ = [Z, 1];
`curvature` the smallest nonzero eigenvalue of the objective's second derivative at the optimum (on the active
coordinates where there is an l1). `params` are [W row by row, b].

Networks: layers a = act(W a + b), scores W a + b; mean -ln softmax_y, or mean 1/2 (s - y)^2; + l2/2 |all W|^2. Full
batch. Plain: p -= rate g. Adam: m = b1 m + (1 - b1) g; v = b2 v + (1 - b2) g^2;
p -= rate (m / (1 - b1^t)) / (sqrt(v / (1 - b2^t)) + eps), b1 = 0.9, b2 = 0.999, eps = 1e-8. `values` are the objective
before each update. `params` are [W1, b1, W2, b2].

Factorization: s = mean + bu + bi + p.q, e = s - r. Per rating, in the order of the list: p, q, bu, bi -= rate (e q + l2 p,
e p + l2 q, e + l2 bu, e + l2 bi), old values on the right; its objective is
mean (1/2 e^2 + l2/2 (|p|^2 + |q|^2 + bu^2 + bi^2)) over ratings. Uniform, full batch: the gradient of
mean 1/2 e^2 + l2/2 |all parameters|^2. `params` are a row (factors, bias) per user, then per item.
"""
import json
import platform
from pathlib import Path

import numpy as np
import scipy
import sklearn
from sklearn.linear_model import ElasticNet, Lasso, LogisticRegression, Ridge
from sklearn.svm import SVC, LinearSVC

DATASETS = Path(__file__).resolve().parents[4] / "datasets"


def read(name, labels):
    lines = [line.split(",") for line in (DATASETS / f"{name}.csv").read_text().split()[1:]]
    X = np.array([[float(x) for x in line[:-1]] for line in lines])
    y = np.array([line[-1] for line in lines]) if labels else np.array([float(line[-1]) for line in lines])
    return (X - X.mean(0)) / np.sqrt(((X - X.mean(0)) ** 2).mean(0)), y


def with_ones(Z):
    return np.hstack([Z, np.ones((len(Z), 1))])


def smoothness(Z, c, l2, v=None):
    A = with_ones(Z)
    v = np.ones(len(Z)) if v is None else v
    return c * np.linalg.eigvalsh((A.T * v) @ A / len(A))[-1] + l2


def smallest(H):
    values = np.linalg.eigvalsh(H)
    return float(values[values > 1e-9 * values[-1]][0])


def newton(f, p, free=None, steps=200):
    """Damped Newton on the coordinates `free`; f returns value, gradient, second derivative. Ends when no step is better."""
    free = np.arange(len(p)) if free is None else free
    value, g, H = f(p)
    for _ in range(steps):
        step = np.zeros_like(p)
        step[free] = np.linalg.lstsq(H[np.ix_(free, free)], g[free], rcond=1e-12)[0]
        scale = 1.0
        while True:
            trial = p - scale * step
            new = f(trial)
            smaller = np.abs(new[1][free]).max() < np.abs(g[free]).max()
            if new[0] < value or smaller or scale < 1e-6:
                break
            scale /= 2
        if not smaller and new[0] >= value:
            break
        p, (value, g, H) = trial, new
    return p, value, g, H


def squares(Z, y, l2):
    A = with_ones(Z)
    R = np.diag([l2] * Z.shape[1] + [0.0])
    def f(p):
        e = A @ p - y
        return (e @ e) / (2 * len(y)) + p @ R @ p / 2, A.T @ e / len(y) + R @ p, A.T @ A / len(y) + R
    return f


def logistic(Z, y, l2, v=None):
    A = with_ones(Z)
    v = np.ones(len(y)) if v is None else v
    R = np.diag([l2] * Z.shape[1] + [0.0])
    def f(p):
        m = y * (A @ p)
        q = 1 / (1 + np.exp(m))
        value = (v * np.logaddexp(0, -m)).mean() + p @ R @ p / 2
        return value, -A.T @ (v * y * q) / len(y) + R @ p, (A.T * (v * q * (1 - q))) @ A / len(y) + R
    return f


def squared_hinge(Z, y, l2):
    A = with_ones(Z)
    R = np.diag([l2] * Z.shape[1] + [0.0])
    def f(p):
        gap = np.maximum(0, 1 - y * (A @ p))
        value = (gap**2).mean() + p @ R @ p / 2
        return value, -2 * A.T @ (y * gap) / len(y) + R @ p, 2 * (A.T * (gap > 0)) @ A / len(y) + R
    return f


def softmax(Z, t, K, l2):
    A, n, d = with_ones(Z), len(Z), Z.shape[1]
    order = np.array([k * (d + 1) + j for k in range(K) for j in range(d)] + [k * (d + 1) + d for k in range(K)])
    R = np.zeros(K * (d + 1))
    R[order[: K * d]] = l2
    T = np.eye(K)[t]
    def f(p):
        B = np.empty(K * (d + 1))
        B[order] = p
        S = A @ B.reshape(K, d + 1).T
        S -= S.max(1, keepdims=True)
        P = np.exp(S) / np.exp(S).sum(1, keepdims=True)
        value = -np.log(P[np.arange(n), t]).mean() + (R * B * B).sum() / 2
        g = ((P - T).T @ A / n).ravel() + R * B
        H = np.diag(R)
        for a in range(K):
            for b in range(K):
                w = P[:, a] * ((a == b) - P[:, b])
                H[a * (d + 1) : (a + 1) * (d + 1), b * (d + 1) : (b + 1) * (d + 1)] += (A.T * w) @ A / n
        return value, g[order], H[np.ix_(order, order)]
    return f


def optimum(f, start, Z, c, l2, v=None, **more):
    p, value, g, H = newton(f, start)
    residual = float(np.abs(g).max())
    assert residual < 1e-13 * max(1.0, np.abs(H).max()), residual
    return {"l2": l2, "value": value, "params": p, "curvature": smallest(H),
            "smoothness": smoothness(Z, c, l2, v), "residual": residual, **more}


def sparse_optimum(f, Z, c, l1, l2):
    """Finds the active set by accelerated proximal descent, and the optimum on it by Newton; checks that it is the optimum."""
    d = Z.shape[1]
    rate = 1 / smoothness(Z, c, l2)
    p = point = np.zeros(d + 1)
    for k in range(20000):
        q = point - rate * f(point)[1]
        q[:d] = np.sign(q[:d]) * np.maximum(0, np.abs(q[:d]) - rate * l1)
        point = q + (k / (k + 3)) * (q - p)
        p = q
    sign = np.append(np.sign(p[:d]), 0.0)
    free = np.flatnonzero(p)
    def signed(p):
        value, g, H = f(p)
        return value + l1 * sign @ p, g + l1 * sign, H
    p, value, g, H = newton(signed, np.where(p != 0, p, 0.0), free)
    assert np.abs(g[free]).max() < 1e-13 * max(1.0, np.abs(H).max()), np.abs(g[free]).max()
    slack = l1 - np.abs(np.delete(f(p)[1], free))  # at a zero weight |slope| < l1
    assert len(slack) == 0 or slack.min() > 1e-6 * l1, slack
    assert np.all(np.sign(p[:d]) == sign[:d])
    return {"l1": l1, "l2": l2, "value": value, "params": p, "nonzero": int((p[:d] != 0).sum()),
            "curvature": smallest(H[np.ix_(free, free)]), "smoothness": smoothness(Z, c, l2),
            "residual": float(np.abs(g[free]).max())}


def agree(ours, theirs, tolerance):
    off = np.abs(np.asarray(ours) - np.asarray(theirs)).max()
    assert off <= tolerance * max(1.0, np.abs(ours).max()), off


golden = {}

# ---- diabetes
Z, y = read("diabetes", labels=False)
n, d = Z.shape
zero = np.zeros(d + 1)
golden["ridge"] = optimum(squares(Z, y, 0.01), zero, Z, 1, 0.01, predictions=[])
model = Ridge(alpha=n * 0.01).fit(Z, y)
agree(golden["ridge"]["params"], np.append(model.coef_, model.intercept_), 1e-12)
golden["ridge"]["predictions"] = with_ones(Z)[[0, 200, 441]] @ golden["ridge"]["params"]
golden["lasso"] = sparse_optimum(squares(Z, y, 0.0), Z, 1, 2.0, 0.0)
model = Lasso(alpha=2.0, tol=1e-14, max_iter=10**6).fit(Z, y)
agree(golden["lasso"]["params"], np.append(model.coef_, model.intercept_), 1e-9)
golden["elasticNet"] = sparse_optimum(squares(Z, y, 0.1), Z, 1, 1.0, 0.1)
model = ElasticNet(alpha=1.1, l1_ratio=1 / 1.1, tol=1e-14, max_iter=10**6).fit(Z, y)
agree(golden["elasticNet"]["params"], np.append(model.coef_, model.intercept_), 1e-9)

# ---- breast_cancer
Z, labels = read("breast_cancer", labels=True)
n, d = Z.shape
zero = np.zeros(d + 1)
classes = sorted(set(labels))
y = np.where(labels == classes[1], 1.0, -1.0)
rows = [0, 100, 300, 568]


def binary(l2, v=None, class_weight=None, sample_weight=None):
    known = optimum(logistic(Z, y, l2, v), zero, Z, 0.25, l2, v)
    model = LogisticRegression(C=1 / (n * l2), tol=1e-10, max_iter=10**5, class_weight=class_weight)
    model.fit(Z, labels, sample_weight=sample_weight)
    agree(known["params"], np.append(model.coef_, model.intercept_), 1e-4)
    known["probabilities"] = 1 / (1 + np.exp(-with_ones(Z)[rows] @ known["params"]))
    return known


sample = 1.0 + np.arange(n) % 3
counts = np.array([(labels == name).sum() for name in classes])
balanced = (n / (2 * counts))[(y > 0).astype(int)]
golden["logistic"] = binary(1 / n)
assert abs(golden["logistic"]["value"] - 0.0663601862247381) < 1e-15
golden["logisticStrong"] = binary(0.01)
golden["logisticWeighted"] = binary(0.01, sample * n / sample.sum(), sample_weight=sample * n / sample.sum())
golden["logisticBalanced"] = binary(0.01, balanced, class_weight="balanced")
golden["logisticSparse"] = sparse_optimum(logistic(Z, y, 0.01), Z, 0.25, 0.01, 0.01)
known = optimum(squared_hinge(Z, y, 1 / n), zero, Z, 2, 1 / n)
model = LinearSVC(C=1.0, dual=False, tol=1e-12, intercept_scaling=1000, max_iter=10**5).fit(Z, labels)
agree(known["params"], np.append(model.coef_, model.intercept_), 1e-4)
golden["squaredHinge"] = known
model = SVC(kernel="linear", C=1.0, tol=1e-12).fit(Z, labels)
p = np.append(model.coef_, model.intercept_)
value = np.maximum(0, 1 - y * (with_ones(Z) @ p)).mean() + p[:d] @ p[:d] / (2 * n)
assert abs(value - 0.0466176824856578) < 1e-12, value
golden["hinge"] = {"l2": 1 / n, "value": value, "params": p}

# ---- iris, wine
for name in ["iris", "wine"]:
    Z, labels = read(name, labels=True)
    n, d = Z.shape
    classes, t = np.unique(labels, return_inverse=True)
    K = len(classes)
    known = optimum(softmax(Z, t, K, 1 / n), np.zeros(K * (d + 1)), Z, 0.5, 1 / n)
    model = LogisticRegression(C=1.0, tol=1e-10, max_iter=10**5).fit(Z, labels)
    b = model.intercept_ - model.intercept_.mean()
    agree(known["params"], np.append(model.coef_.ravel(), b), 1e-4)
    W, b = known["params"][: K * d].reshape(K, d), known["params"][K * d :]
    S = Z[[0, 70, n - 1]] @ W.T + b
    known["probabilities"] = np.exp(S) / np.exp(S).sum(1, keepdims=True)
    golden[name] = known
assert abs(golden["iris"]["value"] - 0.20919178840531) < 1e-14
assert abs(golden["wine"]["value"] - 0.0679232346845799) < 1e-15

# ---- networks
draw = np.random.RandomState(11)


def mlp(shape, act, X, y, kind, l2, rule, rate, steps, start):
    d, h, k = shape
    cuts = np.cumsum([h * d, h, k * h])
    penalised = np.concatenate([np.ones(h * d), np.zeros(h), np.ones(k * h), np.zeros(k)])
    p = start.copy()
    m, v = np.zeros_like(p), np.zeros_like(p)
    values = []
    n = len(X)
    for t in range(1, steps + 2):
        W1, b1, W2, b2 = np.split(p, cuts)
        W1, W2 = W1.reshape(h, d), W2.reshape(k, h)
        U = X @ W1.T + b1
        a = np.maximum(U, 0) if act == "relu" else np.tanh(U)
        S = a @ W2.T + b2
        if kind == "classification":
            P = np.exp(S) / np.exp(S).sum(1, keepdims=True)
            loss = -np.log(P[np.arange(n), y]).mean()
            dS = (P - np.eye(k)[y]) / n
        else:
            loss = ((S[:, 0] - y) ** 2).mean() / 2
            dS = (S[:, 0] - y)[:, None] / n
        values.append(loss + l2 / 2 * (penalised * p * p).sum())
        if t > steps:
            break
        dU = (dS @ W2) * ((U > 0) if act == "relu" else 1 - a**2)
        g = np.concatenate([(dU.T @ X).ravel(), dU.sum(0), (dS.T @ a).ravel(), dS.sum(0)]) + l2 * penalised * p
        if rule == "plain":
            p = p - rate * g
        else:
            m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g * g
            p = p - rate * (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)
    return {"activation": act, "task": kind, "rule": rule, "rate": rate, "l2": l2, "hidden": h, "X": X, "y": y,
            "start": start, "params": p, "values": values, "scores": S}


X = np.round(draw.normal(0, 1, (12, 3)), 3)
t = np.arange(12) % 3
r = np.round(draw.normal(0, 1, 12), 3)
wide = np.round(draw.normal(0, 0.7, 3 * 4 + 4 + 4 * 3 + 3), 3)
narrow = np.round(draw.normal(0, 0.7, 3 * 4 + 4 + 4 + 1), 3)
golden["networks"] = [
    mlp((3, 4, k), act, X, target, kind, 0.01, rule, rate, 6, start)
    for kind, k, target, start, act in [
        ("classification", 3, t, wide, "relu"),
        ("regression", 1, r, narrow, "tanh"),
        ("regression", 1, r, narrow, "relu"),
    ]
    for rule, rate in [("plain", 0.2), ("adam", 0.05)]
]

# ---- factorization
users, items = np.divmod(np.array([0, 2, 3, 5, 6, 7, 9, 10, 12, 15, 16, 18, 19]), 4)
order = np.array([4, 0, 11, 7, 2, 9, 12, 1, 5, 10, 3, 8, 6])
users, items = users[order], items[order]
ratings = np.round(draw.uniform(1, 5, len(users)), 2)
start = np.round(draw.normal(0, 0.5, (5 + 4, 3)), 3)
mean = ratings.mean()


def factorize(l2, rate, epochs, per_rating, biases):
    width = 3 if biases else 2
    p = start[:, :width].copy()
    def error(u, i, r):
        return mean + p[u, :2] @ p[5 + i, :2] + (p[u, 2] + p[5 + i, 2] if biases else 0.0) - r
    def slopes(u, i, e):
        gu, gi = np.zeros(width), np.zeros(width)
        gu[:2], gi[:2] = e * p[5 + i, :2], e * p[u, :2]
        if biases:
            gu[2] = gi[2] = e
        return gu, gi
    for _ in range(epochs):
        total = np.zeros_like(p)
        for u, i, r in zip(users, items, ratings):
            gu, gi = slopes(u, i, error(u, i, r))
            if per_rating:
                new_u, new_i = p[u] - rate * (gu + l2 * p[u]), p[5 + i] - rate * (gi + l2 * p[5 + i])
                p[u], p[5 + i] = new_u, new_i
            else:
                total[u] += gu / len(users)
                total[5 + i] += gi / len(users)
        if not per_rating:
            p -= rate * (total + l2 * p)
    losses = [error(u, i, r) ** 2 / 2 for u, i, r in zip(users, items, ratings)]
    if per_rating:
        losses = [x + l2 / 2 * (p[u] @ p[u] + p[5 + i] @ p[5 + i]) for x, u, i in zip(losses, users, items)]
    value = np.mean(losses) + (0 if per_rating else l2 / 2 * (p**2).sum())
    return {"l2": l2, "rate": rate, "epochs": epochs, "penalty": "perRating" if per_rating else "uniform",
            "biases": biases, "start": start[:, :width].ravel(), "params": p.ravel(), "value": value,
            "predictions": [error(u, i, 0.0) for u in range(5) for i in range(4)]}


golden["ratings"] = {"users": users, "items": items, "ratings": ratings}
golden["factorizations"] = [
    factorize(0.05, 0.05, 4, True, True), factorize(0.05, 0.05, 4, True, False),
    factorize(0.02, 0.5, 20, False, True), factorize(0.02, 0.5, 20, False, False),
]

versions = {"python": platform.python_version(), "numpy": np.__version__, "scipy": scipy.__version__,
            "scikit-learn": sklearn.__version__}
print(json.dumps({"versions": versions, **golden}, default=lambda x: x.tolist(), separators=(",", ":")))

"""Goldens of src/estimators/ratings. Run: /usr/bin/python3 ratings.py > ratings.json

Written by Python 3.11, NumPy 1.24.2 and SciPy 1.10.1 (Debian 12; the versions are stored with the numbers). Shares no code with Downhill.

A model has one row of parameters (3 factors, bias) per user and per item, in standardized units: rating = mean + deviation z,
z = bu + bi + p.q.

fold-in   theta = (p, b) minimises sum 1/2 (z_k - bi_k - b - p.q_k)^2 + m l2/2 |theta|^2 over the n ratings of a new user, by
          numpy.linalg.solve; m = n per rating, m = number of training ratings for the uniform penalty.
ranking   for each user with a held-out rating of at least `relevant`: all items without a training rating of the user, sorted
          by score (ties by item), the first k. precision = hits / k; recall = hits / relevant items; DCG = sum of 1 / log2(r + 1)
          over the hits' ranks r = 1, 2, ..., divided by that of min(k, relevant items) hits at the top;
          AP = sum over the hits of (hits up to r) / r, divided by min(k, relevant items); coverage = items in any list / items.
          `popular` sorts by the number of training ratings instead.
terms     steps per rating in the order of the list with separate rates and penalties: p, q, bu, bi -= rate r_* (slope + l2_* x),
          old values on the right; the objective is the mean of 1/2 e^2 + 1/2 (l2_* squares).
bpr       examples (u, i, j): mean ln(1 + e^-(z_ui - z_uj)) + l2/2 (2 |p, bu|^2 + |q_i, b_i|^2 + |q_j, b_j|^2); `gradient` is written out.
implicit  a new user's theta = (p, b) minimises, with positive items S (n), the other m items and k negatives,
          bpr: k/m sum_ij ln(1 + e^-(z_i - z_j)) + 2kn l2/2 |theta|^2;
          logistic: sum_i ln(1 + e^-z_i) + kn/m sum_j ln(1 + e^z_j) + (1 + k) n l2/2 |theta|^2;
          by scipy.optimize.minimize (BFGS, gradient below 1e-11) without derivatives of ours.
"""
import json
import platform

import numpy as np
import scipy
import scipy.optimize

draw = np.random.default_rng(5)
USERS, ITEMS, RANK = 12, 15, 3
params = draw.normal(size=(USERS + ITEMS, RANK + 1)) * 0.7
mean, deviation = 3.2, 1.3
P, bu = params[:USERS, :RANK], params[:USERS, RANK]
Q, bi = params[USERS:, :RANK], params[USERS:, RANK]

kind = draw.permutation(np.repeat([0, 1, 2], [70, 50, 60])).reshape(USERS, ITEMS)  # none, held out, training
kind[0] = 0  # a user without ratings
stars = np.round(draw.uniform(1, 5, size=(USERS, ITEMS)), 1)
train = [(u, i, stars[u, i]) for u in range(USERS) for i in range(ITEMS) if kind[u, i] == 2]
held = [(u, i, stars[u, i]) for u in range(USERS) for i in range(ITEMS) if kind[u, i] == 1]

items = [14, 3, 7, 0, 9]
ratings = [4.5, 1.0, 3.5, 5.0, 2.0]
y = (np.array(ratings) - mean) / deviation - bi[items]
A = np.hstack([Q[items], np.ones((5, 1))])
folded = {}
for penalty, count in (("perRating", 5), ("uniform", len(train))):
    folded[penalty] = np.linalg.solve(A.T @ A + count * 0.07 * np.eye(RANK + 1), A.T @ y)
no_penalty = np.linalg.solve(A.T @ A, A.T @ y)

scores = bu[:, None] + bi[None, :] + P @ Q.T
popularity = np.tile((kind == 2).sum(axis=0), (USERS, 1)).astype(float)


def ranking(by, k, relevant_from):
    rows, listed = [], set()
    for u in range(USERS):
        relevant = [i for i in range(ITEMS) if kind[u, i] == 1 and stars[u, i] >= relevant_from]
        if not relevant:
            continue
        order = [i for i in np.argsort(-by[u], kind="stable") if kind[u, i] != 2][:k]
        listed.update(int(i) for i in order)
        hit = np.array([i in relevant for i in order], dtype=float)
        ranks = np.arange(1, len(order) + 1)
        top = min(k, len(relevant))
        ideal = (1 / np.log2(np.arange(1, top + 1) + 1)).sum()
        rows.append([hit.sum() / k, hit.sum() / len(relevant), (hit / np.log2(ranks + 1)).sum() / ideal,
                     (hit * np.cumsum(hit) / ranks).sum() / top])
    means = np.mean(rows, axis=0)
    return dict(zip(["precision", "recall", "ndcg", "map", "coverage"], [*means, len(listed) / ITEMS])), len(rows)


cases = []
for k, relevant_from in ((1, 3.2), (5, 3.2), (10, 4.0), (20, 0.0)):
    own, users = ranking(scores, k, relevant_from)
    popular, _ = ranking(popularity, k, relevant_from)
    cases.append({"k": k, "relevantFrom": relevant_from, "users": users, **own, "popular": popular})

# ---- separate rates and penalties
l2s = {"userFactors": 0.03, "itemFactors": 0.2, "userBiases": 0.0, "itemBiases": 0.1}
rates = {"userFactors": 1.0, "itemFactors": 0.5, "userBiases": 2.0, "itemBiases": 0.25}
row = lambda t, side: np.array([t[f"{side}Factors"]] * RANK + [t[f"{side}Biases"]])
own = params.copy() * 0.3
start = own.copy()
used = train[:40]
for _ in range(3):
    for u, i, r in used:
        a, b = own[u].copy(), own[USERS + i].copy()
        e = a[:RANK] @ b[:RANK] + a[RANK] + b[RANK] - (r - 3.0)
        own[u] = a - 0.05 * row(rates, "user") * (e * np.append(b[:RANK], 1) + row(l2s, "user") * a)
        own[USERS + i] = b - 0.05 * row(rates, "item") * (e * np.append(a[:RANK], 1) + row(l2s, "item") * b)
losses = []
for u, i, r in used:
    a, b = own[u], own[USERS + i]
    e = a[:RANK] @ b[:RANK] + a[RANK] + b[RANK] - (r - 3.0)
    losses.append(e * e / 2 + (row(l2s, "user") * a * a).sum() / 2 + (row(l2s, "item") * b * b).sum() / 2)
terms = {"l2": l2s, "rates": rates, "rate": 0.05, "epochs": 3, "used": used, "start": start.ravel(), "params": own.ravel(),
         "value": np.mean(losses)}

# ---- Bayesian personalized ranking
triples = [(int(draw.integers(USERS)), *(int(i) for i in draw.permutation(ITEMS)[:2])) for _ in range(25)]
gradient, value, l2 = np.zeros_like(params), 0.0, 0.02
for u, i, j in triples:
    p, q, r = params[u], params[USERS + i], params[USERS + j]
    d = p[:RANK] @ (q[:RANK] - r[:RANK]) + q[RANK] - r[RANK]
    s = -1 / (1 + np.exp(d))
    value += np.log1p(np.exp(-d)) + l2 / 2 * (2 * p @ p + q @ q + r @ r)
    gradient[u] += np.append(s * (q[:RANK] - r[:RANK]), 0) + 2 * l2 * p
    gradient[USERS + i] += np.append(s * p[:RANK], s) + l2 * q
    gradient[USERS + j] += np.append(-s * p[:RANK], -s) + l2 * r
bpr = {"triples": triples, "l2": l2, "value": value / 25, "gradient": (gradient / 25).ravel()}

# ---- new users with implicit feedback
chosen = [2, 5, 11]
others = [i for i in range(ITEMS) if i not in chosen]
k, l2 = 3, 0.04
z = lambda t: Q @ t[:RANK] + bi + t[RANK]
softplus = lambda x: np.logaddexp(0, x)
objectives = {
    "bpr": lambda t: k / len(others) * softplus(-(z(t)[chosen][:, None] - z(t)[others][None, :])).sum()
    + 2 * k * 3 * l2 / 2 * t @ t,
    "logistic": lambda t: softplus(-z(t)[chosen]).sum() + k * 3 / len(others) * softplus(z(t)[others]).sum()
    + (1 + k) * 3 * l2 / 2 * t @ t,
}
sigma = lambda x: 1 / (1 + np.exp(-x))
A = np.hstack([Q, np.ones((ITEMS, 1))])


def slope(loss, t):
    if loss == "logistic":
        return (-sigma(-z(t)[chosen]) @ A[chosen] + k * 3 / len(others) * sigma(z(t)[others]) @ A[others]
                + (1 + k) * 3 * l2 * t)
    d = z(t)[chosen][:, None] - z(t)[others][None, :]
    s = -sigma(-d) * k / len(others)
    return s.sum(axis=1) @ A[chosen] - s.sum(axis=0) @ A[others] + 2 * k * 3 * l2 * t


implicit = {"items": chosen, "negatives": k, "l2": l2}
for loss, f in objectives.items():
    assert scipy.optimize.check_grad(f, lambda t: slope(loss, t), np.full(RANK + 1, 0.3)) < 1e-6
    found = scipy.optimize.minimize(f, np.zeros(RANK + 1), jac=lambda t: slope(loss, t), options={"gtol": 1e-11})
    assert np.abs(slope(loss, found.x)).max() < 1e-9, found
    implicit[loss] = found.x

norms = np.linalg.norm(Q, axis=1)
print(json.dumps({
    "versions": {"python": platform.python_version(), "numpy": np.__version__, "scipy": scipy.__version__},
    "users": USERS, "items": ITEMS, "rank": RANK, "mean": mean, "deviation": deviation, "params": params.ravel(),
    "train": train, "held": held, "ranking": cases, "similarity": (Q @ Q.T / np.outer(norms, norms))[4],
    "terms": terms, "bpr": bpr, "implicit": implicit,
    "foldIn": {"items": items, "ratings": ratings, "l2": 0.07, **folded, "noPenalty": no_penalty},
}, default=lambda x: x.tolist() if hasattr(x, "tolist") else int(x), separators=(",", ":")))

"""Goldens of src/estimators/ratings. Run: /usr/bin/python3 ratings.py > ratings.json

Written by Python 3.11 and NumPy 1.24.2 (Debian 12; the versions are stored with the numbers). Shares no code with Downhill.

A model has one row of parameters (3 factors, bias) per user and per item, in standardized units: rating = mean + deviation z,
z = bu + bi + p.q.

fold-in   theta = (p, b) minimises sum 1/2 (z_k - bi_k - b - p.q_k)^2 + m l2/2 |theta|^2 over the n ratings of a new user, by
          numpy.linalg.solve; m = n per rating, m = number of training ratings for the uniform penalty.
ranking   for each user with a held-out rating of at least `relevant`: all items without a training rating of the user, sorted
          by score (ties by item), the first k. precision = hits / k; recall = hits / relevant items; DCG = sum of 1 / log2(r + 1)
          over the hits' ranks r = 1, 2, ..., divided by that of min(k, relevant items) hits at the top;
          AP = sum over the hits of (hits up to r) / r, divided by min(k, relevant items); coverage = items in any list / items.
          `popular` sorts by the number of training ratings instead.
"""
import json
import platform

import numpy as np

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

norms = np.linalg.norm(Q, axis=1)
print(json.dumps({
    "versions": {"python": platform.python_version(), "numpy": np.__version__},
    "users": USERS, "items": ITEMS, "rank": RANK, "mean": mean, "deviation": deviation, "params": params.ravel(),
    "train": train, "held": held, "ranking": cases, "similarity": (Q @ Q.T / np.outer(norms, norms))[4],
    "foldIn": {"items": items, "ratings": ratings, "l2": 0.07, **folded, "noPenalty": no_penalty},
}, default=lambda x: x.tolist() if hasattr(x, "tolist") else int(x), separators=(",", ":")))

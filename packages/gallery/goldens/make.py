"""Runs the seven programs of the two articles in NumPy and writes the JSON files in this folder: data, start, final
parameters, the loss of each epoch, and the row order of the first and the last epoch.

Run in this folder: python3 make.py. The files were made with Python 3.11, NumPy 1.24.2 and scikit-learn 1.2.1 (Debian 12).
"""
import json

import numpy as np
import sklearn
from sklearn.datasets import make_blobs


def save(program, data, start, end, losses, orders=()):
    plain = lambda named: {name: np.asarray(values).ravel().tolist() for name, values in named.items()}
    record = {
        "program": program,
        "numpy": np.__version__,
        "scikit-learn": sklearn.__version__,
        "data": plain(data),
        "start": plain(start),
        "params": plain(end),
        "losses": [float(loss) for loss in losses],
    }
    if orders:
        record["firstOrder"] = orders[0].tolist()
        record["lastOrder"] = orders[-1].tolist()
    with open(f"{program}.json", "w") as file:
        json.dump(record, file, separators=(",", ":"))
        file.write("\n")


def softmax(z):
    z -= z.max(axis=1, keepdims=True)
    e = np.exp(z)
    return e / e.sum(axis=1, keepdims=True)


def one_hot(y, p):
    Y = np.zeros_like(p)
    Y[np.arange(len(y)), y] = 1
    return Y


def line(lr=0.01, epochs=1000):
    np.random.seed(0)
    X = np.linspace(0, 10, 100)
    y = 2.5 * X + np.random.randn(100) * 2
    m, b, losses = 0.0, 0.0, []
    for _ in range(epochs):
        error = y - (m * X + b)
        losses.append((error**2).mean())
        dm = (-2 / 100) * sum(X * error)
        db = (-2 / 100) * sum(error)
        m -= lr * dm
        b -= lr * db
    save("line", {"X": X, "y": y}, {"m": 0.0, "b": 0.0}, {"m": m, "b": b}, losses)


def linear(lr=0.05, epochs=200):
    np.random.seed(0)
    X = np.linspace(-3, 3, 200)
    y = 2 * X - 0.3 + 0.7 * np.random.randn(200)
    w, b, losses = 0.0, 0.0, []
    for _ in range(epochs):
        error = w * X + b - y
        losses.append((error**2).mean() / 2)
        dw = (X * error).mean()
        db = error.mean()
        w -= lr * dw
        b -= lr * db
    save("linear", {"X": X, "y": y}, {"w": 0.0, "b": 0.0}, {"w": w, "b": b}, losses)


def logistic(lr=0.2, epochs=300):
    np.random.seed(1)
    X, y = make_blobs(n_samples=300, centers=2, cluster_std=1.2)
    w, b, losses = np.zeros(2), 0.0, []
    for _ in range(epochs):
        p = 1 / (1 + np.exp(-(X.dot(w) + b)))
        losses.append(-(y * np.log(p + 1e-12) + (1 - y) * np.log(1 - p + 1e-12)).mean())
        dw = X.T.dot(p - y) / len(X)
        db = (p - y).mean()
        w -= lr * dw
        b -= lr * db
    save("logistic", {"X": X, "y": y}, {"w": np.zeros(2), "b": 0.0}, {"w": w, "b": b}, losses)


def softmax_regression(lr=0.2, epochs=300):
    np.random.seed(2)
    X, y = make_blobs(n_samples=450, centers=3, cluster_std=1.5)
    W, b, losses = np.zeros((2, 3)), np.zeros(3), []
    for _ in range(epochs):
        p = softmax(X.dot(W) + b)
        Y = one_hot(y, p)
        losses.append(-np.sum(Y * np.log(p + 1e-12)) / len(X))
        dW = X.T.dot(p - Y) / len(X)
        db = (p - Y).mean(axis=0)
        W -= lr * dW
        b -= lr * db
    save("softmax", {"X": X, "y": y}, {"W": np.zeros(6), "b": np.zeros(3)}, {"W": W, "b": b}, losses)


def network(lr=0.05, epochs=200, batch=64, hidden=32):
    np.random.seed(3)
    X, y = make_blobs(n_samples=450, centers=3, cluster_std=1.5)
    W1 = np.random.randn(2, hidden) * np.sqrt(2 / 2)
    b1 = np.zeros(hidden)
    W2 = np.random.randn(hidden, 3) * np.sqrt(2 / hidden)
    b2 = np.zeros(3)
    start = {"W1": W1.copy(), "b1": b1.copy(), "W2": W2.copy(), "b2": b2.copy()}
    losses, orders = [], []
    for _ in range(epochs):
        order = np.random.permutation(len(X))
        orders.append(order)
        for i in range(0, len(X), batch):
            xb, yb = X[order[i : i + batch]], y[order[i : i + batch]]
            z1 = xb.dot(W1) + b1
            a1 = np.maximum(0, z1)
            p = softmax(a1.dot(W2) + b2)
            slopes = (p - one_hot(yb, p)) / len(yb)
            dW2 = a1.T.dot(slopes)
            db2 = slopes.sum(axis=0)
            dz1 = slopes.dot(W2.T) * (z1 > 0)
            dW1 = xb.T.dot(dz1)
            db1 = dz1.sum(axis=0)
            W2 -= lr * dW2
            b2 -= lr * db2
            W1 -= lr * dW1
            b1 -= lr * db1
        p = softmax(np.maximum(0, X.dot(W1) + b1).dot(W2) + b2)
        losses.append(-(one_hot(y, p) * np.log(p + 1e-12)).mean())
    save("network", {"X": X, "y": y}, start, {"W1": W1, "b1": b1, "W2": W2, "b2": b2}, losses, orders)


def svm(lr=0.01, C=1.0, epochs=500):
    np.random.seed(4)
    X, y_binary = make_blobs(n_samples=300, centers=2, cluster_std=1.2)
    y = 2 * y_binary - 1
    w, b, losses = np.zeros(2), 0.0, []
    for _ in range(epochs):
        margins = y * (X.dot(w) + b)
        losses.append(0.5 * np.dot(w, w) + C * np.maximum(0, 1 - margins).mean())
        inside = margins < 1
        dw = w - (C / len(X)) * X[inside].T.dot(y[inside])
        db = -(C / len(X)) * y[inside].sum()
        w -= lr * dw
        b -= lr * db
    save("svm", {"X": X, "y_binary": y_binary, "y": y}, {"w": np.zeros(2), "b": 0.0}, {"w": w, "b": b}, losses)


def factorization(lr=0.01, reg=0.1, epochs=80, users=30, items=25, k=4):
    np.random.seed(5)
    P_true = np.random.randn(users, k)
    Q_true = np.random.randn(items, k)
    R_full = P_true.dot(Q_true.T)
    mask = np.random.rand(users, items) < 0.4
    R = np.where(mask, R_full + 0.5 * np.random.randn(users, items), 0.0)
    P = 0.1 * np.random.randn(users, k)
    Q = 0.1 * np.random.randn(items, k)
    start = {"P": P.copy(), "Q": Q.copy()}
    observed = np.argwhere(mask)
    position = {tuple(pair): at for at, pair in enumerate(observed)}
    losses, orders = [], []
    for _ in range(epochs):
        np.random.shuffle(observed)
        orders.append(np.array([position[tuple(pair)] for pair in observed]))
        for i, j in observed:
            error = R[i, j] - P[i].dot(Q[j])
            dP = -2 * error * Q[j] + 2 * reg * P[i]
            dQ = -2 * error * P[i] + 2 * reg * Q[j]
            P[i] -= lr * dP
            Q[j] -= lr * dQ
        error = mask * (R - P.dot(Q.T))
        losses.append((error**2).sum() / mask.sum() + reg * (np.sum(P**2) + np.sum(Q**2)))
    data = {"P_true": P_true, "Q_true": Q_true, "R_full": R_full, "mask": mask.astype(int), "R": R}
    save("factorization", data, start, {"P": P, "Q": Q}, losses, orders)


for program in (line, linear, logistic, softmax_regression, network, svm, factorization):
    program()

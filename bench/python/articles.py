"""The training loops of the second article, without the plots. The job contains the data, the start parameters and the row
orders. The loops count their updates."""
import numpy as np


def softmax(z):
    z -= z.max(axis=1, keepdims=True)
    expz = np.exp(z)
    return expz / expz.sum(axis=1, keepdims=True)


def one_hot(y, p):
    Y = np.zeros_like(p)
    Y[np.arange(len(y)), y] = 1
    return Y


def linear(X, y, start, orders, lr, epochs):
    w, b, losses, updates = 0.0, 0.0, [], 0
    for _ in range(epochs):
        preds = w * X.ravel() + b
        err = preds - y
        losses.append((err**2).mean() / 2)
        dw = (X.ravel() * err).mean()
        db = err.mean()
        w -= lr * dw
        b -= lr * db
        updates += 1
    return [w, b], updates


def logistic(X, y, start, orders, lr, epochs):
    w, b, losses, updates = np.zeros(X.shape[1]), 0.0, [], 0
    for _ in range(epochs):
        z = X.dot(w) + b
        p = 1 / (1 + np.exp(-z))
        losses.append(-(y * np.log(p + 1e-12) + (1 - y) * np.log(1 - p + 1e-12)).mean())
        dw = X.T.dot(p - y) / len(X)
        db = (p - y).mean()
        w -= lr * dw
        b -= lr * db
        updates += 1
    return [w, b], updates


def softmax_regression(X, y, start, orders, lr, epochs, K=3):
    y = y.astype(int)
    W, b, losses, updates = np.zeros((X.shape[1], K)), np.zeros(K), [], 0
    for _ in range(epochs):
        probs = softmax(X.dot(W) + b)
        Y = one_hot(y, probs)
        losses.append(-np.sum(Y * np.log(probs + 1e-12)) / len(X))
        dW = X.T.dot(probs - Y) / len(X)
        db = (probs - Y).mean(axis=0)
        W -= lr * dW
        b -= lr * db
        updates += 1
    return [W.T, b], updates


def network(X, y, start, orders, lr, epochs, batch=64, H=32, K=3):
    y = y.astype(int)
    D = X.shape[1]
    W1, b1, W2, b2 = np.split(start, np.cumsum([H * D, H, K * H]))
    W1, W2 = W1.reshape(H, D).T.copy(), W2.reshape(K, H).T.copy()
    losses, updates = [], 0
    for epoch in range(epochs):
        idx = orders[epoch]
        Xs, Ys = X[idx], y[idx]
        for i in range(0, len(Xs), batch):
            xb = Xs[i : i + batch]
            yb = Ys[i : i + batch]
            z1 = xb.dot(W1) + b1
            a1 = np.maximum(0, z1)
            probs = softmax(a1.dot(W2) + b2)
            dlog = (probs - one_hot(yb, probs)) / len(yb)
            dW2 = a1.T.dot(dlog)
            db2 = dlog.sum(axis=0)
            da1 = dlog.dot(W2.T)
            dz1 = da1 * (z1 > 0)
            dW1 = xb.T.dot(dz1)
            db1 = dz1.sum(axis=0)
            W2 -= lr * dW2
            b2 -= lr * db2
            W1 -= lr * dW1
            b1 -= lr * db1
            updates += 1
        pf = softmax(np.maximum(0, X.dot(W1) + b1).dot(W2) + b2)
        losses.append(-(one_hot(y, pf) * np.log(pf + 1e-12)).mean())
    return [W1.T, b1, W2.T, b2], updates


def svm(X, y_binary, start, orders, lr, epochs, C=1.0):
    y = y_binary
    w, b, losses, updates = np.zeros(X.shape[1]), 0.0, [], 0
    for _ in range(epochs):
        margins = y * (X.dot(w) + b)
        losses.append(0.5 * np.dot(w, w) + C * np.maximum(0, 1 - margins).mean())
        mask = margins < 1
        if mask.any():
            dw = w - (C / len(X)) * X[mask].T.dot(y[mask])
            db = -(C / len(X)) * y[mask].sum()
        else:
            dw, db = w, 0.0
        w -= lr * dw
        b -= lr * db
        updates += 1
    return [w, b], updates


def factorization(X, y, start, orders, lr, epochs, users=30, items=25, k=4, reg=0.1):
    P, Q = start[: users * k].reshape(users, k).copy(), start[users * k :].reshape(items, k).copy()
    R, mask = np.zeros((users, items)), np.zeros((users, items), dtype=bool)
    R[X[:, 0], X[:, 1]], mask[X[:, 0], X[:, 1]] = y, True
    losses, updates = [], 0
    for epoch in range(epochs):
        for i, j in X[orders[epoch]]:
            pred = P[i].dot(Q[j])
            err = R[i, j] - pred
            dP = -2 * err * Q[j] + 2 * reg * P[i]
            dQ = -2 * err * P[i] + 2 * reg * Q[j]
            P[i] -= lr * dP
            Q[j] -= lr * dQ
            updates += 1
        diff = mask * (R - P.dot(Q.T))
        losses.append((diff**2).sum() / mask.sum() + reg * (np.sum(P**2) + np.sum(Q**2)))
    return [P, Q], updates


programs = {program.__name__: program for program in (linear, logistic, network, svm, factorization)}
programs["softmax"] = softmax_regression


class NumPy:
    version = np.__version__

    def __init__(self, job):
        names = ("X", "y", "start", "orders")
        X, self.y, self.start, self.orders = (job.table(name) for name in names)
        self.X = X.reshape(len(self.y), -1)
        self.program = programs[job["program"]]
        self.learning_rate, self.epochs = job["learningRate"], job["epochs"]

    def reset(self):
        pass

    def run(self):
        self.params, self.updates = self.program(
            self.X, self.y, self.start.copy(), self.orders, self.learning_rate, self.epochs
        )

    def result(self):
        return {"params": np.concatenate([np.ravel(p) for p in self.params]), "updates": self.updates}

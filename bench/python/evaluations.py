"""The values that SciPy's L-BFGS-B sees, in the order of its evaluations: a line of JSON for each problem on the standard input."""
import json
import sys

import numpy as np
import scipy
from scipy.optimize import minimize


def objective(problem):
    """A function of the parameters (weights by column, then intercepts) that returns the objective and its gradient."""
    X = np.fromfile(problem["X"]).reshape(-1, problem["columns"])
    y = np.fromfile(problem["y"])
    n, d = X.shape
    outputs = problem["outputs"]
    loss, l2 = problem["loss"], problem["l2"]
    rows = np.arange(n)

    def of_scores(z):
        if loss == "softmax":
            top = z.max(axis=1, keepdims=True)
            e = np.exp(z - top)
            total = e.sum(axis=1, keepdims=True)
            label = y.astype(int)
            value = (np.log(total[:, 0]) + top[:, 0] - z[rows, label]).mean()
            slopes = e / total
            slopes[rows, label] -= 1
            return value, slopes / n
        z = z[:, 0]
        if loss == "least squares":
            return ((z - y) ** 2).mean() / 2, (z - y)[:, None] / n
        if loss == "logistic":
            return np.logaddexp(0, -y * z).mean(), (-y / (1 + np.exp(np.minimum(700, y * z))))[:, None] / n
        behind = np.maximum(0, 1 - y * z)
        return (behind**2).mean(), (-2 * y * behind)[:, None] / n

    def value_and_gradient(params):
        W = params[: d * outputs].reshape(d, outputs)
        value, slopes = of_scores(X @ W + params[d * outputs :])
        gradient = np.concatenate([(X.T @ slopes + l2 * W).ravel(), slopes.sum(axis=0)])
        return value + l2 / 2 * (W**2).sum(), gradient

    return value_and_gradient, d * outputs, outputs


def evaluations(problem, pairs):
    """The objective at each evaluation; with l1 the variables are the positive and negative parts of the weights."""
    smooth, weights, intercepts = objective(problem)
    l1 = problem["l1"]
    values = []

    def plain(params):
        value, gradient = smooth(params)
        values.append(value)
        return value, gradient

    def split(parts):
        plus, minus, rest = np.split(parts, [weights, 2 * weights])
        value, gradient = smooth(np.concatenate([plus - minus, rest]))
        value += l1 * (plus + minus).sum()
        values.append(value)
        slope = gradient[:weights]
        return value, np.concatenate([slope + l1, -slope + l1, gradient[weights:]])

    bounds = None if l1 == 0 else [(0, None)] * (2 * weights) + [(None, None)] * intercepts
    start = np.zeros((weights if l1 == 0 else 2 * weights) + intercepts)
    options = {"maxcor": pairs, "maxfun": 10_000, "maxiter": 10_000, "ftol": 0, "gtol": 0}
    minimize(plain if l1 == 0 else split, start, jac=True, method="L-BFGS-B", bounds=bounds, options=options)
    return values


print(json.dumps({"version": scipy.__version__}), flush=True)
for line in sys.stdin:
    problem = json.loads(line)
    print(json.dumps({str(pairs): evaluations(problem, pairs) for pairs in problem["pairs"]}), flush=True)

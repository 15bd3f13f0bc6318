"""Logistic and softmax regression of scikit-learn: the optimum, and lbfgs until it is near the optimum."""
import warnings

import numpy as np
import sklearn
from sklearn.linear_model import LogisticRegression


class Model:
    """The common part of the three programs. Mean loss + l2/2 ‖W‖² is scikit-learn's objective for C = 1/(l2 · rows)."""

    version = sklearn.__version__

    def __init__(self, job):
        warnings.simplefilter("ignore")  # some fits stop at max_iter before they reach their tolerance, as intended
        self.X, self.y = job.table("X"), job.table("y")
        self.l2, self.classes = job["l2"], job["classes"]

    def fit(self, **options):
        self.model = LogisticRegression(C=1 / (self.l2 * len(self.y)), **options).fit(self.X, self.y)

    def loss(self):
        W, b = self.model.coef_, self.model.intercept_
        z = self.X @ W.T + b
        if self.classes == 2:
            loss = np.logaddexp(0, -self.y * z[:, 0]).mean()
        else:
            loss = (np.logaddexp.reduce(z, axis=1) - z[np.arange(len(z)), self.y.astype(int)]).mean()
        return loss + self.l2 / 2 * (W**2).sum()

    def reset(self):
        pass

    def result(self):
        params = np.concatenate([self.model.coef_.ravel(), self.model.intercept_])
        return {"params": params, "updates": int(self.model.n_iter_[0])}


class Optimum(Model):
    """Newton's method with a very small tolerance. Its time is not measured."""

    def run(self):
        self.fit(solver="newton-cg", tol=1e-10, max_iter=100)


class Lbfgs(Model):
    """lbfgs with the fewest iterations that reach the target loss; their number is found before the timing."""

    def __init__(self, job):
        super().__init__(job)
        enough = 4
        while self.loss_after(enough) > job["targetLoss"] and enough < 512:
            enough *= 2
        too_few = enough // 2
        while enough - too_few > 1:
            middle = (too_few + enough) // 2
            if self.loss_after(middle) > job["targetLoss"]:
                too_few = middle
            else:
                enough = middle
        self.iterations = enough

    def loss_after(self, iterations):
        self.fit(tol=1e-12, max_iter=iterations)
        return self.loss()

    def run(self):
        self.fit(tol=1e-12, max_iter=self.iterations)


class WithDefaults(Model):
    """All options except C have their defaults."""

    def run(self):
        self.fit()

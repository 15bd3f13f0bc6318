"""Logistic and softmax regression of scikit-learn: the optimum itself, and lbfgs on the way to it."""
import warnings

import numpy as np
import sklearn
from sklearn.linear_model import LogisticRegression


class Model:
    """What the three share: mean loss + l2/2 ‖W‖², scikit-learn's C being 1/(l2 · rows)."""

    version = sklearn.__version__

    def __init__(self, job):
        warnings.simplefilter("ignore")  # that it ends with max_iter, or cannot reach its tolerance, is what we want
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
    """By Newton's method to the last digits; not timed."""

    def run(self):
        self.fit(solver="newton-cg", tol=1e-10, max_iter=100)


class Lbfgs(Model):
    """By the fewest iterations that bring the loss as low as asked, found beforehand."""

    def __init__(self, job):
        super().__init__(job)
        most = 4
        while self.loss_after(most) > job["enough"] and most < 512:
            most *= 2
        least = most // 2
        while most - least > 1:
            middle = (least + most) // 2
            if self.loss_after(middle) > job["enough"]:
                least = middle
            else:
                most = middle
        self.iterations = most

    def loss_after(self, iterations):
        self.fit(tol=1e-12, max_iter=iterations)
        return self.loss()

    def run(self):
        self.fit(tol=1e-12, max_iter=self.iterations)


class ByDefault(Model):
    """With all defaults but C: where scikit-learn itself ends."""

    def run(self):
        self.fit()

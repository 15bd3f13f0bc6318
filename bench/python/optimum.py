"""Logistic and softmax regression by lbfgs, after the fewest iterations that bring the loss as low as asked."""
import warnings

import numpy as np
import sklearn
from sklearn.linear_model import LogisticRegression


class Lbfgs:
    version = sklearn.__version__

    def __init__(self, job):
        warnings.simplefilter("ignore")  # that it ends with max_iter is what we want
        self.X, self.y = job.table("X"), job.table("y")
        self.l2, self.classes, enough = job["l2"], job["classes"], job["enough"]
        most = 4
        while self.fitted(most) > enough and most < 512:
            most *= 2
        least = most // 2
        while most - least > 1:
            middle = (least + most) // 2
            if self.fitted(middle) > enough:
                least = middle
            else:
                most = middle
        self.iterations = most

    def fitted(self, iterations):
        self.model = LogisticRegression(
            C=1 / (self.l2 * len(self.y)), tol=1e-12, max_iter=iterations
        ).fit(self.X, self.y)
        W, b = self.model.coef_, self.model.intercept_
        z = self.X @ W.T + b
        if self.classes == 2:
            loss = np.logaddexp(0, -self.y * z[:, 0]).mean()
        else:
            loss = (np.logaddexp.reduce(z, axis=1) - z[np.arange(len(z)), self.y.astype(int)]).mean()
        return loss + self.l2 / 2 * (W**2).sum()

    def reset(self):
        pass

    def run(self):
        self.model = LogisticRegression(
            C=1 / (self.l2 * len(self.y)), tol=1e-12, max_iter=self.iterations
        ).fit(self.X, self.y)

    def result(self):
        params = np.concatenate([self.model.coef_.ravel(), self.model.intercept_])
        return {"params": params, "updates": self.iterations}

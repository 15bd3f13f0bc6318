"""Logistic regression, one row per update."""
import numpy as np
import sklearn
from sklearn.linear_model import SGDClassifier


class ScikitLearn:
    version = sklearn.__version__

    def __init__(self, job):
        self.X, self.y = job.table("X"), job.table("y")
        self.model = SGDClassifier(
            loss="log_loss",
            penalty="l2",
            alpha=job["l2"],
            learning_rate="constant",
            eta0=job["rate"],
            max_iter=job["epochs"],
            tol=None,
            shuffle=job["shuffled"],
            random_state=0,
        )

    def reset(self):
        pass

    def run(self):
        self.model.fit(self.X, self.y)

    def result(self):
        params = np.append(self.model.coef_[0], self.model.intercept_[0])
        return {"params": params, "updates": int(self.model.t_ - 1)}

"""Logistic regression, one row per update: whole fits; what a fit of offEpochs takes is taken off."""
import time

import numpy as np
import sklearn
from sklearn.linear_model import SGDClassifier


class ScikitLearn:
    version = sklearn.__version__

    def __init__(self, job):
        self.job, self.X, self.y = job, job.table("X"), job.table("y")

    def reset(self):
        pass

    def fit(self, epochs):
        self.model = SGDClassifier(
            loss="log_loss",
            penalty="l2",
            alpha=self.job["l2"],
            learning_rate="constant",
            eta0=self.job["rate"],
            max_iter=epochs,
            tol=None,
            shuffle=self.job["shuffled"],
            random_state=0,
        )
        began = time.perf_counter()
        self.model.fit(self.X, self.y)
        return time.perf_counter() - began

    def run(self):
        off = self.fit(self.job["offEpochs"]) if self.job["offEpochs"] > 0 else 0
        self.spent = self.fit(self.job["epochs"]) - off

    def seconds(self):
        return self.spent

    def result(self):
        params = np.append(self.model.coef_[0], self.model.intercept_[0])
        return {"params": params, "updates": int(self.model.t_ - 1)}

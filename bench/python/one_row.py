"""Fits of logistic regression, one row per update. From each time, that of a fit with subtractedEpochs is subtracted."""
import time

import numpy as np
import sklearn
from scipy.sparse import csr_matrix
from sklearn.linear_model import SGDClassifier


class ScikitLearn:
    version = sklearn.__version__

    def __init__(self, job):
        self.job, self.y = job, job.table("y")
        if "indptr" in job.tables:
            entries = (job.table("values"), job.table("indices"), job.table("indptr"))
            self.X = csr_matrix(entries, shape=(len(self.y), job["columns"]))
        else:
            self.X = job.table("X")

    def reset(self):
        pass

    def seconds_of_fit(self, epochs):
        self.model = SGDClassifier(
            loss="log_loss",
            penalty="l2",
            alpha=self.job["l2"],
            learning_rate="constant",
            eta0=self.job["learningRate"],
            max_iter=epochs,
            tol=None,
            shuffle=bool(self.job["shuffled"]),
            random_state=0,
        )
        began = time.perf_counter()
        self.model.fit(self.X, self.y)
        return time.perf_counter() - began

    def run(self):
        subtracted = self.seconds_of_fit(self.job["subtractedEpochs"]) if self.job["subtractedEpochs"] > 0 else 0
        self.last_seconds = self.seconds_of_fit(self.job["epochs"]) - subtracted

    def seconds(self):
        return self.last_seconds

    def result(self):
        params = np.append(self.model.coef_[0], self.model.intercept_[0])
        return {"params": params, "updates": int(self.model.t_ - 1)}

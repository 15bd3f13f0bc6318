"""From a table's file to a saved model, with pandas and scikit-learn. As a script: python3 table.py JOB OUT."""
import json
import os
import pickle
import sys

import pandas as pd
from sklearn.linear_model import SGDClassifier


class Pandas:
    version = pd.__version__

    def __init__(self, job):
        if hasattr(os, "sched_setaffinity"):
            os.sched_setaffinity(0, range(job["threads"]))  # the same limit as taskset sets for the commands
        self.path, self.kind, self.job = job.path("table"), job["kind"], job
        if self.kind == "parquet":
            pd.read_parquet(self.path, columns=["y"])  # fails here if pyarrow is not installed

    def reset(self):
        pass

    def run(self):
        if self.kind == "parquet":
            table = pd.read_parquet(self.path)
        else:
            table = pd.read_csv(self.path, engine=self.job["engine"])
        X, y = table.drop(columns="y").to_numpy(), table["y"].to_numpy()
        self.model = SGDClassifier(
            loss="log_loss",
            alpha=self.job["l2"],
            learning_rate="constant",
            eta0=self.job["learningRate"],
            max_iter=self.job["epochs"],
            tol=None,
            random_state=0,
        ).fit(X, y)
        with open(f"{self.path}.model.pickle", "wb") as file:
            pickle.dump(self.model, file)

    def result(self):
        params = [*self.model.coef_[0], self.model.intercept_[0]]
        return {"params": params, "updates": int(self.model.t_ - 1)}


if __name__ == "__main__":
    from driver import Job

    pandas = Pandas(Job(json.loads(sys.argv[1])))
    pandas.run()
    with open(sys.argv[2], "w") as file:
        json.dump(pandas.result(), file)

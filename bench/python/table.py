"""From a table's file to a saved model, with pandas and scikit-learn. As a script: python3 table.py JOB OUT."""
import json
import pickle
import sys

import pandas as pd
from sklearn.linear_model import SGDClassifier


class Pandas:
    version = pd.__version__

    def __init__(self, job):
        self.path, self.settings = job.tables["table"]["path"], job.settings
        if self.settings["kind"] == "parquet":
            pd.read_parquet(self.path, columns=["y"])  # the engine is a package of its own, and may be missing

    def reset(self):
        pass

    def run(self):
        read = pd.read_parquet if self.settings["kind"] == "parquet" else pd.read_csv
        table = read(self.path)
        X, y = table.drop(columns="y").to_numpy(), table["y"].to_numpy()
        self.model = SGDClassifier(
            loss="log_loss",
            alpha=self.settings["l2"],
            learning_rate="constant",
            eta0=self.settings["rate"],
            max_iter=self.settings["epochs"],
            tol=None,
            random_state=0,
        ).fit(X, y)
        with open(f"{self.path}.model.pickle", "wb") as file:
            pickle.dump(self.model, file)

    def result(self):
        params = [*self.model.coef_[0], self.model.intercept_[0]]
        return {"params": params, "updates": int(self.model.t_ - 1)}


class Job:
    def __init__(self, text):
        job = json.loads(text)
        self.tables, self.settings = job["tables"], job["settings"]


if __name__ == "__main__":
    pandas = Pandas(Job(sys.argv[1]))
    pandas.run()
    with open(sys.argv[2], "w") as file:
        json.dump(pandas.result(), file)

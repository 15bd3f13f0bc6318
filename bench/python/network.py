"""A network with one hidden layer of ReLU units and softmax, trained by plain gradient descent on batches in order."""
import numpy as np

from torch_libraries import torch_libraries


class Network:
    """The common part of the three programs: data, batches, start and number of epochs."""

    def __init__(self, job):
        dtype = job["elementType"]
        self.X, self.y = job.table("X", dtype), job.table("y").astype(np.int64)
        self.learning_rate, self.batch = job["learningRate"], job["batchSize"]
        self.untimed, self.epochs = job["untimedEpochs"], job["epochs"]
        d, h, k = self.X.shape[1], job["hidden"], job["classes"]
        ends = np.cumsum([h * d, h, k * h, k])
        W1, b1, W2, b2 = np.split(job.table("start", dtype), ends[:-1])
        self.start = W1.reshape(h, d), b1, W2.reshape(k, h), b2
        self.starts = range(0, len(self.y), self.batch)

    def reset(self):
        self.updates = 0
        self.restart()
        for _ in range(self.untimed):
            self.run_epoch()

    def run(self):
        for _ in range(self.epochs):
            self.run_epoch()

    def result(self):
        params = np.concatenate([np.asarray(p).ravel() for p in self.last_params()])
        return {"params": params, "updates": self.updates}


class NumPy(Network):
    version = np.__version__

    def restart(self):
        W1, b1, W2, b2 = (p.copy() for p in self.start)
        self.params = W1.T.copy(), b1, W2.T.copy(), b2  # inputs × outputs, as in the article

    def run_epoch(self):
        W1, b1, W2, b2 = self.params
        for i in self.starts:
            xb, yb = self.X[i : i + self.batch], self.y[i : i + self.batch]
            z1 = xb.dot(W1) + b1
            a1 = np.maximum(0, z1)
            logits = a1.dot(W2) + b2
            logits -= logits.max(axis=1, keepdims=True)
            p = np.exp(logits)
            p /= p.sum(axis=1, keepdims=True)
            p[np.arange(len(yb)), yb] -= 1
            score_gradients = p / len(yb)
            dz1 = score_gradients.dot(W2.T) * (z1 > 0)
            W2 -= self.learning_rate * a1.T.dot(score_gradients)
            b2 -= self.learning_rate * score_gradients.sum(axis=0)
            W1 -= self.learning_rate * xb.T.dot(dz1)
            b1 -= self.learning_rate * dz1.sum(axis=0)
            self.updates += 1

    def last_params(self):
        W1, b1, W2, b2 = self.params
        return W1.T, b1, W2.T, b2


class PyTorch(Network):
    def __init__(self, job):
        import torch

        torch.set_num_threads(job["threads"])
        super().__init__(job)
        self.torch, self.version, self.libraries = torch, torch.__version__, torch_libraries(torch)
        self.X, self.y = torch.from_numpy(self.X), torch.from_numpy(self.y)

    def restart(self):
        self.params = [self.torch.from_numpy(p.copy()).requires_grad_() for p in self.start]

    def run_epoch(self):
        functional = self.torch.nn.functional
        W1, b1, W2, b2 = self.params
        for i in self.starts:
            hidden = functional.relu(functional.linear(self.X[i : i + self.batch], W1, b1))
            scores = functional.linear(hidden, W2, b2)
            functional.cross_entropy(scores, self.y[i : i + self.batch]).backward()
            with self.torch.no_grad():
                for p in self.params:
                    p -= self.learning_rate * p.grad
                    p.grad = None
            self.updates += 1

    def last_params(self):
        return [p.detach().numpy() for p in self.params]


class ScikitLearn(Network):
    """MLPClassifier with the start parameters and the row order of the job."""

    def __init__(self, job):
        import sklearn
        from sklearn.neural_network import MLPClassifier

        super().__init__(job)
        self.version = sklearn.__version__
        W1, b1, W2, b2 = self.start
        starts = [(W1.T, b1), (W2.T, b2)]

        class Started(MLPClassifier):
            def _init_coef(self, fan_in, fan_out, dtype):
                W, b = starts[len(self._started)]
                self._started.append(fan_in)
                return W.copy(), b.copy()

        self.model = Started(
            hidden_layer_sizes=(job["hidden"],),
            solver="sgd",
            momentum=0,
            alpha=0,
            learning_rate_init=self.learning_rate,
            batch_size=self.batch,
            max_iter=self.epochs,
            tol=0,
            n_iter_no_change=self.epochs + 1,
            shuffle=False,
        )

    def restart(self):
        self.model._started = []

    def run(self):
        import warnings

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns that it stops after max_iter epochs, as intended
            self.model.fit(self.X, self.y)
        self.updates = self.model.t_ * len(self.starts) // len(self.y)  # t_ counts rows

    def last_params(self):
        (W1, W2), (b1, b2) = self.model.coefs_, self.model.intercepts_
        return W1.T, b1, W2.T, b2

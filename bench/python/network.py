"""A network with hidden layers of ReLU units and softmax, trained by plain gradient descent on batches in order."""
import numpy as np

from torch_libraries import torch_libraries


class Network:
    """The common part of the three programs: data, batches, start and number of epochs."""

    def __init__(self, job):
        dtype = job["elementType"]
        self.X, self.y = job.table("X", dtype), job.table("y").astype(np.int64)
        self.learning_rate, self.batch = job["learningRate"], job["batchSize"]
        self.untimed, self.epochs = job["untimedEpochs"], job["epochs"]
        self.hidden = job["hidden"]
        widths = [self.X.shape[1], *self.hidden, job["classes"]]
        ends = np.cumsum([size for d, h in zip(widths, widths[1:]) for size in (h * d, h)])
        parts = np.split(job.table("start", dtype), ends[:-1])
        self.start = [(W.reshape(len(b), -1), b) for W, b in zip(parts[::2], parts[1::2])]  # W outputs × inputs
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
        params = np.concatenate([np.asarray(p).ravel() for layer in self.last_layers() for p in layer])
        return {"params": params, "updates": self.updates}


class NumPy(Network):
    version = np.__version__

    def restart(self):
        self.layers = [(W.T.copy(), b.copy()) for W, b in self.start]  # inputs × outputs, as in the article

    def run_epoch(self):
        last_W, last_b = self.layers[-1]
        for i in self.starts:
            inputs, yb = [self.X[i : i + self.batch]], self.y[i : i + self.batch]
            for W, b in self.layers[:-1]:
                inputs.append(np.maximum(0, inputs[-1].dot(W) + b))
            logits = inputs[-1].dot(last_W) + last_b
            logits -= logits.max(axis=1, keepdims=True)
            p = np.exp(logits)
            p /= p.sum(axis=1, keepdims=True)
            p[np.arange(len(yb)), yb] -= 1
            dz = p / len(yb)
            for layer in reversed(range(len(self.layers))):
                W, b = self.layers[layer]
                a = inputs[layer]
                below = dz.dot(W.T) * (a > 0) if layer > 0 else None
                W -= self.learning_rate * a.T.dot(dz)
                b -= self.learning_rate * dz.sum(axis=0)
                dz = below
            self.updates += 1

    def last_layers(self):
        return [(W.T, b) for W, b in self.layers]


class PyTorch(Network):
    def __init__(self, job):
        import torch

        torch.set_num_threads(job["threads"])
        super().__init__(job)
        self.torch, self.version, self.libraries = torch, torch.__version__, torch_libraries(torch)
        self.X, self.y = torch.from_numpy(self.X), torch.from_numpy(self.y)

    def restart(self):
        self.layers = [(self.tensor(W), self.tensor(b)) for W, b in self.start]
        self.params = [p for layer in self.layers for p in layer]

    def tensor(self, array):
        return self.torch.from_numpy(array.copy()).requires_grad_()

    def run_epoch(self):
        functional = self.torch.nn.functional
        last_W, last_b = self.layers[-1]
        for i in self.starts:
            values = self.X[i : i + self.batch]
            for W, b in self.layers[:-1]:
                values = functional.relu(functional.linear(values, W, b))
            scores = functional.linear(values, last_W, last_b)
            functional.cross_entropy(scores, self.y[i : i + self.batch]).backward()
            with self.torch.no_grad():
                for p in self.params:
                    p -= self.learning_rate * p.grad
                    p.grad = None
            self.updates += 1

    def last_layers(self):
        return [(W.detach().numpy(), b.detach().numpy()) for W, b in self.layers]


class ScikitLearn(Network):
    """MLPClassifier with the start parameters and the row order of the job."""

    def __init__(self, job):
        import sklearn
        from sklearn.neural_network import MLPClassifier

        super().__init__(job)
        self.version = sklearn.__version__
        starts = [(W.T, b) for W, b in self.start]

        class Started(MLPClassifier):
            def _init_coef(self, fan_in, fan_out, dtype):
                W, b = starts[len(self._started)]
                self._started.append(fan_in)
                return W.copy(), b.copy()

        self.model = Started(
            hidden_layer_sizes=self.hidden,
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

    def last_layers(self):
        return [(W.T, b) for W, b in zip(self.model.coefs_, self.model.intercepts_)]

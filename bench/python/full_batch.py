"""Logistic regression in full batch, in float64 or float32, in the usual style of each library."""
import numpy as np

from torch_libraries import torch_libraries


class NumPy:
    version = np.__version__

    def __init__(self, job):
        self.dtype = np.dtype(job["elementType"]).type
        self.X = job.table("X", self.dtype)
        self.y = (job.table("y", self.dtype) + 1) / 2
        self.learning_rate, self.total_updates = self.dtype(job["learningRate"]), job["updates"]

    def update(self):
        self.updates += 1
        p = 1 / (1 + np.exp(-(self.X @ self.w + self.b)))
        score_gradients = p - self.y
        self.w -= self.learning_rate * (self.X.T @ score_gradients / len(self.y))
        self.b -= self.learning_rate * score_gradients.mean()

    def reset(self):
        self.w, self.b = np.zeros(self.X.shape[1], self.dtype), self.dtype(0)
        self.updates = 0
        self.update()

    def run(self):
        for _ in range(1, self.total_updates):
            self.update()

    def result(self):
        return {"params": np.append(self.w, self.b), "updates": self.updates}


class PyTorch:
    def __init__(self, job):
        import torch

        torch.set_num_threads(job["threads"])
        self.torch = torch
        self.version, self.libraries = torch.__version__, torch_libraries(torch)
        self.dtype = getattr(torch, job["elementType"])
        self.X = torch.from_numpy(job.table("X", job["elementType"]))
        self.y = torch.from_numpy((job.table("y", job["elementType"]) + 1) / 2)
        self.learning_rate, self.total_updates = job["learningRate"], job["updates"]

    def update(self):
        self.updates += 1
        loss = self.torch.nn.functional.binary_cross_entropy_with_logits(self.X @ self.w + self.b, self.y)
        loss.backward()
        with self.torch.no_grad():
            for parameter in (self.w, self.b):
                parameter -= self.learning_rate * parameter.grad
                parameter.grad = None

    def reset(self):
        zeros = lambda *shape: self.torch.zeros(*shape, dtype=self.dtype, requires_grad=True)
        self.w, self.b = zeros(self.X.shape[1]), zeros(1)
        self.updates = 0
        self.update()

    def run(self):
        for _ in range(1, self.total_updates):
            self.update()

    def result(self):
        return {"params": np.append(self.w.detach().numpy(), self.b.detach().numpy()), "updates": self.updates}

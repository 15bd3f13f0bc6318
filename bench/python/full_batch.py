"""Logistic regression in full batch, in float64 or float32, as each library's users write it."""
import numpy as np

from torch_libraries import torch_libraries


class NumPy:
    version = np.__version__

    def __init__(self, job):
        self.element = np.dtype(job["element"]).type
        self.X = job.table("X", self.element)
        self.y = (job.table("y", self.element) + 1) / 2
        self.rate, self.wanted = self.element(job["rate"]), job["updates"]

    def update(self):
        self.updates += 1
        p = 1 / (1 + np.exp(-(self.X @ self.w + self.b)))
        slopes = p - self.y
        self.w -= self.rate * (self.X.T @ slopes / len(self.y))
        self.b -= self.rate * slopes.mean()

    def reset(self):
        self.w, self.b = np.zeros(self.X.shape[1], self.element), self.element(0)
        self.updates = 0
        self.update()

    def run(self):
        for _ in range(1, self.wanted):
            self.update()

    def result(self):
        return {"params": np.append(self.w, self.b), "updates": self.updates}


class PyTorch:
    def __init__(self, job):
        import torch

        torch.set_num_threads(job["threads"])
        self.torch = torch
        self.version, self.libraries = torch.__version__, torch_libraries(torch)
        self.element = getattr(torch, job["element"])
        self.X = torch.from_numpy(job.table("X", job["element"]))
        self.y = torch.from_numpy((job.table("y", job["element"]) + 1) / 2)
        self.rate, self.wanted = job["rate"], job["updates"]

    def update(self):
        self.updates += 1
        loss = self.torch.nn.functional.binary_cross_entropy_with_logits(self.X @ self.w + self.b, self.y)
        loss.backward()
        with self.torch.no_grad():
            for parameter in (self.w, self.b):
                parameter -= self.rate * parameter.grad
                parameter.grad = None

    def reset(self):
        zeros = lambda *shape: self.torch.zeros(*shape, dtype=self.element, requires_grad=True)
        self.w, self.b = zeros(self.X.shape[1]), zeros(1)
        self.updates = 0
        self.update()

    def run(self):
        for _ in range(1, self.wanted):
            self.update()

    def result(self):
        return {"params": np.append(self.w.detach().numpy(), self.b.detach().numpy()), "updates": self.updates}

"""The library that multiplies matrices in PyTorch, and the vector instructions of its own loops."""
import re

from driver import open_blas


def torch_libraries(torch):
    config = torch.__config__.show()
    blas = ["MKL"] if "BLAS_INFO=mkl" in config else open_blas()
    return [*blas, "ATen " + re.search(r"CPU capability usage: (\S+)", config)[1]]

"""Which library multiplies matrices in a PyTorch, and which vectors its own loops use."""
import re

from driver import open_blas


def torch_libraries(torch):
    config = torch.__config__.show()
    blas = ["MKL"] if "BLAS_INFO=mkl" in config else open_blas()
    return [*blas, "ATen " + re.search(r"CPU capability usage: (\S+)", config)[1]]

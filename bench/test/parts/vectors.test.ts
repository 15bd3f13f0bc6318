import { deepEqual, equal } from "node:assert/strict";
import { test } from "vitest";
import { openBlasEnvironment, unfairKernel, vectorsOf } from "../../src/machine/vectors.ts";

const cpuinfo = (flags: string) => `processor\t: 0\nflags\t\t: fpu sse2 ${flags} erms\nbugs\t\t:\n`;
const wide = "avx512f avx512dq avx512cd avx512bw avx512vl";

test("the widest vectors are found in the flags of a processor", () => {
  equal(vectorsOf(cpuinfo(`fma avx avx2 ${wide}`)), "AVX-512");
  equal(vectorsOf(cpuinfo("fma avx avx2 avx512f avx512cd")), "AVX2"); // a Xeon Phi: the SkylakeX kernel needs more
  equal(vectorsOf(cpuinfo("avx avx2")), "SSE"); // the Haswell kernel needs fma
  equal(vectorsOf(cpuinfo("avx")), "SSE");
  equal(vectorsOf("Features\t: fp asimd\n"), "SSE");
  equal(vectorsOf(""), "SSE");
});

test("the environment requests the OpenBLAS kernel for these vectors, and no kernel for SSE", () => {
  const environment = (flags: string) => ({
    OPENBLAS_L2_SIZE: "1024",
    ...openBlasEnvironment(vectorsOf(cpuinfo(flags))),
  });
  deepEqual(environment(`avx2 fma ${wide}`), { OPENBLAS_CORETYPE: "SkylakeX", OPENBLAS_L2_SIZE: undefined });
  deepEqual(environment("avx2 fma"), { OPENBLAS_CORETYPE: "Haswell", OPENBLAS_L2_SIZE: undefined });
  deepEqual(environment(""), { OPENBLAS_CORETYPE: undefined, OPENBLAS_L2_SIZE: undefined });
});

test("an OpenBLAS kernel that does not use the vectors of the processor is rejected", () => {
  const reason = (library: string, vectors: "AVX-512" | "AVX2" | "SSE") => unfairKernel(["MKL", library], vectors);
  equal(
    reason("OpenBLAS 0.3.21 Prescott", "AVX-512"),
    "not measured, because its OpenBLAS 0.3.21 Prescott does not use the AVX-512 instructions of this processor",
  );
  for (const kernel of ["Prescott", "Nehalem", "Barcelona", "Sandybridge", "None"]) {
    equal(typeof reason(`OpenBLAS 0.3.21 ${kernel}`, "AVX2"), "string", kernel);
    equal(reason(`OpenBLAS 0.3.21 ${kernel}`, "SSE"), null);
  }
  for (const kernel of ["SkylakeX", "Cooperlake", "SapphireRapids", "Haswell", "Zen", "ZEN"]) {
    equal(reason(`OpenBLAS 0.3.31.188.0 ${kernel}`, "AVX-512"), null, kernel);
  }
  equal(unfairKernel(["ATen AVX2"], "AVX-512"), null);
  equal(unfairKernel([], "AVX-512"), null);
});

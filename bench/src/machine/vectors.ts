// The vector instructions of the processor, and the OpenBLAS kernels that use them. OpenBLAS chooses its kernel by the
// name of the processor. An OpenBLAS that is older than the processor does not know this name, and chooses a kernel for
// processors of 2004. This kernel is ten times slower, so the comparison would be unfair.
import { readFileSync } from "node:fs";

export type Vectors = "AVX-512" | "AVX2" | "SSE";

/** The OpenBLAS kernels that use these vectors. The first one is requested. */
const kernelsWith: Readonly<Record<Vectors, readonly string[]>> = {
  "AVX-512": ["SkylakeX", "Cooperlake", "Sapphirerapids"],
  AVX2: ["Haswell", "Zen"],
  SSE: [],
};

/** The widest vectors in a processor's list of flags, in the format of /proc/cpuinfo on Linux. */
export function vectorsOf(cpuinfo: string): Vectors {
  const flags = new Set(/^flags\s*:(.*)$/m.exec(cpuinfo)?.[1]?.trim().split(" "));
  if (["avx512f", "avx512dq", "avx512bw", "avx512vl", "avx512cd"].every((flag) => flags.has(flag))) return "AVX-512";
  return flags.has("avx2") && flags.has("fma") ? "AVX2" : "SSE";
}

/** The vectors of this machine. On a system without /proc/cpuinfo the result is SSE, so that no kernel is rejected. */
export function vectorsHere(): Vectors {
  try {
    return vectorsOf(readFileSync("/proc/cpuinfo", "utf8"));
  } catch {
    return "SSE";
  }
}

/** Environment variables that make OpenBLAS choose the best kernel; undefined removes a variable. */
export const openBlasEnvironment = (vectors: Vectors): Readonly<Record<string, string | undefined>> => ({
  OPENBLAS_CORETYPE: kernelsWith[vectors][0],
  OPENBLAS_L2_SIZE: undefined,
});

/**
 * The reason why a program with these libraries is not measured: its OpenBLAS kernel does not use the vectors of this
 * processor. Null when there is no such reason.
 *
 * @param libraries  as the program reports them: "OpenBLAS 0.3.21 SkylakeX", "MKL", "ATen AVX2"
 */
export function unfairKernel(libraries: readonly string[], vectors: Vectors): string | null {
  if (vectors === "SSE") return null;
  const fair = [...kernelsWith["AVX-512"], ...kernelsWith.AVX2].map((kernel) => kernel.toLowerCase());
  for (const library of libraries) {
    const [, kernel] = /^OpenBLAS \S+ (\S+)$/.exec(library) ?? [];
    if (kernel !== undefined && !fair.includes(kernel.toLowerCase())) {
      return `not measured, because its ${library} does not use the ${vectors} instructions of this processor`;
    }
  }
  return null;
}

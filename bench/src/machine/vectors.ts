// Which vectors the processor has, and so which kernels of OpenBLAS are a fair peer on it. OpenBLAS picks a kernel by
// the processor's name; a release older than the processor falls back to one of 2004 that is a tenth as fast.
import { readFileSync } from "node:fs";

export type Vectors = "AVX-512" | "AVX2" | "SSE";

/** The kernel of OpenBLAS to ask for, and those that use such vectors. */
const kernelsOf: Readonly<Record<Vectors, readonly string[]>> = {
  "AVX-512": ["SkylakeX", "Cooperlake", "Sapphirerapids"],
  AVX2: ["Haswell", "Zen"],
  SSE: [],
};

/** The widest vectors among the flags of a processor, as /proc/cpuinfo of Linux lists them. */
export function vectorsOf(cpuinfo: string): Vectors {
  const flags = new Set(/^flags\s*:(.*)$/m.exec(cpuinfo)?.[1]?.trim().split(" "));
  if (["avx512f", "avx512dq", "avx512bw", "avx512vl", "avx512cd"].every((flag) => flags.has(flag))) return "AVX-512";
  return flags.has("avx2") && flags.has("fma") ? "AVX2" : "SSE";
}

/** Those of this machine; where the system does not tell, SSE, so that nothing is asked for and nothing refused. */
export function vectorsHere(): Vectors {
  try {
    return vectorsOf(readFileSync("/proc/cpuinfo", "utf8"));
  } catch {
    return "SSE";
  }
}

/** What a process is to have in its environment, so that its OpenBLAS takes the best kernel; undefined removes. */
export const openBlasEnvironment = (vectors: Vectors): Readonly<Record<string, string | undefined>> => ({
  OPENBLAS_CORETYPE: kernelsOf[vectors][0],
  OPENBLAS_L2_SIZE: undefined,
});

/**
 * Why a contestant whose process has loaded these libraries is no fair peer; null when it is one.
 *
 * @param libraries  as the contestant names them: "OpenBLAS 0.3.21 SkylakeX", "MKL", "ATen AVX2"
 */
export function unfairKernel(libraries: readonly string[], vectors: Vectors): string | null {
  if (vectors === "SSE") return null;
  const fair = [...kernelsOf["AVX-512"], ...kernelsOf.AVX2].map((kernel) => kernel.toLowerCase());
  for (const library of libraries) {
    const [, kernel] = /^OpenBLAS \S+ (\S+)$/.exec(library) ?? [];
    if (kernel !== undefined && !fair.includes(kernel.toLowerCase())) {
      return `its ${library} does not use the ${vectors} of this processor, so it is not timed`;
    }
  }
  return null;
}

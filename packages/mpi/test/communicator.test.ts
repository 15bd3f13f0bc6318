// The operations of a communicator, its errors, and the end of a job in which a rank fails.
import { connect } from "@downhill/mpi";
import { describe, expect, test } from "vitest";
import { abiOf } from "../src/abi.ts";
import { describeMpi, mpirun, program, run } from "./mpirun.ts";

describeMpi("a communicator", () => {
  test("gathers parts of any size, broadcasts from any rank, and reports the library", async () => {
    const { stdout, code, stderr } = await mpirun(3, [process.execPath, program("operations.mjs")]);
    expect(stderr).toBe("");
    expect(code, stderr).toBe(0);
    const lines = stdout.trim().split("\n").sort();
    expect(lines).toHaveLength(3);
    for (const [rank, line] of lines.entries()) {
      expect(line).toMatch(
        new RegExp(
          `^${rank} of 3, Open MPI \\d+\\.\\d+\\.\\d+: 0,1,1,2,2,2 and 20,21,22; allGather: starts must be 4 integers`,
        ),
      );
    }
  }, 60_000);

  test("is rank 0 of 1 without mpirun", async () => {
    const { stdout, code } = await run(process.execPath, [program("end.mjs"), "end"]);
    expect({ stdout, code }).toEqual({ stdout: "rank 0 ended\n", code: 0 });
  }, 60_000);
});

describeMpi("a job ends when a rank", () => {
  test.each([
    ["ends normally", "end", 0],
    ["throws an error", "throw", 1],
    ["calls process.exit without close", "exit", 1],
    ["calls abort(7)", "abort", 7],
    ["is killed", "kill", 137],
  ])(
    "%s",
    async (_, way, expected) => {
      const { code, stdout, stderr } = await mpirun(3, [process.execPath, program("end.mjs"), way]);
      expect(code).toBe(expected);
      expect(stdout.match(/ended/g)?.length ?? 0).toBe(way === "end" ? 3 : 0);
      if (way === "throw") expect(stderr).toContain("rank 1 fails");
    },
    60_000,
  );
});

describe("connect", () => {
  test("names a library that cannot be opened", () => {
    expect(() => connect("/no/such/libmpi.so")).toThrow(
      /^connect: the library \/no\/such\/libmpi\.so cannot be opened: .*\. Set DOWNHILL_MPI_LIBRARY to the path of an MPI library, or unset it\.$/,
    );
  });

  test("rejects a library without an interface of MPI", () => {
    const name = { linux: "libc.so.6", darwin: "libSystem.dylib" }[process.platform as "linux"] ?? "kernel32.dll";
    expect(() => connect(name)).toThrow(/must have the interface of Open MPI, MPICH or MPI 5\.0, got none of them/);
  });
});

describe("the interface of a library", () => {
  const symbols = (names: readonly string[]) => (name: string) => (names.includes(name) ? 4096n : undefined);

  test.each([
    ["Open MPI", ["ompi_mpi_comm_world", "ompi_mpi_byte", "ompi_mpi_double", "ompi_mpi_op_sum"], "Open MPI v4.1.4"],
    ["MPI ABI", ["MPI_Abi_get_version"], "Open MPI v6.0.0"],
    ["MPI ABI", ["MPI_Abi_get_version"], "MPICH Version: 5.0.0"],
    ["MPICH", [], "MPICH Version:\t4.0.2"],
    ["MPICH", [], "Intel(R) MPI Library 2021.9 for Linux* OS"],
    ["MPICH", [], "MVAPICH2 Version: 2.3.7"],
    [undefined, [], "MPI of somebody 1.0"],
    [undefined, ["ompi_mpi_comm_world"], "Open MPI without types"],
  ])("is %s for %j and %j", (name, names, version) => {
    expect(abiOf(symbols(names), version)?.name).toBe(name);
  });
});

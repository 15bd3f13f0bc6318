// The three binary interfaces of MPI libraries: how a library represents communicators, types and operations.

/** A handle of MPI: the address of a global variable (Open MPI), or a number. */
export type Handle = bigint | number;

/** The handles that this package uses, and the C type of a handle. */
export interface Abi {
  readonly name: "Open MPI" | "MPICH" | "MPI ABI";
  /** The C type of a handle in the declaration of a function. */
  readonly handle: "void*" | "int";
  readonly world: Handle;
  readonly byte: Handle;
  readonly double: Handle;
  readonly sum: Handle;
  /** The value of MPI_IN_PLACE. */
  readonly inPlace: bigint;
}

/** The address of a global variable or a function of a library; undefined if the library does not have it. */
export type Symbols = (name: string) => bigint | undefined;

/** Libraries with the interface of MPICH: MPICH itself, Intel MPI, MVAPICH and Cray MPICH. */
const LIKE_MPICH = /mpich|intel|mvapich|cray/i;

/**
 * The interface of a library; undefined if it is none of the three. Open MPI 4 and 5 have global variables for handles. Libraries with
 * the interface of MPI 5.0 have the function MPI_Abi_get_version, and small numbers. MPICH has 32-bit numbers.
 *
 * Source: mpi.h of Open MPI 4.1, of MPICH 4.0, and of the MPI Forum's mpi-abi-stubs.
 *
 * @param version  the text of MPI_Get_library_version
 */
export function abiOf(symbols: Symbols, version: string): Abi | undefined {
  const world = symbols("ompi_mpi_comm_world");
  if (world !== undefined) {
    const [byte, double, sum] = ["ompi_mpi_byte", "ompi_mpi_double", "ompi_mpi_op_sum"].map(symbols);
    if (byte === undefined || double === undefined || sum === undefined) return undefined;
    return { name: "Open MPI", handle: "void*", world, byte, double, sum, inPlace: 1n };
  }
  if (symbols("MPI_Abi_get_version") !== undefined)
    return { name: "MPI ABI", handle: "void*", world: 0x101n, byte: 0x207n, double: 0x214n, sum: 0x21n, inPlace: 1n };
  if (!LIKE_MPICH.test(version)) return undefined;
  return {
    name: "MPICH",
    handle: "int",
    world: 0x44000000,
    byte: 0x4c00010d,
    double: 0x4c00080b,
    sum: 0x58000003,
    inPlace: -1n,
  };
}

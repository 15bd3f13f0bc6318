// Finds and opens the MPI library of the computer.
import koffi from "koffi";
import { type Abi, abiOf, type Symbols } from "./abi.ts";

/** An opened library with its interface. */
export interface MpiLibrary {
  readonly path: string;
  /** Name and version: "Open MPI 4.1.4". */
  readonly version: string;
  readonly abi: Abi;
  /** A function of the library, from its declaration in C. */
  function(declaration: string): (...args: unknown[]) => number;
}

const NAMES: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  darwin: ["libmpi.40.dylib", "libmpi.12.dylib", "libmpi.dylib"],
  win32: ["impi.dll"],
};
const OTHER_NAMES = ["libmpi.so.40", "libmpi.so.12", "libmpich.so.12", "libmpi_abi.so.0", "libmpi.so"];
const VERSION_LENGTH = 8192; // MPI_MAX_LIBRARY_VERSION_STRING is at most that long

/**
 * Opens the library at `path`, or the first one that the system finds.
 *
 * @throws Error if there is none, or its interface is unknown
 */
export function openLibrary(path?: string): MpiLibrary {
  const { path: opened, library } = path === undefined ? openFirst(NAMES[process.platform] ?? OTHER_NAMES) : open(path);
  const symbols: Symbols = (name) => {
    try {
      return library.symbol(name, "void") as bigint;
    } catch {
      return undefined;
    }
  };
  const text = symbols("MPI_Get_library_version") === undefined ? "" : versionText(library);
  const abi = abiOf(symbols, text);
  if (abi === undefined) {
    throw new Error(
      `connect: the library ${opened} must have the interface of Open MPI, MPICH or MPI 5.0, got none of them. ` +
        "Set DOWNHILL_MPI_LIBRARY to the path of such a library.",
    );
  }
  const number = /\d+\.\d+(\.\d+)?/.exec(text)?.[0] ?? "";
  const version = `${abi.name} ${number}`.trim();
  return { path: opened, version, abi, function: (declaration) => library.func(declaration) as never };
}

type Library = ReturnType<typeof koffi.load>;

interface Opened {
  readonly path: string;
  readonly library: Library;
}

function open(path: string): Opened {
  try {
    return { path, library: koffi.load(path, { global: true }) };
  } catch (error) {
    throw new Error(
      `connect: the library ${path} cannot be opened: ${(error as Error).message}. ` +
        "Set DOWNHILL_MPI_LIBRARY to the path of an MPI library, or unset it.",
    );
  }
}

function openFirst(paths: readonly string[]): Opened {
  for (const path of paths) {
    try {
      return open(path);
    } catch {
      // the next name may exist
    }
  }
  throw new Error(
    `connect: an MPI library must be installed, got none of ${paths.join(", ")}. Install Open MPI or MPICH ` +
      "(on Debian: apt-get install openmpi-bin), or set DOWNHILL_MPI_LIBRARY to the path of the library.",
  );
}

/** MPI allows this call before MPI_Init. */
function versionText(library: Library): string {
  const text = new Uint8Array(VERSION_LENGTH);
  const length: [number] = [0];
  library.func("int MPI_Get_library_version(void*, _Out_ int*)")(text, length);
  return new TextDecoder().decode(text.subarray(0, length[0]));
}

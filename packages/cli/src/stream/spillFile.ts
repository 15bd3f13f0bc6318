// Temporary data: in memory as long as they are few, then in a file of the system's folder for temporary files.
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ScratchFile, scratchFile } from "./scratchFile.ts";

const IN_MEMORY = 32 * 2 ** 20; // bytes

/** Empty temporary data. */
export function spillFile(command: string): ScratchFile {
  let bytes = new Uint8Array(0);
  let size = 0;
  let file: ScratchFile | null = null;
  return {
    path: null,
    get size() {
      return file?.size ?? size;
    },
    append(more) {
      if (file === null && size + more.length > IN_MEMORY) {
        file = scratchFile(command, join(tmpdir(), "downhill"), {
          remedy: "set another folder with the variable TMPDIR",
        });
        file.append(bytes.subarray(0, size));
        bytes = new Uint8Array(0);
      }
      if (file !== null) return file.append(more);
      if (size + more.length > bytes.length) {
        const larger = new Uint8Array(Math.min(IN_MEMORY, 2 * (size + more.length)));
        larger.set(bytes.subarray(0, size));
        bytes = larger;
      }
      bytes.set(more, size);
      size += more.length;
    },
    read(position, into) {
      if (file !== null) file.read(position, into);
      else into.set(bytes.subarray(position, position + into.length));
    },
    close: () => file?.close(),
  };
}

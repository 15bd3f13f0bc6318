// Opens an address in the browser of the user.
import { spawn } from "node:child_process";
import { platform } from "node:os";

/** The program that opens an address, and its arguments. On Windows the address is not read by a shell, which would end it at "&". */
function openerOf(address: string): [program: string, args: readonly string[]] {
  if (platform() === "darwin") return ["open", [address]];
  if (platform() === "win32") return ["rundll32", ["url.dll,FileProtocolHandler", address]];
  return ["xdg-open", [address]];
}

/** Opens the address. Resolves to whether the program that opens it could be started and did not fail. */
export function openBrowser(address: string, env: Readonly<Record<string, string | undefined>>): Promise<boolean> {
  const [program, args] = openerOf(address);
  return new Promise((resolve) => {
    const opener = spawn(program, args, { stdio: "ignore", detached: true, env: { ...env } });
    opener.once("error", () => resolve(false));
    opener.once("exit", (code) => resolve(code === 0));
    opener.unref();
  });
}

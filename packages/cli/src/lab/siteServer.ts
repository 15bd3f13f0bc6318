// Serves the files of a site on 127.0.0.1, and nothing else.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname } from "node:path";
import type { SiteFiles } from "./siteFiles.ts";

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".wasm": "application/wasm",
  ".csv": "text/csv; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
};

/** The page runs its own scripts and WebAssembly, and loads only its own files. */
const policy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self' blob:",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const headers = {
  "content-security-policy": policy,
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
  "cross-origin-resource-policy": "same-origin",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cache-control": "no-cache",
} as const;

/** A running server. */
export interface SiteServer {
  /** The address of the page, with "/" at its end. */
  readonly address: string;
  /** Ends the server and its connections. */
  close(): Promise<void>;
}

/** Starts the server on a free port. */
export async function serveSite(files: SiteFiles): Promise<SiteServer> {
  const server = createServer((request, response) => answer(server, files, request, response));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    address: `http://127.0.0.1:${portOf(server)}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

function answer(server: Server, files: SiteFiles, request: IncomingMessage, response: ServerResponse): void {
  const send = (status: number, text: string, more: Readonly<Record<string, string>> = {}): void => {
    response.writeHead(status, { ...headers, ...more, "content-type": "text/plain; charset=utf-8" });
    response.end(request.method === "HEAD" ? undefined : `${text}\n`);
  };
  // Another site can make its own name lead to 127.0.0.1; a browser then sends this name as Host.
  if (![`127.0.0.1:${portOf(server)}`, `localhost:${portOf(server)}`].includes(request.headers.host ?? "")) {
    send(403, "This server answers requests for 127.0.0.1 only.");
    return;
  }
  if (request.method !== "GET" && request.method !== "HEAD") {
    send(405, "This server answers GET and HEAD only.", { allow: "GET, HEAD" });
    return;
  }
  const path = pathOf(request.url ?? "");
  const read = path === null ? undefined : files.get(path);
  if (read === undefined) {
    send(404, "There is no such file.");
    return;
  }
  try {
    const bytes = read();
    const type = types[extname(path!).toLowerCase()] ?? "application/octet-stream";
    response.writeHead(200, { ...headers, "content-type": type, "content-length": bytes.length });
    response.end(request.method === "HEAD" ? undefined : bytes);
  } catch {
    send(404, "The file can no longer be read.");
  }
}

/**
 * The path of a file in a request, without "/" at its start; null for a request that names no path. The path is not joined
 * to a folder: only the paths in the list of files are served.
 */
function pathOf(url: string): string | null {
  if (!url.startsWith("/")) return null;
  const [path = ""] = url.slice(1).split(/[?#]/);
  try {
    return path === "" ? "index.html" : decodeURIComponent(path);
  } catch {
    return null; // "%" without two digits
  }
}

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A page on this machine that runs a module's `report`. */
export interface Page {
  readonly url: string;
  /** Resolves to the result of `report`, or rejects with its error. */
  readonly answer: Promise<string>;
  close(): void;
}

const html = `<!doctype html>
<script type="module">
  const send = (path, body) => fetch(path, { method: "POST", body });
  try {
    const { report } = await import("/report.js");
    await send("/answer", await report());
  } catch (error) {
    await send("/failure", String(error) + "\\n" + error.stack);
  }
</script>`;

/** The headers with which a page may share memory among threads. */
const isolated = {
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
};

/** Serves the page on a free port of the loopback interface, with a Content-Security-Policy if there is one. */
export async function servePage(module: string, policy?: string): Promise<Page> {
  const files = new Map([
    ["/", { type: "text/html", text: html }],
    ["/report.js", { type: "text/javascript", text: module }],
  ]);
  const { promise: answer, resolve, reject } = withResolvers();
  const server = createServer(async (request, response) => {
    if (request.method === "POST") {
      const body = Buffer.concat(await request.toArray()).toString();
      if (request.url === "/answer") resolve(body);
      else reject(new Error(body));
      response.end();
    } else {
      const file = files.get(request.url ?? "");
      const security = policy === undefined ? {} : { "content-security-policy": policy };
      const headers = { ...isolated, ...security, "content-type": file?.type ?? "text/plain" };
      response.writeHead(file ? 200 : 404, headers).end(file?.text);
    }
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    answer,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

function withResolvers() {
  let resolve!: (text: string) => void;
  let reject!: (error: Error) => void;
  const promise = new Promise<string>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

// `downhill lab`: the server, and the page in a directory.
import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { type IncomingHttpHeaders, request } from "node:http";
import { connect } from "node:net";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openBrowser } from "../src/lab/openBrowser.ts";
import { siteFiles } from "../src/lab/siteFiles.ts";
import { type SiteServer, serveSite } from "../src/lab/siteServer.ts";
import { downhill, Scratch } from "./world.ts";

const scratch = new Scratch();
const site = scratch.at("site");
let server: SiteServer;

beforeAll(async () => {
  mkdirSync(join(site, "assets"), { recursive: true });
  mkdirSync(join(site, "tables"));
  writeFileSync(
    join(site, "index.html"),
    "<!doctype html>\n<html>\n  <head>\n    <title>Lab</title>\n  </head>\n</html>\n",
  );
  writeFileSync(join(site, "assets/page-1a2b.js"), "export {};\n");
  writeFileSync(join(site, "tables/iris.csv"), "a,b\n1,2\n");
  scratch.file("secret.txt", "secret");
  scratch.file("my data, ä.csv", "x,y\n1,2\n");
  symlinkSync(scratch.at("secret.txt"), join(site, "link.txt"));
  symlinkSync(scratch.path, join(site, "folder"), "junction");
  server = await serveSite(siteFiles(scratch.at("my data, ä.csv"), site));
});
afterAll(async () => {
  await server.close();
  scratch.remove();
});

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** A request whose path is sent as it is; fetch would shorten "..". */
function ask(
  path: string,
  { method = "GET", headers = {} }: { method?: string; headers?: object } = {},
): Promise<Answer> {
  const { port } = new URL(server.address);
  return new Promise((resolve, reject) => {
    request({ host: "127.0.0.1", port, path, method, headers: { ...headers } }, (response) => {
      let text = "";
      response.on("data", (piece) => (text += piece));
      response.on("end", () => resolve({ status: response.statusCode!, headers: response.headers, text }));
    })
      .on("error", reject)
      .end();
  });
}

describe("the server", () => {
  test.each([
    ["/", "text/html; charset=utf-8", "<title>Lab</title>"],
    ["/index.html", "text/html; charset=utf-8", "<title>Lab</title>"],
    ["/assets/page-1a2b.js?v=1", "text/javascript; charset=utf-8", "export {};\n"],
    ["/tables/iris.csv", "text/csv; charset=utf-8", "a,b\n1,2\n"],
    ["/data/my%20data%2C%20%C3%A4.csv", "text/csv; charset=utf-8", "x,y\n1,2\n"],
  ])("serves %s as %s", async (path, type, content) => {
    const { status, headers, text } = await ask(path);
    expect([status, headers["content-type"]]).toEqual([200, type]);
    expect(text).toContain(content);
    expect(Number(headers["content-length"])).toBe(Buffer.byteLength(text));
  });

  test("names the user's file in the page", async () => {
    const { text } = await ask("/");
    expect(text).toContain('<meta name="downhill-data" content="data/my%20data%2C%20%C3%A4.csv" />');
  });

  test("isolates the page, and lets it run WebAssembly and workers", async () => {
    const { headers } = await ask("/");
    expect(headers).toMatchObject({
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-embedder-policy": "require-corp",
      "x-content-type-options": "nosniff",
    });
    const policy = headers["content-security-policy"];
    for (const part of ["default-src 'none'", "script-src 'self' 'wasm-unsafe-eval'", "worker-src 'self' blob:"]) {
      expect(policy).toContain(part);
    }
  });

  test.each([
    "/../secret.txt",
    "/%2e%2e/secret.txt",
    "/%2E%2E%2Fsecret.txt",
    "/assets/..%2f..%2fsecret.txt",
    "/..%5csecret.txt",
    "//secret.txt",
    "/./index.html",
    "/link.txt",
    "/folder/secret.txt",
    "/data/../../secret.txt",
    "/data/secret.txt",
    "/index.html%00.txt",
    "/%",
    "/%ff",
    "/assets",
    "/assets/",
    "/INDEX.HTML",
    "*",
    "http://127.0.0.1/index.html",
  ])("does not serve %s", async (path) => {
    const { status, text } = await ask(path);
    expect([status, text]).toEqual([404, "There is no such file.\n"]);
  });

  test("does not serve absolute paths of this computer", async () => {
    for (const path of [scratch.at("secret.txt"), `/${scratch.at("secret.txt")}`, `/%2F${scratch.at("secret.txt")}`]) {
      expect((await ask(path)).status).toBe(404);
    }
  });

  test.each(["evil.example", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example"])(
    "rejects a request for the host %j",
    async (host) => {
      const { status, text } = await ask("/", { headers: { host } });
      expect([status, text]).toEqual([403, "This server answers requests for 127.0.0.1 only.\n"]);
    },
  );

  test("accepts the name localhost", async () => {
    expect((await ask("/", { headers: { host: `localhost:${new URL(server.address).port}` } })).status).toBe(200);
  });

  test.each(["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"])("rejects %s", async (method) => {
    const { status, headers } = await ask("/", { method });
    expect([status, headers.allow]).toEqual([405, "GET, HEAD"]);
  });

  test("answers HEAD with the headers of GET, without a content", async () => {
    const [head, get] = await Promise.all([ask("/", { method: "HEAD" }), ask("/")]);
    expect(head).toMatchObject({ status: 200, text: "" });
    expect(head.headers["content-length"]).toBe(get.headers["content-length"]);
  });

  test("survives a request that is not HTTP", async () => {
    const socket = connect(Number(new URL(server.address).port), "127.0.0.1");
    socket.end("\0\r\n\r\n");
    await new Promise((resolve) =>
      socket
        .on("close", resolve)
        .on("error", () => {})
        .resume(),
    );
    expect((await ask("/")).status).toBe(200);
  });
});

/** Runs the command until the test ends it with Ctrl-C. */
function running(argv: readonly string[], env: Record<string, string> = {}) {
  let interrupt: () => void = () => {};
  let listen: () => void = () => {};
  const listening = new Promise<void>((resolve) => {
    listen = resolve;
  });
  const ran = downhill(argv, {
    env: { LANG: "C.UTF-8", ...env },
    onInterrupt(handler) {
      interrupt = handler;
      listen();
      return () => {};
    },
  });
  return { ran, listening: Promise.race([listening, ran]), interrupt: () => interrupt() };
}

describe("downhill lab", () => {
  test("prints the address of the page, and ends at Ctrl-C", async () => {
    const { ran, listening, interrupt } = running(["lab", "--no-open"]);
    await listening;
    setTimeout(interrupt, 100);
    const { code, stdout, stderr } = await ran;
    expect([code, stderr]).toEqual([
      0,
      "The lab is at this address. Your data stay on this computer. Press Ctrl-C to end.\n",
    ]);
    expect(stdout).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\n$/);
    await expect(fetch(stdout.trim())).rejects.toThrow();
  });

  test("writes the page and the data into a directory, and replaces only such a page", async () => {
    const out = scratch.at("written");
    const write = (...more: string[]) => downhill(["lab", scratch.at("my data, ä.csv"), "--out", out, ...more]);
    const { code, stdout, stderr } = await write();
    expect([code, stdout]).toEqual([0, ""]);
    expect(stderr).toMatch(/^\d+ files written to .*\. Put them on any web server/);
    expect(readFileSync(join(out, "index.html"), "utf8")).toContain('<meta name="downhill-data"');
    expect(readFileSync(join(out, "data/my data, ä.csv"), "utf8")).toBe("x,y\n1,2\n");
    expect((await write()).code).toBe(0);
    writeFileSync(join(out, "index.html"), "<html>my page</html>");
    const refused = await write();
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain(
      'index.html", which is not a page of the lab of downhill. Use another file, or add --force',
    );
    expect((await write("--force")).code).toBe(0);
  });

  test.each([
    [["lab", "missing.csv"], 3, '✖ lab: cannot read "missing.csv": no such file or directory. Check the path.\n'],
    [["lab", "."], 3, '✖ lab: "." is not a file. Name a CSV, Parquet or JSON file.\n'],
    [["lab", "--out", ""], 2, '✖ lab: --out needs the name of a directory, got "". Name a directory.\n'],
  ])("%j is an error", async (argv, code, message) => {
    const ran = await downhill(argv as string[]);
    expect([ran.code, ran.stderr]).toEqual([code, message]);
  });

  test("a site that was not built is an error with an advice", () => {
    expect(() => siteFiles(undefined, scratch.at("nothing/"))).toThrow(
      /the page is missing in .*Install @downhill\/cli again, or run npm run build\./,
    );
  });
});

describe.runIf(process.platform === "linux")("the browser", () => {
  const bin = scratch.at("bin");
  const opened = scratch.at("opened.txt");
  const env = { PATH: `${bin}${delimiter}${process.env["PATH"]}` };
  const fake = (script: string) => {
    mkdirSync(bin, { recursive: true });
    writeFileSync(join(bin, "xdg-open"), `#!/bin/sh\n${script}\n`);
    chmodSync(join(bin, "xdg-open"), 0o755);
  };

  test("gets the whole address", async () => {
    fake(`printf %s "$1" > '${opened}'`);
    expect(await openBrowser("http://127.0.0.1:1/#1&m=softmax&lr=0.1", env)).toBe(true);
    expect(readFileSync(opened, "utf8")).toBe("http://127.0.0.1:1/#1&m=softmax&lr=0.1");
  });

  test("is opened by hand if no program can open it", async () => {
    fake("exit 3");
    expect(await openBrowser("http://127.0.0.1:1/", env)).toBe(false);
    expect(await openBrowser("http://127.0.0.1:1/", { PATH: scratch.at("nothing") })).toBe(false);
    const { ran, listening, interrupt } = running(["lab"], env);
    await listening;
    setTimeout(interrupt, 300);
    const { stdout, stderr } = await ran;
    expect(stderr).toContain(`The browser could not be opened. Open ${stdout.trim()} in a browser.\n`);
  });
});

// The built page in Firefox, where it is installed: it computes the losses of the library, to the last bit.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { commandPath } from "../../downhill/test/engines/engines.ts";
import { decodeLink } from "../src/links/decodeLink.ts";
import { finalLoss } from "../src/state/finalLoss.ts";
import { labRun } from "../src/state/labRun.ts";
import { ownTable } from "../src/state/tableColumns.ts";

const site = fileURLToPath(new URL("../dist/site/", import.meta.url));
const command = commandPath("firefox-esr", "firefox");
const LINK = "#1&d=spiral&m=network&b=full&at=57";

/** Sends the loss after the updates of the link, or the text of an error on the page. */
const report = `setInterval(async () => {
  const failure = document.querySelector(".failure")?.innerText;
  const chart = document.querySelector('lab-chart[name="loss"]');
  const done = document.querySelector(".counters .update")?.innerText === "57";
  const rows = chart?.scene?.a11y.table.rows.filter(([name, update]) => String(name).includes("training") && update === 57);
  if (failure || (done && rows?.length)) await fetch("answer", { method: "POST", body: failure ?? String(rows[0][2]) });
}, 100);`;

test.runIf(command)("the page in Firefox has the loss of the library", { timeout: 120_000 }, async () => {
  const { state } = await decodeLink(LINK);
  let loss = Number.NaN;
  for (const step of labRun(state, ownTable(state)!).prepare({ every: 1 }).steps()) {
    loss = finalLoss(step.history);
    if (step.t === 57) break;
  }

  let answered: (text: string) => void;
  const answer = new Promise<string>((resolve) => {
    answered = resolve;
  });
  const server = createServer(async (request, response) => {
    const path = request.url === "/" ? "index.html" : request.url!.slice(1);
    if (path === "answer") {
      let text = "";
      for await (const piece of request) text += piece;
      answered(text);
      response.end();
      return;
    }
    const type = { js: "text/javascript", css: "text/css", html: "text/html" }[path.split(".").at(-1)!] ?? "text/plain";
    if (path.includes("..") || path === "favicon.ico") {
      response.writeHead(404).end();
      return;
    }
    const content = path === "report.js" ? report : readFileSync(join(site, path));
    const page = path === "index.html" ? `${content}<script src="report.js"></script>` : content;
    response.writeHead(200, { "content-type": type }).end(page);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const folder = mkdtempSync(join(tmpdir(), "lab-firefox-"));
  const profile = join(folder, "profile");
  mkdirSync(profile);
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/${LINK}`;
  const child = spawn(command!, ["--headless", "--no-remote", "--profile", profile, address], {
    env: { ...process.env, HOME: folder }, // if root starts Firefox, it does not accept the home folder of another user
    stdio: "ignore",
    detached: true,
  });
  try {
    expect(await answer).toBe(String(loss));
  } finally {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, "SIGKILL"); // its children too
    server.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
});

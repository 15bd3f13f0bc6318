// Copies the tables of the repository into the built page of the lab, and the page into the command, which serves it.
import { cpSync, readdirSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";

const path = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url));
const site = path("packages/lab/dist/site");
const copy = path("packages/cli/dist/site");

for (const name of readdirSync(path("datasets"))) {
  if (name.endsWith(".csv")) cpSync(`${path("datasets")}/${name}`, `${site}/tables/${name}`);
}
rmSync(copy, { recursive: true, force: true });
cpSync(site, copy, { recursive: true });

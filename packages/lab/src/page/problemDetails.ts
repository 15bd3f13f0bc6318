// What a report of an error of the page needs, as a text to copy. The page itself shows no technical words.

import { copyText } from "./deliver.ts";
import type { PageContext } from "./pageState.ts";

/** Copies the version, the browser, the link of the settings, and the error with its stack. */
export async function copyDetails(page: PageContext, version: string): Promise<void> {
  const text = [
    `Downhill lab ${version}`,
    `Browser: ${navigator.userAgent}`,
    `Link: ${location.href}`,
    page.state.failure?.details ?? "",
  ].join("\n");
  if (await copyText(text)) page.show({ notes: ["The details are copied. Paste them into a report of the problem."] });
  else page.show({ exported: { title: "Details of the error: select the text and copy it", text } });
}

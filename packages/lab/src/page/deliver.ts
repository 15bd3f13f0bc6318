// Texts to the clipboard, and files to the disk.

/** Copies a text. Returns false where the browser does not allow it. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** Saves a file in the folder for downloads. */
export function saveFile(name: string, mime: string, content: string | Blob): void {
  const address = URL.createObjectURL(new Blob([content], { type: mime }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

// Drawn points in a link: as text, compressed (deflate) and written as base64 for URLs.

/** Compresses points. */
export async function packPoints(points: readonly (readonly number[])[]): Promise<string> {
  const text = points.map((point) => point.join(",")).join(";");
  const bytes = await throughStream(new TextEncoder().encode(text), new CompressionStream("deflate-raw"));
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** The points of a packed text; null if the text is damaged. */
export async function unpackPoints(packed: string): Promise<number[][] | null> {
  try {
    const binary = atob(packed.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
    const text = new TextDecoder("utf-8", { fatal: true }).decode(
      await throughStream(bytes, new DecompressionStream("deflate-raw")),
    );
    return text === "" ? [] : text.split(";").map((point) => point.split(",").map(numberOf));
  } catch {
    return null;
  }
}

const numberOf = (text: string): number => (text === "" ? Number.NaN : Number(text));

const MOST_BYTES = 1_000_000; // a short text can be that of a very long one

async function throughStream(
  bytes: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream,
): Promise<Uint8Array<ArrayBuffer>> {
  const writer = stream.writable.getWriter();
  const written = writer.write(bytes).then(() => writer.close());
  written.catch(() => {}); // the reader throws the same error
  const pieces: Uint8Array[] = [];
  let length = 0;
  const reader = stream.readable.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    pieces.push(next.value);
    length += next.value.length;
    if (length <= MOST_BYTES) continue;
    await reader.cancel();
    throw new RangeError("throughStream: the text is too long.");
  }
  await written;
  const all = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

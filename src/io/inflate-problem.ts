import { brotliDecompressSync, gunzipSync } from 'node:zlib';

/** Bytes that come out before it is clear enough that a body can be inflated: a bomb gets no further. */
const enough = 16 * 1024 * 1024;

/** What is wrong with a compressed body, in zlib's words; nothing where it inflates. */
export function inflateProblem(bytes: Uint8Array, coding: 'gzip' | 'br'): string | undefined {
  try {
    if (coding === 'gzip') gunzipSync(bytes, { maxOutputLength: enough });
    else brotliDecompressSync(bytes, { maxOutputLength: enough });
    return undefined;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') return undefined;
    return error instanceof Error ? error.message : String(error);
  }
}

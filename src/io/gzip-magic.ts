/** How a gzip member begins (RFC 1952: ID1, ID2, method deflate). */
export const gzipMagic: readonly number[] = [0x1f, 0x8b, 8];

export function isGzip(head: Uint8Array): boolean {
  return head.length >= gzipMagic.length && gzipMagic.every((byte, index) => head[index] === byte);
}

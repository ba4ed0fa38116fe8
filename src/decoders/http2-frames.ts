/** A frame of HTTP/2 by its head (RFC 9113 §4.1). */
export interface Http2Frame {
  readonly type: number;
  readonly flags: number;
  /** 0: the connection itself. */
  readonly stream: number;
  /** Bytes of what it carries. */
  readonly length: number;
}

const headBytes = 9;

/** Types of frames (RFC 9113 §6). */
const data = 0x0;
const headers = 0x1;

/** The frames whose heads are in the bytes that a peer has sent, from its first one. Never throws; linear. */
export function http2Frames(bytes: Uint8Array): Http2Frame[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const frames: Http2Frame[] = [];
  for (let at = 0; at + headBytes <= bytes.length; ) {
    const length = view.getUint16(at) * 256 + view.getUint8(at + 2);
    const stream = view.getUint32(at + 5) & 0x7fffffff;
    frames.push({ type: view.getUint8(at + 3), flags: view.getUint8(at + 4), stream, length });
    at += headBytes + length;
  }
  return frames;
}

/** Whether a body came on a stream that had no headers before: implementations pass over it, and wait. */
export function bodyBeforeHeaders(bytes: Uint8Array): boolean {
  const first = http2Frames(bytes).find(({ type, stream }) => stream > 0 && (type === data || type === headers));
  return first?.type === data;
}

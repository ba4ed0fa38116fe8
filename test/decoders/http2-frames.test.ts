import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bodyBeforeHeaders, http2Frames } from '../../src/decoders/http2-frames.js';

/** A frame as RFC 9113 §4.1 lays it out: 24 bits of length, type, flags, 31 bits of stream. */
function frame(type: number, stream: number, payload = '', flags = 0): Buffer {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head.writeUInt8(type, 3);
  head.writeUInt8(flags, 4);
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, Buffer.from(payload, 'latin1')]);
}

const settings = frame(4, 0);
const headers = frame(1, 1, '\x88', 4);
const data = frame(0, 1, 'hello', 1);

describe('frames of HTTP/2', () => {
  it('are told by their heads', () => {
    expect(http2Frames(Buffer.concat([settings, headers, data]))).toEqual([
      { type: 4, flags: 0, stream: 0, length: 0 },
      { type: 1, flags: 4, stream: 1, length: 1 },
      { type: 0, flags: 1, stream: 1, length: 5 },
    ]);
  });

  it('are not read beyond what came', () => {
    const whole = Buffer.concat([settings, headers, data]);
    // Where the head of each frame has come: behind 9 bytes of settings, then behind 10 of headers.
    const heads = [9, 9 + 9, 9 + 10 + 9];
    for (let length = 0; length <= whole.length; length += 1) {
      expect(http2Frames(whole.subarray(0, length)).length).toBe(heads.filter((end) => end <= length).length);
    }
  });

  it('never throw', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => Array.isArray(http2Frames(bytes))));
  });

  it.each([
    ['an answer in order', [settings, headers, data], false],
    ['a body before its headers', [settings, data, headers], true],
    ['settings alone', [settings], false],
    ['nothing', [], false],
  ])('%s', (_, frames, first) => {
    expect(bodyBeforeHeaders(Buffer.concat(frames))).toBe(first);
  });
});

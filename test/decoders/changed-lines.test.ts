import { expect, it } from 'vitest';
import { changedLines } from '../../src/decoders/changed-lines.js';

it('names the lines that masking has changed, and what was masked in them', () => {
  const before = 'a\ntoken=x\nsame [y redacted]\nhttp://me:pw@x/ [y redacted]\nz';
  const after = 'a\ntoken=[token redacted]\nsame [y redacted]\nhttp://%5Blogin%20redacted%5D@x/ [y redacted]\nZ';
  expect(changedLines(before, after, 9)).toEqual({
    lines: [
      { line: 2, name: 'token' },
      { line: 4, name: 'login' },
      { line: 5, name: 'value' },
    ],
    count: 3,
  });
  expect(changedLines(before, after, 1)).toEqual({ lines: [{ line: 2, name: 'token' }], count: 3 });
  expect(changedLines(before, before, 9)).toEqual({ lines: [], count: 0 });
});

it('names the first where lines are gone, or were added', () => {
  expect(changedLines('a\n-----BEGIN\nx\nx\nb', 'a\n[private key redacted]\nb', 9)).toEqual({
    lines: [{ line: 2, name: 'private key' }],
    count: 1,
  });
  expect(changedLines('a', 'a\nb', 9)).toEqual({ lines: [], count: 1 });
});

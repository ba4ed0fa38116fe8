import { decodeGoPanics } from '../../decoders/go-panic.js';
import { readTail } from '../../io/tail.js';
import type { PanicLogFacts } from './facts.js';

/** Bytes that are read of its end: many crashes. */
const mostBytes = 1_000_000;

/** What rg-listener wrote when it crashed. */
export function panicLogAt(path: string | undefined): PanicLogFacts {
  if (path === undefined) return { state: 'not-set' };
  const tail = readTail(path, mostBytes);
  if (!tail.ok) {
    const { failure } = tail;
    return failure.code === 'file-not-found' ? { state: 'absent', path } : { state: 'unreadable', path, failure };
  }
  const { text, bytes, modifiedAt, cut } = tail.value;
  return {
    state: 'read',
    path,
    bytes,
    modifiedAt: new Date(modifiedAt).toISOString(),
    cut,
    log: decodeGoPanics(text),
  };
}

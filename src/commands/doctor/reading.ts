import { resolvePointer } from '../../model/pointer.js';

// Facts of other commands, of which nothing is taken for granted: they may be of an older version, or of somebody's own making.

/** What is there, where it is a text. */
export function textAt(facts: unknown, pointer: string): string | undefined {
  const value = resolvePointer(facts, pointer);
  return typeof value === 'string' ? value : undefined;
}

/** What is there, where it is a number that can be reckoned with. */
export function numberAt(facts: unknown, pointer: string): number | undefined {
  const value = resolvePointer(facts, pointer);
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** What is there, where it is a list; else an empty one. */
export function listAt(facts: unknown, pointer: string): readonly unknown[] {
  const value = resolvePointer(facts, pointer);
  return Array.isArray(value) ? value : [];
}

/** The names of what is there; of what has none, nothing. */
export function keysAt(facts: unknown, pointer: string): string[] {
  const value = resolvePointer(facts, pointer);
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
}

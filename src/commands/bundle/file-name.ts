/** UTF-16 units of the part of a name that comes from outside. */
const longest = 80;

/**
 * Names of files in one folder, each different whatever they are made from: small letters, digits, dots, hyphens. What a
 * host or an address is called becomes part of it; with `numbered` a number stands there instead, because it is not to be told.
 */
export function createFileNames(numbered: boolean): (kind: string, about: string, extension: string) => string {
  const taken = new Set<string>();
  const counts = new Map<string, number>();
  return (kind, about, extension) => {
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    const word = numbered && about !== '' ? String(count) : wordOf(about);
    const stem = word === '' ? kind : `${kind}-${word}`;
    let name = `${stem}.${extension}`;
    for (let next = 2; taken.has(name); next += 1) name = `${stem}-${next}.${extension}`;
    taken.add(name);
    return name;
  };
}

function wordOf(text: string): string {
  return text
    .toLowerCase()
    .slice(0, longest)
    .replace(/^\*\./, 'any.')
    .replace(/[^a-z0-9.]+/g, '-')
    .replace(/\.{2,}/g, '.')
    .replace(/^[-.]+|[-.]+$/g, '');
}

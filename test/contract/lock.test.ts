import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

interface Locked {
  readonly version?: string;
  readonly resolved?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
  packages: Readonly<Record<string, Locked>>;
};

/** Where Node would find a package from a place in the tree, nearest first. */
function placesOf(name: string, from: string): string[] {
  const parts = from === '' ? [] : from.split('/node_modules/');
  return Array.from({ length: parts.length + 1 }, (_, up) =>
    [...parts.slice(0, parts.length - up), name].join('/node_modules/').replace(/^(?!node_modules)/, 'node_modules/'),
  );
}

describe('the lock file', () => {
  it('records no download addresses', () => {
    expect(Object.entries(packages).filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
  });

  it('has the packages of every platform: npm ci refuses a lock that knows only those of the machine it was made on', () => {
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.entries(optionalDependencies)
        .filter(([name]) => !placesOf(name, path).some((place) => packages[place] !== undefined))
        .map(([name]) => `${name} of ${path}`),
    );
    expect(missing).toEqual([]);
  });
});

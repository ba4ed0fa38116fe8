import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Route } from '../../src/decoders/route-hops.js';

export interface RouteFixture {
  readonly name: string;
  readonly text: string;
  readonly route: Route;
}

/** What a program printed (`<case>.txt`), and beside it what that is as a route (`<case>.json`). */
export function routeFixtures(program: string): RouteFixture[] {
  const folder = join('test/fixtures', program);
  return readdirSync(folder)
    .filter((file) => file.endsWith('.txt'))
    .map((file) => {
      const name = file.replace(/\.txt$/, '');
      const read = (path: string) => readFileSync(join(folder, path), 'utf8');
      return { name, text: read(file), route: JSON.parse(read(`${name}.json`)) };
    });
}

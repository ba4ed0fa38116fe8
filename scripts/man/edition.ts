import { readFileSync } from 'node:fs';
import { version } from '../../src/cli/version.js';
import type { Edition } from './page.js';

/** The day on which the pages were first written: their date until the changelog has a release with one. */
const firstEdition = '2026-11-20';

/** Version and date of the pages: the latest release that CHANGELOG.md dates, `## 1.2.0 - 2027-01-31`. */
export function currentEdition(changelog = readFileSync('CHANGELOG.md', 'utf8')): Edition {
  const [, date] = /^## \[?\d+\.\d+\.\d+\S*.*?(\d{4}-\d{2}-\d{2})/m.exec(changelog) ?? [];
  return { version, date: date ?? firstEdition };
}

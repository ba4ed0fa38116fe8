import { describe, expect, it } from 'vitest';
import { createCsv } from '../../src/reporters/csv.js';
import { createHtml } from '../../src/reporters/html.js';
import { createJson } from '../../src/reporters/json.js';
import { createNagios } from '../../src/reporters/nagios.js';
import { createNdjson } from '../../src/reporters/ndjson.js';
import { createPrometheus } from '../../src/reporters/prometheus.js';
import type { CreateReporter, View } from '../../src/reporters/reporter.js';
import { createSarif } from '../../src/reporters/sarif.js';
import { loadText } from '../../src/reporters/text.js';
import { type Invented, nothing, one, several, worst, written } from './invented.js';
import { oddlyPlaced, placed } from './placed.js';
import { related } from './related.js';

const plainText = await loadText({ colour: false });

/** After a change that is meant: `npx vitest run test/reporters -u`, then read each difference. */
const runs: Readonly<Record<string, Invented>> = { one, several, worst, nothing, placed, odd: oddlyPlaced, related };

const formats: readonly { name: string; create: CreateReporter; view?: Partial<View>; of: readonly string[] }[] = [
  { name: '80.txt', create: plainText, of: ['one', 'several', 'worst', 'nothing', 'placed', 'odd', 'related'] },
  { name: '40.txt', create: plainText, view: { width: 40 }, of: ['placed', 'odd', 'related'] },
  { name: '120.txt', create: plainText, view: { width: 120 }, of: ['one', 'several'] },
  {
    name: 'verbose.txt',
    create: plainText,
    view: { verbose: true },
    of: ['one', 'several', 'worst', 'placed', 'related'],
  },
  {
    name: 'colour.txt',
    create: await loadText({ colour: true }),
    view: { colour: true },
    of: ['one', 'several', 'worst', 'placed', 'related'],
  },
  { name: 'json', create: createJson, of: ['one', 'several', 'worst', 'nothing', 'placed', 'related'] },
  { name: 'ndjson', create: createNdjson, of: ['several', 'worst', 'nothing', 'related'] },
  { name: 'nagios', create: createNagios, of: ['one', 'several', 'worst', 'nothing', 'placed', 'related'] },
  { name: 'prom', create: createPrometheus, of: ['one', 'several', 'worst', 'nothing', 'placed', 'related'] },
  { name: 'sarif', create: createSarif, of: ['one', 'nothing', 'placed', 'odd', 'related'] },
  { name: 'verbose.sarif', create: createSarif, view: { verbose: true }, of: ['placed', 'related'] },
  { name: 'html', create: createHtml, of: ['one', 'several', 'worst', 'nothing', 'placed', 'odd', 'related'] },
  { name: 'verbose.html', create: createHtml, view: { verbose: true }, of: ['one', 'placed', 'related'] },
  { name: 'csv', create: createCsv, of: ['worst'] },
];

describe.each(formats)('$name', ({ name, create, view, of }) => {
  it.each(of)('%s is as it was', async (run) => {
    const invented = runs[run];
    if (invented === undefined) throw new Error(`no run called ${run}`);
    await expect(written(create, invented, view)).toMatchFileSnapshot(`../golden/reporters/${run}.${name}`);
  });
});

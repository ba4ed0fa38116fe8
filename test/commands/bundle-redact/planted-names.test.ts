import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundle, caseFolder, confText, wholeBundle } from '../bundle/bundles.js';
import { folders, told } from '../bundle-verify/bundles.js';
import { namesLeft, type PlantedNames, plantedNames } from './planted-names.js';

const { folder } = folders('rg-diag-planted-');
const cases = caseFolder();
let planted: PlantedNames;

beforeAll(async () => {
  planted = await plantedNames();
});
afterAll(cases.close);

const filesOf = (path: string) => new Map(readdirSync(path).map((name) => [name, readFileSync(join(path, name))]));

describe('names, one per place', () => {
  it('are in no file of bundle redact --anonymise, nor in the name of one', async () => {
    const { log, har, map, conf } = planted;
    const path = folder({
      'origin-log-1.txt': log,
      'har-1.har': har,
      'railgun-nat.conf.txt': map,
      'railgun.conf.txt': confText({ 'activation.railgun_host': conf }),
      'wide.txt': Buffer.from(`\ufeff${log}`, 'utf16le'),
    });
    const { exit, bad } = await told(['bundle', 'redact', path, '--anonymise']);
    expect([exit, bad]).toEqual([0, []]);
    expect(namesLeft(planted, filesOf(`${path}-redacted`))).toEqual([]);
  });

  it('are in no file of bundle --anonymise, nor in the name of one', async () => {
    const { log, har, map, conf } = planted;
    const nat = cases.file('railgun-nat.conf', map);
    const config = cases.file('railgun.conf', confText({ 'activation.railgun_host': conf, 'map.file': nat }));
    const words = ['--config', config, '--origin-log', cases.file('web.log', log), '--har', cases.file('a.har', har)];
    const more = ['--anonymise', '--skip', 'checks', '--skip', 'route', '--skip', 'dns'];
    const { directory } = await bundle(cases, [...words, ...more]);
    const { files } = wholeBundle(directory);
    expect([...files.keys()]).toEqual(
      expect.arrayContaining(['origin-log-1.txt', 'har-1.har', 'railgun-nat.conf.txt']),
    );
    expect(namesLeft(planted, files)).toEqual([]);
  });

  it('are in no name of a file: each is called differently, keeps its extension, and others call it that', async () => {
    const long = `${'k'.repeat(60)}.${'q'.repeat(60)}.example`;
    const names = ['shop.example.com', '203.0.113.8', '2001-db8-17', long.slice(0, 80)];
    const files = Object.fromEntries(names.map((name) => [`route-to-origin-${name}.txt`, 'x\n']));
    const path = folder({
      ...files,
      'origin-hidden.owner.example.txt': 'what only the name of the file tells\n',
      'a.shop.example.com.json': '1\n',
      'TICKET.txt': `${Object.keys(files).join('\n')}\nhttps://shop.example.com/ https://${long}/ 203.0.113.8 2001:db8::17\n`,
    });
    const { exit, facts } = await told(['bundle', 'redact', path, '--anonymise']);
    expect(exit).toBe(0);
    const made = filesOf(`${path}-redacted`);
    expect(made.size).toBe(Object.keys(files).length + 4);
    const ticket = made.get('TICKET.txt')?.toString('utf8') ?? '';
    const listed = JSON.parse(made.get('manifest.json')?.toString('utf8') ?? '').files as { file: string }[];
    expect(listed.map(({ file }) => file).sort()).toEqual(
      [...made.keys()].filter((name) => name !== 'manifest.json').sort(),
    );
    const routes = [...made.keys()].filter((name) => name.startsWith('route-to-origin-'));
    expect(routes.map((name) => [ticket.includes(name), /\.txt$/.test(name)])).toEqual(names.map(() => [true, true]));
    for (const [name, content] of made) {
      expect(`${name}\n${content}`).not.toMatch(/shop\.example|203\.0\.113|2001[:-]db8|k{20}|hidden|owner/);
    }
    expect(JSON.stringify(facts.files)).not.toMatch(/shop\.example/);
    const { files: renamed } = JSON.parse(readFileSync(`${path}-redacted.map.json`, 'utf8'));
    expect(renamed).toContainEqual({
      file: expect.stringMatching(/^route-to-origin-(?:name|domain)-\d+\.txt$/),
      original: 'route-to-origin-shop.example.com.txt',
    });
    expect((await told(['bundle', 'verify', `${path}-redacted`])).exit).toBe(0);
  });
});

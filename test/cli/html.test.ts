import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Chromium } from '../reporters/chromium.js';
import { attacks } from '../reporters/markup-attacks.js';
import { closedPort, closingPeer, type Peer } from '../servers/peers.js';
import { rgDiag } from './run.js';

const folder = mkdtempSync(join(tmpdir(), 'rg-diag-html-'));
let chromium: Chromium;
beforeAll(async () => {
  chromium = await Chromium.start();
});
afterAll(async () => {
  await chromium?.close();
  rmSync(folder, { recursive: true });
});

/** The page that was written, opened, and what it says. */
async function opened(words: readonly string[], values: readonly string[] = []): Promise<string> {
  const file = join(folder, 'report.html');
  rmSync(file, { force: true });
  const { stdout, stderr } = await rgDiag([...words, '-v', '--ticket', '-f', 'html', '-o', file, ...values]);
  expect({ stdout, stderr }).toEqual({ stdout: '', stderr: '' });
  const did = await chromium.open(readFileSync(file, 'utf8'));
  expect(did).toMatchObject({ scripts: 0, complaints: [] });
  expect(did.requests).toHaveLength(1);
  const names = await chromium.evaluate<string[]>(
    `[...document.querySelectorAll('*')].flatMap((e) => [e.localName, ...e.getAttributeNames()])`,
  );
  expect(names.filter((name) => /evil|^on|^(script|img|iframe|link|base|form|input|src|srcdoc)$/.test(name))).toEqual(
    [],
  );
  return chromium.evaluate<string>('document.documentElement.textContent');
}

const evil = '<x-evil>';
/** What a header or a configuration may hold. */
const plain = attacks.filter((attack) => /^[\x20-\x7e]+$/.test(attack));
const text = plain.join(' ');
const file = (name: string, lines: readonly string[]) => {
  const path = join(folder, name);
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
};

describe('the text of a peer is inert in the page of', () => {
  const head = `HTTP/1.1 200 ${text}\r\nServer: ${text}\r\nCF-RAY: ${evil}\r\nX-Cache: ${evil}\r\nConnection: close\r\n\r\n${text}\n`;
  const ways: readonly (readonly [name: string, says: string, words: (at: string) => readonly string[]])[] = [
    ['probe', `220 ${text}\r\n`, (at) => ['probe', at, '--banner', '--read-timeout', '1']],
    ['memcached', `${text}\r\n`, (at) => ['memcached', at]],
    ['trace', head, (at) => ['trace', at, '--http']],
    ['origin', head, (at) => ['origin', `http://${at}/`, '--mode', 'off', '--public', 'never']],
  ];

  it.each(ways)('%s', async (_, says, words) => {
    const peer: Peer = await closingPeer(says);
    try {
      expect(await opened([...words(`${peer.address}:${peer.port}`), '--timeout', '10'])).toContain(evil);
    } finally {
      await peer.close();
    }
  });
});

describe('the text of a file is inert in the page of', () => {
  it('logs', async () => {
    const lines = attacks.map((attack) => `connection failed 192.0.2.1:443/${attack}: ${attack}`);
    expect(await opened(['logs', file('listener.log', lines)])).toContain(evil);
  });

  it('config check', async () => {
    const keys = ['wan.port', 'map.file', 'memcached.servers', 'log.level', 'wan.prot'];
    const lines = plain.flatMap((attack) => [`${attack} = ${attack}`, ...keys.map((key) => `${key} = ${attack}`)]);
    expect(await opened(['config', 'check', file('railgun.conf', lines)])).toContain(evil);
  });

  it('decode', async () => {
    const lines = attacks.map((attack) => `Cf-Railgun: ${attack}`);
    expect(await opened(['decode', '-i', file(`${evil.slice(1, -1)} "access".log`, lines)])).toContain(evil);
  });
});

describe('the command line', () => {
  it('is inert, too, and so is a list of targets', async () => {
    expect(await opened(['decode'], ['--', ...attacks.filter((attack) => !attack.includes('\0'))])).toContain(evil);
    const list = file(
      'targets',
      attacks.map((attack) => attack.replaceAll(/[\0\r\n]/g, '')),
    );
    expect(await opened(['probe', '--targets', list, '--timeout', '10'])).toContain(evil);
  });

  it('has a page for a run of nothing but failures', async () => {
    const { address, port } = await closedPort();
    const page = await opened(['probe', `${address}:${port}`]);
    expect(page).toContain('FAIL');
    expect(page).toMatch(/connection-refused/);
  });
});

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rgDiag } from '../../cli/run.js';
import { validateRun } from '../../schema.js';
import { createGround, type Ground } from './ground.js';
import { type Recorder, startRecorder } from './recorder.js';
import { host } from './scenario.js';

const canary = 'hunter2';

let ground: Ground;
let server: Recorder;

beforeAll(async () => {
  ground = await createGround();
  server = await startRecorder({ chain: ground.good });
});
afterAll(async () => {
  await server?.close();
  await ground?.close();
});

let files = 0;

/** Writes a file; its path. */
function file(content: string | Buffer): string {
  files += 1;
  const path = join(ground.authority.folder, `given-${files}`);
  writeFileSync(path, content);
  return path;
}

/** No text, and the same in every run. */
const binary = Buffer.from(Array.from({ length: 3000 }, (_, index) => (index * 167 + 13) % 256));

type Make = () => string;

const missing: Make = () => join(ground.authority.folder, 'not-there');
const folder: Make = () => {
  files += 1;
  const path = join(ground.authority.folder, `folder-${files}`);
  mkdirSync(path);
  return path;
};

/** What is said about a run with an option that names a file; the trust store is that of the ground unless it is meant. */
async function ranWith(option: string, path: string) {
  const trust = option === '--ca-file' ? [] : ['--ca-file', ground.authority.root.file];
  const args = ['origin', `${host}:${server.port}`, '--ip', '127.0.0.1', '--public', 'never', ...trust, option, path];
  const before = server.requests.length;
  const ran = await rgDiag([...args, '--json']);
  const run = JSON.parse(ran.stdout);
  expect(ran.stderr).toBe('');
  expect(validateRun(run)).toEqual([]);
  return { exit: ran.exit, report: run.reports[0], stdout: ran.stdout, asked: server.requests.length - before };
}

const certificate = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';
const key = `-----BEGIN PRIVATE KEY-----\n${canary}\n-----END PRIVATE KEY-----\n`;

const unusable: readonly (readonly [option: string, what: string, make: Make, says: RegExp])[] = [
  ['--header-file', 'missing', missing, /no such file/],
  ['--header-file', 'a folder', folder, /is a directory/],
  ['--header-file', 'binary', () => file(binary), /line 1 is not Name: value/],
  ['--header-file', 'huge', () => file(`X-A: ${'a'.repeat(1_000_001)}\n`), /longer than the 1000000 bytes/],
  ['--header-file', 'without a colon', () => file(`X-A: 1\n${canary}\n`), /line 2 is not Name: value/],
  ['--header-file', 'a blank before the colon', () => file(`X-A : ${canary}\n`), /line 1 is not Name: value/],
  ['--header-file', 'folded', () => file(`X-A: 1\n ${canary}: 2\n`), /line 2 is not Name: value/],
  ['--header-file', 'a control character', () => file(`X-A: ${canary}\u0000\n`), /line 1: the value of X-A/],
  ['--header-file', 'a carriage return', () => file(`X-A: ${canary}\rX-B: 1\n`), /line 1: the value of X-A/],
  ['--client-cert', 'missing', missing, /no such file/],
  ['--client-cert', 'a certificate without its key', () => ground.good[0]?.file ?? '', /holds no key/],
  ['--client-cert', 'a key without its certificate', () => ground.good[0]?.keyFile ?? '', /holds no certificate/],
  ['--client-cert', 'garbage', () => file(certificate + key), /cannot be used as a certificate with its key/],
  [
    '--client-cert',
    'the key of another certificate',
    () => file(`${ground.good[0]?.pem}${ground.authority.root.key}`),
    /key values mismatch/,
  ],
  ['--ca-file', 'missing', missing, /no such file/],
  ['--ca-file', 'no certificate', () => file(`X-A: ${canary}\n`), /no certificate/],
  ['--add-ca', 'missing', missing, /no such file/],
  ['--crl-file', 'missing', missing, /no such file/],
  ['--crl-file', 'binary', () => file(binary), /holds no CRL/],
  ['--crl-file', 'text', () => file(`${canary}\n`), /holds no CRL/],
  ['--crl-file', 'empty', () => file(''), /holds no CRL/],
  ['--crl-file', 'a certificate', () => ground.good[0]?.file ?? '', /holds no CRL/],
];

describe('a file that cannot be used', () => {
  it.concurrent.each(unusable)('%s: %s', async (option, _, make, says) => {
    const path = make();
    const { exit, report, stdout, asked } = await ranWith(option, path);
    expect(exit).toBe(3);
    expect(asked).toBe(0);
    expect(report.verdict).toBe('unknown');
    expect(report.findings).toMatchObject([{ rule: 'origin/readable', status: 'broken' }]);
    expect(report.findings[0].says).toContain(path);
    expect(report.findings[0].says).toMatch(says);
    expect(stdout).not.toContain(canary);
  });
});

const conf = (text: string) => file(`activation.token = ${canary}\n${text}\n`);

const unusableConfs: readonly (readonly [what: string, make: Make, says: RegExp])[] = [
  ['missing', missing, /no such file.*not-there/],
  ['a folder', folder, /folder-\d+ is a directory/],
  ['binary', () => file(binary), /given-\d+ is no text/],
  ['map.file missing', () => conf('map.file = /nonexistent/nat.conf'), /map\.file of .*\/nonexistent\/nat\.conf/],
  ['map.file binary', () => conf(`map.file = ${file(binary)}`), /map\.file of .*given-\d+ is no text/],
  ['ca.bundle missing', () => conf('ca.bundle = /nonexistent/ca.pem'), /\/nonexistent\/ca\.pem/],
];

describe('a railgun.conf that cannot be used', () => {
  it.each(unusableConfs)('%s: the way of the edge is judged all the same', async (_, make, says) => {
    const { exit, report, stdout, asked } = await ranWith('--railgun', make());
    expect(exit).toBe(3);
    expect(asked).toBe(1);
    expect(report.facts.edge).toMatchObject({ code: null });
    expect(report.facts.railgun.code).toBeUndefined();
    const broken = report.findings.filter(({ status }: Record<string, string>) => status === 'broken');
    expect(broken).toMatchObject([{ says: expect.stringMatching(says) }]);
    expect(stdout).not.toContain(canary);
  });
});

it('files that are as they should be are used', async () => {
  const identity = file(`${ground.good[0]?.pem}${ground.good[0]?.key}`);
  expect((await ranWith('--client-cert', identity)).exit).toBe(0);
  const { file: list } = await ground.authority.crl();
  expect((await ranWith('--crl-file', list)).exit).toBe(0);
  expect((await ranWith('--header-file', file('\n# nothing\n'))).exit).toBe(0);
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  linkSync,
  lstatSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Explanation, MeasureContext } from '../../../src/commands/command.js';
import { act } from '../../../src/commands/config-check/act.js';
import { explain } from '../../../src/commands/config-check/explain.js';
import type { ConfigFacts } from '../../../src/commands/config-check/facts.js';
import { look } from '../../../src/commands/config-check/look.js';
import { readFromDisk } from '../../../src/commands/config-check/read-file.js';
import { program, rgDiag } from '../../cli/run.js';
import { canBeNobody, check, checkAsNobody, folders } from './checked.js';

const folderOf = folders();
const token = 'a1B2c3D4e5F6a7B8c9D0e1F2a3B4c5D6';

/** What is safe to put right, and much that is not. */
const slips = `# keep me; "as I am"
Activation.Token = "${token}";
activation.railgun_host = 203.0.113.7;
memcached.servers = 127.0.0.1:11211;   \n
wan.prot = 2408;
log.level = "0"
log.level = 0
  # log.level = 0;
stream.size = 9999999
garbage;
`;
const mended = `# keep me; "as I am"
Activation.Token = ${token}
activation.railgun_host = 203.0.113.7
memcached.servers = 127.0.0.1:11211   \n
wan.prot = 2408
log.level = 0
  # log.level = 0;
stream.size = 9999999
garbage;
`;

describe('--fix', () => {
  it('does what is safe, says what it did, and reports what is left', async () => {
    const folder = folderOf({ 'railgun.conf': slips });
    const path = join(folder, 'railgun.conf');
    const before = await check([path]);
    expect(readFileSync(path, 'utf8')).toBe(slips);
    const { exit, facts, bad, printed } = await check(['--fix', path]);
    expect(readFileSync(path, 'utf8')).toBe(mended);
    expect(facts.fixed).toMatchObject({ failures: [] });
    const rules = facts.fixed?.edits.map(({ rule, line }) => `${rule.slice('config-check/'.length)} ${line}`);
    expect(rules?.sort()).toEqual([
      'duplicate-key 8',
      'quotation-marks 2',
      'quotation-marks 2',
      'quotation-marks 7',
      'quotation-marks 7',
      'semicolon 2',
      'semicolon 3',
      'semicolon 4',
      'semicolon 6',
    ]);
    // What was reported as safe is what is gone.
    const safe = before.findings.filter(({ fix }) => fix !== undefined).map(({ rule }) => rule);
    expect(safe).toContain('config-check/semicolon');
    expect(bad.filter((line) => /semicolon|quotation|duplicate/.test(line))).toEqual([]);
    expect([exit, bad.length > 0]).toEqual([2, true]);
    expect(printed).not.toContain(token);
    expect(readdirSync(folder)).toEqual(['railgun.conf']);
  });

  it('turns on no key that did nothing, by its case', async () => {
    const text = 'Insecure.Origin = 1\nWAN.TLS = 0\n';
    const path = join(folderOf({ 'railgun.conf': text }), 'railgun.conf');
    const { facts, bad } = await check(['--fix', path]);
    expect([readFileSync(path, 'utf8'), facts.fixed?.edits]).toEqual([text, []]);
    expect(bad.filter((line) => line.includes('key-case')).length).toBe(2);
  });

  it('puts right more than is shown', async () => {
    const path = join(folderOf({ 'railgun.conf': 'unknown.key = 1;\n'.repeat(250) }), 'railgun.conf');
    const slips = (found: typeof before) => found.findings.filter(({ rule }) => rule === 'config-check/semicolon');
    const before = await check([path]);
    expect([slips(before).length, slips(before).at(-1)?.says]).toEqual([
      101,
      'more like these: the first 100 are shown',
    ]);
    expect(slips(before).at(-1)?.fix).toBeUndefined();
    const after = await check(['--fix', path]);
    expect(readFileSync(path, 'utf8')).toBe('unknown.key = 1\n');
    expect([slips(after).map(({ status }) => status), after.facts.fixed?.failures]).toEqual([['pass'], []]);
  });

  it('done again does nothing, nor does it touch the file', async () => {
    const path = join(folderOf({ 'railgun.conf': mended }), 'railgun.conf');
    const { ino, mtimeMs } = statSync(path);
    const { facts } = await check(['--fix', path]);
    expect(facts.fixed).toEqual({ edits: [], failures: [] });
    const after = statSync(path);
    expect([readFileSync(path, 'utf8'), after.ino, after.mtimeMs]).toEqual([mended, ino, mtimeMs]);
  });

  it('changes no byte that it does not name, in files that are no UTF-8 either', async () => {
    const bytes = Buffer.concat([
      Buffer.from('# \u00fcber\r\nwan.port = 2408;\r\n', 'latin1'),
      Buffer.from([0x23, 0xff, 0xfe, 0x80, 0x0d]),
      Buffer.from('pid.file = /t\u00fcr;', 'latin1'),
    ]);
    const path = join(folderOf({ 'railgun.conf': bytes }), 'railgun.conf');
    await check(['--fix', path]);
    const expected = Buffer.from(bytes.toString('latin1').replaceAll(';', ''), 'latin1');
    expect(readFileSync(path).equals(expected)).toBe(true);
  });

  it('keeps owner, mode and the link that leads there', async () => {
    const folder = folderOf({ real: 'wan.port = 2408;\n' });
    chmodSync(join(folder, 'real'), 0o640);
    if (process.getuid?.() === 0) chownSync(join(folder, 'real'), 4711, 4712);
    const { uid, gid } = statSync(join(folder, 'real'));
    symlinkSync('real', join(folder, 'railgun.conf'));
    await check(['--fix', join(folder, 'railgun.conf')]);
    const after = statSync(join(folder, 'real'));
    expect(readFileSync(join(folder, 'real'), 'utf8')).toBe('wan.port = 2408\n');
    expect([after.uid, after.gid, after.mode & 0o7777]).toEqual([uid, gid, 0o640]);
    expect(lstatSync(join(folder, 'railgun.conf')).isSymbolicLink()).toBe(true);
    expect(readdirSync(folder).sort()).toEqual(['railgun.conf', 'real']);
  });

  it('leaves a file with two names alone, and says so', async () => {
    const folder = folderOf({ 'railgun.conf': 'wan.port = 2408;\n' });
    linkSync(join(folder, 'railgun.conf'), join(folder, 'other'));
    const { exit, bad } = await check(['--fix', join(folder, 'railgun.conf')]);
    expect([exit, bad.includes('fail config-check/fixed write-failed')]).toEqual([2, true]);
    expect(readFileSync(join(folder, 'other'), 'utf8')).toBe('wan.port = 2408;\n');
  });

  it('puts all files right that it can', async () => {
    const folder = folderOf({ one: 'wan.port = 2408;\n', two: 'wan.port = "2408"\n', three: 'wan.port = 1;\n' });
    linkSync(join(folder, 'two'), join(folder, 'other'));
    const { facts, bad } = await check(['--fix', ...['one', 'two', 'three'].map((name) => join(folder, name))]);
    expect(facts.fixed?.failures.map(({ path }) => path)).toEqual([join(folder, 'two')]);
    expect(bad.filter((line) => line.includes('/fixed'))).toEqual(['fail config-check/fixed write-failed']);
    const texts = ['one', 'two', 'three'].map((name) => readFileSync(join(folder, name), 'utf8'));
    expect(texts).toEqual(['wan.port = 2408\n', 'wan.port = "2408"\n', 'wan.port = 1\n']);
  });

  it('puts a file right once that is named twice', async () => {
    const folder = folderOf({ 'railgun.conf': 'wan.port = "2408";\n' });
    symlinkSync('railgun.conf', join(folder, 'link'));
    const { facts } = await check(['--fix', 'railgun.conf', './railgun.conf', 'link'], { cwd: folder });
    expect([facts.fixed?.edits.length, facts.fixed?.failures]).toEqual([3, []]);
    expect(readFileSync(join(folder, 'railgun.conf'), 'utf8')).toBe('wan.port = 2408\n');
  });

  it('reads regular files only: they are read again', async () => {
    const { exit, bad } = await check(['--fix', '/dev/null']);
    expect([exit, bad]).toEqual([3, ['broken config-check/readable not-a-file']]);
  });

  it('says in words what it did', async () => {
    const path = join(folderOf({ 'railgun.conf': 'wan.port = 2408;\n' }), 'railgun.conf');
    const { stdout } = await rgDiag(['config', 'check', '--fix', path]);
    expect(stdout.replace(/\s+/g, ' ')).toContain(`put right: 1 place (${path}: line 1)`);
  });

  it('says first which lines it changed, and how', async () => {
    const map = 'default = 127.0.0.1\na.example = 10.0.0.3;\nb.example = ::1\nb.example = ::1\n';
    const folder = folderOf({ 'railgun.conf': 'wan.port = "2408";\nlog.level = 0\nlog.level = 0\n', 'nat.conf': map });
    const line = ['config', 'check', '--fix', 'railgun.conf', 'nat.conf'];
    const { stdout } = await rgDiag(line, { cwd: folder, env: { COLUMNS: '200' } });
    const [, answer, ...rest] = stdout.split('\n\n');
    expect(answer?.replace(/\s+/g, ' ')).toMatch(
      /^ 6 places were put right\. Left: \d+ failed, .* in 2 files; first: railgun\.conf/,
    );
    const rows = rest[0]
      ?.split('\n')
      .slice(2)
      .map((row) => row.trim().split(/ {2,}/));
    expect(rows).toEqual([
      ['railgun.conf:1', 'semicolon taken away, quotation marks taken away'],
      ['railgun.conf:3', 'line taken out: an earlier one says the same'],
      ['nat.conf:2', 'the target is 10.0.0.3 now'],
      ['nat.conf:4', 'line taken out: an earlier one says the same'],
    ]);
    expect(readFileSync(join(folder, 'nat.conf'), 'utf8')).toBe(
      'default = 127.0.0.1\na.example = 10.0.0.3\nb.example = ::1\n',
    );
  });

  it('writes to no map that only a relative path leads to, and says why', async () => {
    const map = 'a.example = 10.0.0.3;\n';
    const [conf, here] = [folderOf({ 'railgun.conf': 'map.file = nat.conf;\n' }), folderOf({ 'nat.conf': map })];
    const path = join(conf, 'railgun.conf');
    for (const fix of [[], ['--fix']]) {
      const { facts, findings } = await check([...fix, path], { cwd: here });
      const finding = findings.find(({ rule, status }) => rule === 'config-check/map-line' && status === 'fail');
      expect(finding?.fix).toBeUndefined();
      expect(finding?.remedy).toContain('--fix leaves this file alone');
      expect(facts.fixed?.edits.map(({ file }) => file) ?? [path]).toEqual([path]);
      expect(readFileSync(join(here, 'nat.conf'), 'utf8')).toBe(map);
    }
    // The same one, named.
    const { facts } = await check(['--fix', path, 'nat.conf'], { cwd: here });
    expect(facts.fixed?.edits.map(({ file }) => file)).toEqual(['nat.conf']);
    expect(readFileSync(join(here, 'nat.conf'), 'utf8')).toBe('a.example = 10.0.0.3\n');
  });

  it('takes no line of a map out that may be the last one that counts', async () => {
    const map = 'a.example = 10.0.0.6\na.example = 10.0.0.5;\na.example = 10.0.0.6\n';
    const folder = folderOf({ 'nat.conf': map });
    await check(['--fix', join(folder, 'nat.conf')]);
    expect(readFileSync(join(folder, 'nat.conf'), 'utf8')).toBe(map.replace(';', ''));
  });

  it('writes to a map that an absolute path leads to', async () => {
    const folder = folderOf({ 'nat.conf': 'a.example = 10.0.0.3;\n' });
    const path = join(folder, 'railgun.conf');
    writeFileSync(path, `map.file = ${folder}/nat.conf\n`);
    await check(['--fix', path], { cwd: '/' });
    expect(readFileSync(join(folder, 'nat.conf'), 'utf8')).toBe('a.example = 10.0.0.3\n');
  });

  it.skipIf(!canBeNobody)('of somebody who may not write to the folder changes nothing, and fails', () => {
    const folder = folderOf({ 'railgun.conf': 'wan.port = 2408;\n' });
    chmodSync(join(folder, 'railgun.conf'), 0o666);
    const { exit, bad } = checkAsNobody(['--fix', join(folder, 'railgun.conf')]);
    expect([exit, bad.includes('fail config-check/fixed permission-denied')]).toEqual([2, true]);
    expect(readFileSync(join(folder, 'railgun.conf'), 'utf8')).toBe('wan.port = 2408;\n');
    expect(readdirSync(folder)).toEqual(['railgun.conf']);
  });

  it.skipIf(!canBeNobody)('of somebody who may write but cannot keep the owner changes nothing, and fails', () => {
    const folder = folderOf({ 'railgun.conf': 'wan.port = 2408;\n' });
    chmodSync(folder, 0o777);
    chmodSync(join(folder, 'railgun.conf'), 0o666);
    const { exit, facts } = checkAsNobody(['--fix', join(folder, 'railgun.conf')]);
    expect([exit, facts.fixed?.failures[0]?.failure.code]).toEqual([2, 'permission-denied']);
    expect(statSync(join(folder, 'railgun.conf')).uid).toBe(0);
    expect(readdirSync(folder)).toEqual(['railgun.conf']);
  });

  it('that is killed leaves the old file or the new one', async () => {
    const old = `# ${'x'.repeat(500_000)}\n${'pid.file = /run/railgun.pid;\n'.repeat(200)}`;
    let killed = 0;
    for (let run = 0; run < 6; run += 1) {
      const folder = folderOf({ 'railgun.conf': old });
      const path = join(folder, 'railgun.conf');
      const child = spawn(program, ['config', 'check', '--fix', path], { stdio: 'ignore' });
      const ended = once(child, 'close');
      // As soon as there is a new file beside it.
      while (child.exitCode === null && readdirSync(folder).length === 1) {
        await new Promise((resolve) => setImmediate(resolve));
      }
      child.kill('SIGKILL');
      await ended;
      if (child.signalCode === 'SIGKILL') killed += 1;
      const text = readFileSync(path, 'utf8');
      expect([old, `# ${'x'.repeat(500_000)}\npid.file = /run/railgun.pid\n`].includes(text)).toBe(true);
    }
    expect(killed).toBeGreaterThan(0);
  });
});

/** One run in this process, where what happens meanwhile can be had a hand in. */
async function run(path: string, meanwhile: () => void = () => undefined): Promise<ConfigFacts> {
  const context = {
    signal: new AbortController().signal,
    now: () => Date.parse('2026-11-20T12:00:00Z'),
    judge: async (_: string, facts: ConfigFacts): Promise<Explanation> => {
      meanwhile();
      return explain(facts);
    },
  } as unknown as MeasureContext;
  const target = { files: [path] };
  const facts = await look(target, { fix: true }, context, (name) => readFromDisk(name, context.signal, 'regular'));
  return (await act(target, { facts, explanation: explain(facts) }, context)).facts;
}

describe('what somebody else did meanwhile', () => {
  it.each<[string, string]>([
    ['added', 'wan.port = 2408;\nlog.level = 1\n'],
    ['put right', 'wan.port = 2408\n'],
    ['emptied', ''],
    ['changed elsewhere', 'wan.port = 2409;\n'],
  ])('stays: %s', async (_, theirs) => {
    const folder = folderOf({ 'railgun.conf': 'wan.port = 2408;\n' });
    const path = join(folder, 'railgun.conf');
    const facts = await run(path, () => writeFileSync(path, theirs));
    expect(facts.fixed).toMatchObject({ edits: [], failures: [{ path, failure: { code: 'busy' } }] });
    expect([readFileSync(path, 'utf8'), readdirSync(folder)]).toEqual([theirs, ['railgun.conf']]);
    const finding = explain(facts).findings.find(({ rule }) => rule === 'config-check/fixed');
    expect(finding).toMatchObject({ status: 'fail', code: 'busy' });
    // The rest of what is said is about what stands there now.
    expect(facts.configs[0]?.settings.length).toBe(theirs.split('\n').length - 1);
  });
});

describe('invented files', () => {
  const key = fc.constantFrom(
    'wan.port',
    'Wan.Port',
    'log.level',
    'activation.token',
    'ACTIVATION.TOKEN',
    'pid.file',
    'wan.prot',
    'example.com',
  );
  const plain = fc.constantFrom('2408', '0', '', token, '/run/a b', '127.0.0.1', '# no comment', '"', "'");
  const value = fc
    .tuple(plain, fc.constantFrom('%', '%;', '"%"', "'%'", '"%";', '"%;"', '%;;', '% ; ', '\'"%"\''))
    .map(([text, shape]) => shape.replace('%', () => text));
  const equals = fc.constantFrom('=', ' = ', '\t=  ');
  const setting = fc.tuple(fc.constantFrom('', ' '), key, equals, value).map((parts) => parts.join(''));
  const comment = fc.string({ maxLength: 8, unit: fc.constantFrom('a', ';', '"', '=', '#', '\u00e9', ' ') });
  const line = fc.oneof(
    { weight: 5, arbitrary: setting },
    comment.map((text) => ` #${text}`),
    fc.constantFrom('', '  ', 'garbage;', '= 1;'),
  );
  const end = fc.constantFrom('\n', '\n', '\r\n', '\r');
  const file = fc
    .tuple(fc.constantFrom('', '', '\ufeff'), fc.array(fc.tuple(line, end), { maxLength: 12 }), fc.boolean())
    .map(([mark, lines, isLatin]) => {
      const text = mark + lines.flat().join('');
      return Buffer.from(isLatin ? text.slice(mark.length) : text, isLatin ? 'latin1' : 'utf8');
    });

  /** What slips are made of does not count. */
  const bare = (text: string) => text.replace(/[;"'\ufeff \t]/g, '');
  const linesOf = (bytes: Buffer) =>
    bytes
      .toString('latin1')
      .replace(/^\u00ef\u00bb\u00bf/, '')
      .split(/\r\n|[\r\n]/);

  it('are put right once, with their comments, in their order, and nothing else is changed', async () => {
    let fixed = 0;
    await fc.assert(
      fc.asyncProperty(file, async (bytes) => {
        const path = join(folderOf({ 'railgun.conf': bytes }), 'railgun.conf');
        const first = await run(path);
        const once = readFileSync(path);
        expect(first.fixed?.failures).toEqual([]);
        if (first.fixed?.edits.length === 0) expect(once.equals(bytes)).toBe(true);
        else fixed += 1;

        const second = await run(path);
        expect(second.fixed).toEqual({ edits: [], failures: [] });
        expect(readFileSync(path).equals(once)).toBe(true);
        expect({ ...second, fixed: undefined }).toEqual({ ...first, fixed: undefined });

        const isComment = (text: string) => /^[ \t]*#/.test(text);
        const [before, after] = [linesOf(bytes), linesOf(once)];
        expect(after.filter(isComment)).toEqual(before.filter(isComment));
        let at = -1;
        for (const text of after) {
          at = before.findIndex((other, index) => index > at && bare(other) === bare(text));
          expect(at).toBeGreaterThanOrEqual(0);
        }
        const taken = first.fixed?.edits.filter(({ rule }) => rule === 'config-check/duplicate-key').length;
        expect(before.length - after.length).toBe(taken);
      }),
      { numRuns: 150 },
    );
    expect(fixed).toBeGreaterThan(20);
  });
});

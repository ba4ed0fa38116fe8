import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ConfigFacts } from '../../../src/commands/config-check/facts.js';
import { readMap } from '../../../src/commands/config-check/map-facts.js';
import { mapRules } from '../../../src/commands/config-check/rules/of-maps.js';
import { decodeRailgunNat } from '../../../src/decoders/railgun-nat.js';
import { judge } from '../../../src/model/rule.js';
import { applyEdits } from '../../../src/model/source-edits.js';
import { check, folders } from './checked.js';

const folder = folders();
const token = 'token0123456789TOKEN987654321012';

/** A configuration that nothing is to be said against, and what is added to it. */
const conf = (lines: string) =>
  `activation.token = ${token}\nactivation.railgun_host = 8.8.4.4\nmemcached.servers = 10.0.0.9:11211\nvalidate.cert = 1\n${lines}`;

/** What the rules about maps and listeners say of a map, as `3:7 fail map-loop request-loop` (line and column first). */
async function saidOf(map: string, lines = '') {
  const at = folder({ 'railgun-nat.conf': map });
  const config = join(folder({ 'railgun.conf': conf(`map.file = ${at}/railgun-nat.conf\n${lines}`) }), 'railgun.conf');
  const checked = await check([config]);
  return checked.findings.flatMap(({ rule, status, code, place }) => {
    const isMeant = (status === 'warn' || status === 'fail') && /^config-check\/map-(?!file)/.test(rule);
    const at = `${place?.line ?? ''}:${place?.column ?? ''}`;
    return isMeant ? [`${at} ${status} ${rule.slice('config-check/'.length)} ${code}`] : [];
  });
}

describe('railgun-nat.conf', () => {
  it.each([
    // The maps that documents and the package print.
    [
      '# This is a comment. It starts with #\n#example.com=127.0.0.2\n#www.example.com = 127.0.0.1\n#default=127.0.0.1\n',
      [],
    ],
    ['default = 127.0.0.1\nexample.com:2083 = 127.0.0.1:2083\n', []],
    ['www.domain.com=127.0.0.1\napi.domain.com=127.0.0.1\nhost.anotherdomain.com=127.0.0.1\n\ndefault=127.0.0.1\n', []],
    ['host.example = [2001:4860:4860::8888]:443\n', []],
    ['a.example = localhost:8080\n', []],
    ['*.host.example = [2001:4860:4860::8888]:443\n', ['1:1 warn map-wildcard undocumented-form']],
    // One line wrong.
    ['a.example 10.0.0.5\n', ['1:1 fail map-line invalid-value']],
    ['\n  a.example = 256.0.0.5\n', ['2:15 fail map-line invalid-value']],
    ['a.example:0 = 10.0.0.5\n', ['1:1 fail map-line invalid-value']],
    ['default:8443 = 10.0.0.5\n', ['1:1 warn map-default-port undocumented-form']],
    ['a.example = 10.0.0.5\nA.example = 10.0.0.6\n', ['2:1 warn map-duplicate conflicting-settings']],
    ['default = 10.0.0.5\ndefault = 10.0.0.5\n', ['2:1 warn map-duplicate duplicate-key']],
    ['a.example = 127.0.0.1:2408\n', ['1:13 fail map-loop request-loop']],
    ['a.example = 8.8.4.4\n', ['1:13 warn map-loop request-loop']],
    ['a.example = 104.16.1.1\n', ['1:13 fail map-cloudflare cloudflare-address']],
    ['a.example = a.example\n', ['1:13 warn map-cloudflare request-loop']],
    ['a.example = 0.0.0.0\n', ['1:13 warn map-target invalid-value']],
    ['a.example = 224.0.0.5\n', ['1:13 warn map-target invalid-value']],
    ['a.example:2083 = 127.0.0.1:2083\n', ['1:1 warn map-port missing-setting']],
    ['a.example:2083 = 10.0.0.5\na.example = 10.0.0.5\n', ['1:18 warn map-port undocumented-form']],
    ['8.8.4.4 = 10.0.0.5\n', ['1:1 warn map-unused unused-line']],
    ['a.example = 10.0.0.5\r\n', [': warn map-encoding malformed']],
  ] as const)('%j', async (map, said) => {
    expect(await saidOf(map)).toEqual(said);
  });

  it('is judged by the wan.port and the wan.ip of the configuration that names it', async () => {
    expect(await saidOf('a.example = 127.0.0.1\n', 'wan.port = 443\n')).toEqual(['1:13 fail map-loop request-loop']);
    expect(await saidOf('a.example = 127.0.0.1:2408\n', 'wan.port = 2409\n')).toEqual([]);
    expect(await saidOf('a.example = 127.0.0.1:2408\n', 'wan.ip = 10.0.0.4\n')).toEqual([]);
  });

  it('is put right where that is safe, and nothing else in it changes', async () => {
    const map =
      '# keep this;  \n\na.example = 10.0.0.5;\n  b.example\t=  "10.0.0.6"  \ndefault = 10.0.0.7\n# and this\ndefault = 10.0.0.7\nc.example = 999.0.0.1;';
    const at = folder({ 'railgun-nat.conf': map });
    const path = join(at, 'railgun-nat.conf');
    await check([path, '--fix']);
    const fixed =
      '# keep this;  \n\na.example = 10.0.0.5\n  b.example\t=  10.0.0.6  \ndefault = 10.0.0.7\n# and this\nc.example = 999.0.0.1;';
    expect(readFileSync(path, 'utf8')).toBe(fixed);
    const { facts } = await check([path, '--fix']);
    expect(facts.fixed?.edits).toEqual([]);
    expect(readFileSync(path, 'utf8')).toBe(fixed);
  });

  it('means the same when it was put right, whatever was in it', () => {
    const line = fc.constantFrom(
      ...[
        'a.example = 10.0.0.5',
        'a.example = 10.0.0.5;',
        'a.example = 10.0.0.6',
        "b.example = '10.0.0.5';",
        '# comment;',
      ],
      ...[
        '',
        'default = 10.0.0.5',
        ' default = 10.0.0.5',
        'b.example:2083 = "10.0.0.5:2083"',
        'c = 1.2.3.400;',
        '= ;',
        'x',
      ],
    );
    const end = fc.constantFrom('\n', '\n', '\n', '\r\n');
    const file = fc.tuple(fc.array(fc.tuple(line, end)), fc.boolean(), fc.boolean());
    fc.assert(
      fc.property(file, ([lines, isEnded, isMarked]) => {
        const whole = `${isMarked ? '\ufeff' : ''}${lines.map((parts) => parts.join('')).join('')}`;
        const before = isEnded ? whole : whole.replace(/\r?\n$/, '');
        let after = before;
        for (let round = 0; round < 5; round += 1) after = fixedOnce(after).text;
        expect(fixedOnce(after).made).toEqual([]);
        // The one who repairs by hand gets the same.
        const meant = before
          .replace(/^\ufeff/, '')
          .replace(/^(?!#|=|c )(.*=.*?);$/gm, '$1')
          .replace(/['"]/g, '');
        expect(effectOf(after)).toEqual(effectOf(meant));
        const comments = (text: string) => text.match(/#.*/g);
        expect(comments(after)).toEqual(comments(before));
      }),
    );
  });
});

function fixedOnce(text: string) {
  const map = { path: 'map', ...readMap({ text, encoding: 'utf8' }) };
  const machine = { addresses: [], hasLinkLocalIpv6: false };
  const facts: ConfigFacts = {
    kind: 'config',
    asked: {},
    observedAt: '',
    configs: [],
    maps: [map],
    unread: [],
    machine,
  };
  return applyEdits(
    text,
    judge(mapRules, facts).flatMap(({ fix }) => (fix === undefined ? [] : [fix.edits])),
  );
}

/** Where each name leads, the last line of a name counting; and the lines that cannot be read. */
function effectOf(text: string) {
  const { entries, problems } = decodeRailgunNat(text);
  const leads = entries.map(({ name, port, target }) => [`${name} ${port}`, `${target.host} ${target.port}`] as const);
  return [Object.fromEntries(leads), problems.map(({ says }) => says)];
}

describe('several configurations', () => {
  /** What the rules about listeners behind a balancer say. */
  async function saidOfAll(confs: readonly string[], ...options: readonly string[]) {
    const map = join(folder({ 'railgun-nat.conf': 'default = 127.0.0.1\n' }), 'railgun-nat.conf');
    const paths = confs.map((text) =>
      join(folder({ 'railgun.conf': text.replace('MAP', `map.file = ${map}`) }), 'railgun.conf'),
    );
    const { findings, printed } = await check([...paths, ...options]);
    expect(printed).not.toMatch(/token0123|other0123/);
    return findings.flatMap(({ rule, status, code, place }) => {
      const file = paths.indexOf(place?.file ?? '');
      return rule.startsWith('config-check/estate-') && status !== 'pass' && status !== 'skip'
        ? [`${file}:${place?.line ?? ''} ${status} ${rule.slice('config-check/'.length)} ${code ?? ''}`.trimEnd()]
        : [];
    });
  }
  const good = conf('MAP\n');

  it('that agree are one Railgun behind a load balancer', async () => {
    expect(await saidOfAll([good, good], '--behind-load-balancer')).toEqual([]);
    expect(await saidOfAll([good, good])).toEqual([]);
    expect(await saidOfAll([good], '--behind-load-balancer')).toEqual([]);
    expect(await saidOfAll([conf('').replace('10.0.0.9', '127.0.0.1')])).toEqual([]);
  });

  it.each([
    ['tokens', good.replace(token, 'other0123456789OTHER987654321012'), '1:1 fail estate-token conflicting-settings'],
    ['public addresses', good.replace('8.8.4.4', '8.8.8.8'), '1:2 fail estate-host conflicting-settings'],
    ['memcacheds', good.replace('10.0.0.9', '10.0.0.8'), '1:3 warn estate-memcached conflicting-settings'],
    ['memcacheds of their own', good.replace('10.0.0.9', '[::1]'), '1:3 warn estate-memcached ineffective-setting'],
    ['settings', good.replace('validate.cert = 1', 'validate.cert = 0'), '1:4 note estate-settings'],
    ['maps', good.replace('MAP\n', ''), '1: warn estate-default missing-setting'],
    ['wan.ip', good.replace('MAP', 'MAP\nwan.ip = 8.8.4.4'), '1:2 warn estate-own-address conflicting-settings'],
  ])('that differ in their %s are not', async (_, other, said) => {
    expect(await saidOfAll([good, other], '--behind-load-balancer')).toContain(said);
    const unasked = said.replace('fail', 'warn');
    expect(await saidOfAll([good, other])).toContain(unasked);
  });
});

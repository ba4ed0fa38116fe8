import type { SourcePlace } from '../../src/model/place.js';
import { awkward, findingOf, type Invented, reportOf, runOf } from './invented.js';

const file = 'railgun.conf';

/** What is wrong in a configuration, at its places: the main job of a command that reads files. */
export const placed: Invented = {
  run: runOf({ command: 'config check', verdict: 'fail', exitCode: 2 }),
  records: [],
  reports: [
    {
      report: reportOf({
        target: file,
        verdict: 'fail',
        facts: { settings: [{ key: 'wan.prot' }, { key: 'lan.timeout' }] },
        findings: [
          findingOf({
            rule: 'config-check/semicolon',
            status: 'warn',
            says: 'the value of memcached.servers ends in a semicolon, which is part of it',
            means: 'rg-listener takes all of the line for the value.',
            evidence: ['/settings/1'],
            remedy: 'Remove the semicolon.',
            code: 'malformed',
            place: { file, line: 41, column: 37, length: 1, text: 'memcached.servers = 192.0.2.10:11211;' },
            fix: {
              says: 'takes the semicolon away',
              edits: [{ file, line: 41, column: 37, length: 1, replacement: '' }],
            },
          }),
          findingOf({
            rule: 'config-check/unknown-key',
            status: 'fail',
            says: 'rg-listener knows no wan.prot; is wan.port meant?',
            means: 'A key that rg-listener does not know has no effect.',
            evidence: ['/settings/0/key'],
            remedy: 'Correct the name.\nOr remove the line.',
            cites: 'railgun.conf',
            code: 'malformed',
            place: { file, line: 12, column: 1, length: 8, text: 'wan.prot = 2408' },
          }),
          findingOf({
            rule: 'config-check/unknown-key',
            status: 'fail',
            says: 'rg-listener knows no lan.timout; is lan.timeout meant?',
            means: 'A key that rg-listener does not know has no effect.',
            evidence: ['/settings/1/key'],
            remedy: 'Correct the name.',
            cites: 'railgun.conf',
            code: 'malformed',
            place: { file, line: 7, column: 2, length: 10, text: '\tlan.timout = 30' },
          }),
          findingOf({
            rule: 'config-check/duplicate',
            status: 'warn',
            says: 'wan.port is set to the same value on lines 12, 13 and 14',
            means: 'One of them is enough.',
            evidence: ['/settings'],
            remedy: 'Keep one of the lines.',
            code: 'malformed',
            place: { file, line: 13, column: 1, length: 15, text: 'wan.port = 2408' },
            fix: {
              says: 'takes lines 13 and 14 away, and the blank at the end of line 12',
              edits: [
                { file, line: 12, column: 16, length: 1, replacement: '' },
                { file, line: 13, column: 1, length: 16, replacement: '' },
              ],
            },
          }),
          findingOf({
            rule: 'config-check/token',
            status: 'fail',
            says: 'activation.token is not 32 letters and digits',
            means: 'Cloudflare refuses the listener.',
            evidence: ['/settings'],
            remedy: 'Copy the token from the dashboard.',
            code: 'malformed',
            // The line itself is nobody's business.
            place: { file, line: 3, column: 20, length: 31 },
          }),
          findingOf({
            rule: 'config-check/servers',
            status: 'fail',
            says: 'memcached.servers is not set',
            means: 'rg-listener does not start.',
            evidence: ['/settings'],
            remedy: 'Name the memcached servers.',
            code: 'malformed',
            place: { file },
          }),
          findingOf({
            rule: 'config-check/validate-cert',
            status: 'note',
            says: 'certificates of origins are not verified',
            means: 'It is the value of the package.',
            evidence: ['/settings'],
            place: { file, line: 50, column: 17, length: 1, text: 'validate.cert = 0' },
          }),
          findingOf({ rule: 'config-check/estate', says: 'the files belong together', evidence: ['/settings'] }),
          findingOf({ rule: 'config-check/balancer', status: 'skip', says: 'no balancer was named' }),
          findingOf({
            rule: 'config-check/readable',
            status: 'broken',
            says: '/etc/railgun/nat map.conf cannot be read: permission denied',
            means: 'What is in it was not judged.',
            evidence: ['/settings'],
            remedy: 'Run it as a user that may read the file.',
            code: 'unclassified',
            place: { file: '/etc/railgun/nat map.conf' },
          }),
        ],
      }),
      blocks: [],
    },
  ],
};

const long = `map.file = ${'/very/long/path'.repeat(20)}/nat.conf # ${'and a remark '.repeat(20)}`;

/** Everything that is hard to draw in one line of a file, and what no rule should say of one. */
const odd: Readonly<Record<string, SourcePlace>> = {
  tabs: { file: 'tabs', line: 1, column: 6, length: 5, text: '\tkey\t=\tvalue' },
  wide: { file: '中文.conf', line: 2, column: 4, length: 2, text: '中文 日本 한국어' },
  emoji: { file: 'emoji', line: 3, column: 6, length: 4, text: '👍🏽 👩‍💻 ❤️ end' },
  marks: { file: 'marks', line: 4, column: 4, length: 3, text: 'e\u0301 xyz' },
  half: { file: 'half', line: 5, column: 2, length: 1, text: '👍 begins before' },
  escape: { file: '\u001b[2J\nforged: line', line: 6, column: 3, length: 9, text: '= \u001b[31mred\u202e\u0007' },
  long: { file: 'a/'.repeat(200), line: 123_456, column: 300, length: 17, text: long },
  longest: { file: 'longest', line: 7, column: 5, length: 600, text: long },
  point: { file: 'point', line: 8, column: 9, text: 'wan.port 2408' },
  'of no length': { file: 'none', line: 8, column: 4, length: 0, text: 'wan port' },
  'at the end': { file: 'end', line: 9, column: 9, length: 1, text: 'wan.port' },
  'beyond the end': { file: 'beyond', line: 10, column: 900, length: 9, text: 'wan.port' },
  'before the beginning': { file: 'before', line: -1, column: -5, length: -3, text: 'wan.port' },
  'not a number': { file: 'nan', line: Number.NaN, column: Number.NaN, length: Number.NaN, text: 'wan.port' },
  'no column': { file: 'no-column', line: 11, text: 'wan.port' },
  'no line': { file: 'no-line', column: 3, length: 2, text: 'wan.port' },
  'empty line': { file: 'empty', line: 12, column: 1, length: 1, text: '' },
  'nothing but blanks': { file: 'blanks', line: 13, column: 2, length: 3, text: '     ' },
  'no file': { file: '', line: 14, column: 1, length: 1, text: 'x' },
  'no name': { file: '-', line: 15, column: 1, length: 1, text: 'x' },
};

export const oddlyPlaced: Invented = {
  run: runOf({ command: 'config check', verdict: 'warn', exitCode: 1 }),
  records: [],
  reports: [
    {
      report: reportOf({
        target: 'several files',
        verdict: 'warn',
        findings: [
          ...Object.entries(odd).map(([name, place]) =>
            findingOf({ rule: `config-check/${name}`, status: 'warn', says: name, code: 'malformed', place }),
          ),
          ...Object.entries(awkward).map(([name, text]) =>
            findingOf({
              rule: 'config-check/awkward',
              status: 'warn',
              says: `${name}: ${text} [here](http://evil) {0}`,
              code: 'malformed',
              place: { file: text, line: 1, column: 4, length: 4, text },
              fix: {
                says: text,
                edits: [
                  { file: text, line: 1, column: 1, length: 2, replacement: text },
                  { file: 'other', line: 2, column: 1, length: 0, replacement: '# ' },
                ],
              },
            }),
          ),
        ],
      }),
      blocks: [],
    },
  ],
};

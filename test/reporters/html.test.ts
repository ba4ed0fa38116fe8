import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Block } from '../../src/model/block.js';
import type { Report } from '../../src/model/report.js';
import { style } from '../../src/reporters/html/style.js';
import { createHtml } from '../../src/reporters/html.js';
import { findingOf, type Invented, metricOf, nothing, one, reportOf, runOf, several, written } from './invented.js';

const of = (report: Partial<Report>, blocks: readonly Block[] = []): Invented => ({
  run: runOf({ verdict: report.verdict ?? 'ok' }),
  records: [],
  reports: [{ report: reportOf(report), blocks }],
});
const page = (invented: Invented, verbose = false) => written(createHtml, invented, { verbose });

it('lets its own style through its policy, and nothing else', () => {
  const html = page(one);
  const [, policy = ''] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html) ?? [];
  const [, css = ''] = /<style>([\s\S]*?)<\/style>/.exec(html) ?? [];
  const hash = createHash('sha256').update(css).digest('base64');
  expect(policy).toBe(`default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`);
  // What comes before the policy is not under it.
  expect(html.indexOf('Content-Security-Policy')).toBeLessThan(200);
  expect(html).not.toMatch(/<script|<link|<img|\sstyle=|\ssrc=|\son\w+=|url\(|@import|https?:/);
});

describe('the verdict', () => {
  it.each([
    ['of one target', one, 'OK: 151df128a1 2.05 0.009465 0031 5360 - rg-diag decode'],
    ['of several', several, 'FAIL: 1 failed, 1 unknown, 1 warning, 2 ok - rg-diag decode'],
    ['of none', nothing, 'UNKNOWN: nothing was checked - rg-diag decode'],
  ])('%s is the title', (_, invented, title) => {
    expect(page(invented)).toContain(`<title>${title}</title>`);
  });

  it('of one target comes with the worst that was found', () => {
    const findings = [
      findingOf({ status: 'note', says: 'Worth knowing.' }),
      findingOf({ status: 'fail', says: 'It is down.' }),
    ];
    const html = page(of({ verdict: 'fail', findings }));
    expect(html).toContain('<p class="lead">It is down.</p>');
    expect(html.indexOf('It is down.')).toBeLessThan(html.indexOf('<main>'));
  });

  it('of a run that ended early says so', () => {
    const interrupted = { ...several, run: { ...several.run, exitCode: 130 } };
    expect(page(interrupted)).toContain('exit code 130: the run ended early');
    expect(page(several)).not.toContain('ended early');
  });
});

describe('--verbose', () => {
  const findings = [
    findingOf({
      rule: 'decode/expect',
      status: 'warn',
      says: 'Not as expected.',
      means: 'It means that.',
      evidence: ['/form', '/nowhere', ''],
      cites: 'Railgun FAQ',
      code: 'malformed',
    }),
  ];
  const blocks: Block[] = [{ kind: 'note', text: 'raw signals', verbose: true }];
  const invented = of({ facts: { form: 'direct' }, findings }, blocks);

  it('adds rule, code, evidence, sources and raw signals', () => {
    const verbose = page(invented, true);
    for (const text of [
      'decode/expect',
      'malformed',
      '/form = &quot;direct&quot;',
      '/nowhere is not in the facts',
      'Railgun FAQ',
      'raw signals',
    ]) {
      expect(verbose).toContain(text);
      expect(page(invented)).not.toContain(text);
    }
  });

  it('is not needed for what a finding means', () => {
    expect(page(invented)).toContain('It means that.');
  });
});

describe('what is folded', () => {
  it('is what passed and what did not apply, counted', () => {
    const findings = [findingOf(), findingOf(), findingOf({ status: 'skip', says: 'Not asked for.' })];
    const html = page(of({ findings }));
    expect(html).toContain('<summary>2 checks passed</summary>');
    expect(html).toContain('<summary>1 check did not apply</summary>');
    expect(html).not.toContain('<h3>Findings</h3>');
  });

  it('is every number with its thresholds', () => {
    const metrics = [metricOf({ value: 188, labels: { form: 'direct' }, warn: 100, fail: 500 })];
    expect(page(of({ metrics }))).toContain(
      '<th scope="row">decode_values</th><td>form=direct</td><td class="right">188</td><td>count</td><td>warn above 100, fail above 500</td>',
    );
  });

  it('is the facts, up to what a browser opens with ease', () => {
    const small = { a: ['<b>'] };
    const large = { lines: Array.from({ length: 60_000 }, (_, line) => `line ${line}`) };
    expect(page(of({ facts: small }))).toContain('&lt;b&gt;&quot;\n  ]\n}</pre>\n</details>');
    const html = page(of({ facts: large }));
    expect(html).toContain('line 100&quot;,\n');
    expect(html.length).toBeLessThan(400_000);
    expect(html).toContain('<code>--json</code> has all of it');
    const many = {
      ...one,
      reports: Array.from({ length: 60 }, () => ({ report: reportOf({ facts: large }), blocks: [] })),
    };
    expect(page(many).length).toBeLessThan(8_000_000);
  });
});

describe('drawn', () => {
  const widths = (html: string) =>
    [...html.matchAll(/<rect x="(\d+)" width="(\d+)"/g)].map(([, x, w]) => [x, w].map(Number));

  it('the longest bar fills the width, the shortest is seen, and none is none', () => {
    const bars = [400, 100, 0.001, 0, -1, Number.NaN].map((value) => ({ label: 'b', value, text: `${value}` }));
    const html = page(of({}, [{ kind: 'bars', title: 'Bars', bars }]));
    expect(widths(html)).toEqual([
      [0, 1000],
      [0, 250],
      [0, 4],
    ]);
  });

  it('bars that begin somewhere are a timeline', () => {
    const bars = [
      { label: 'connect', value: 10, text: '10 ms', from: 0 },
      { label: 'answer', value: 30, text: '30 ms', from: 10 },
      { label: 'total', value: 40, text: '40 ms' },
    ];
    expect(widths(page(of({}, [{ kind: 'bars', title: 'Time', bars }])))).toEqual([
      [0, 250],
      [250, 750],
      [0, 1000],
    ]);
  });

  it('a row that is good or bad in itself has a sign', () => {
    const columns = [
      { title: 'Stage', align: 'left' as const },
      { title: 'Result', align: 'left' as const },
    ];
    const rows = [
      ['tcp', 'failed'],
      ['tls', 'skipped'],
      ['no', 'status'],
    ];
    const html = page(of({}, [{ kind: 'table', columns, rows, statuses: ['fail', 'skip'] }]));
    expect(html).toMatch(/<th scope="row"><span class="bad"><svg[^>]*><path[^>]*\/><\/svg><\/span>tcp<\/th>/);
    expect(html).toMatch(/<span class="faint">.*tls<\/th>/);
    expect(html).toContain('<th scope="row">no</th>');
  });

  it('the summary shows when each target was looked at', () => {
    const at = (second: number, durationMs: number) => ({
      report: reportOf({ at: `2026-11-20T12:00:0${second}.000Z`, durationMs }),
      blocks: [],
    });
    const html = page({ ...one, reports: [at(0, 4000), at(2, 1000), at(4, 0)] });
    expect(widths(html)).toEqual([
      [0, 1000],
      [500, 250],
    ]);
  });

  it('times that are none are not drawn', () => {
    const at = reportOf({ at: 'never', durationMs: Number.NaN });
    expect(widths(page({ ...one, reports: [at, at].map((report) => ({ report, blocks: [] })) }))).toEqual([]);
  });
});

describe('the ticket', () => {
  it('is there to be copied as it is, its line feeds and nothing else', () => {
    const html = page({ ...one, run: runOf({ ticket: 'first\n\u001b[31m<b>\r\nlast\n' }) });
    expect(html).toContain('<pre class="ticket">first\n\\x1b[31m&lt;b&gt;\\r\nlast</pre>');
  });
});

it('takes time in proportion to what there is', () => {
  const text = '<&\u202e'.repeat(300_000);
  const findings = [findingOf({ status: 'fail', says: text, place: { file: text, line: 1, column: 9, text } })];
  const started = performance.now();
  expect(page(of({ target: text, findings }, [{ kind: 'fields', source: text, fields: [] }])).length).toBeLessThan(
    100_000,
  );
  expect(performance.now() - started).toBeLessThan(3000);
});

describe('the contrast', () => {
  const colours = (css: string) =>
    new Map([...css.matchAll(/--([\w-]+): #([0-9a-f]{6})/g)].map(([, name = '', hex = '']) => [name, hex]));
  const [light = '', dark = ''] = style.source.split('prefers-color-scheme: dark');
  const luminance = (hex: string) => {
    const [r = 0, g = 0, b = 0] = [0, 2, 4].map((at) => {
      const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  /** WCAG 2.1: from 1 to 21. */
  const contrast = (a: string, b: string) => {
    const [darker = 0, lighter = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
    return (lighter + 0.05) / (darker + 0.05);
  };
  const tones = ['good', 'warning', 'bad', 'unknown', 'information'];
  const pairs = [
    ...['ink', 'faint', ...tones].map((name) => [name, 'page']),
    ...['ink', 'faint', 'bad'].map((name) => [name, 'surface']),
    ...tones.map((name) => [name, `${name}-page`]),
    ['ink', 'mark'],
  ];

  it.each([
    ['light', light],
    ['dark', dark],
  ])('is that of WCAG AA in the %s scheme', (_, css) => {
    const known = colours(css);
    for (const [text = '', ground = ''] of pairs) {
      const ratio = contrast(known.get(text) ?? '', known.get(ground) ?? '');
      expect(ratio, `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5);
    }
  });
});

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { printable } from '../../src/model/printable.js';
import { createHtml } from '../../src/reporters/html.js';
import { Chromium } from './chromium.js';
import { awkward, type Invented, nothing, one, several, worst, written } from './invented.js';
import { attacks, inMarkup, mapped, neutral } from './markup-attacks.js';
import { anyRun } from './outside.js';
import { oddlyPlaced, placed } from './placed.js';

let chromium: Chromium;

beforeAll(async () => {
  chromium = await Chromium.start();
});
afterAll(() => chromium?.close());

const page = (invented: Invented, verbose = false) => written(createHtml, invented, { verbose });

/** Every element with the names of its attributes, in order: what a text must not be able to change. */
const skeleton = () =>
  chromium.evaluate<string[]>(
    `[...document.querySelectorAll('*')].map((e) => [e.parentElement?.tagName, e.tagName, ...e.getAttributeNames()].join(' '))`,
  );
const expectQuiet = (opened: Awaited<ReturnType<Chromium['open']>>) => {
  expect(opened.requests).toHaveLength(1);
  expect(opened).toMatchObject({ scripts: 0, complaints: [] });
};

const attacked: Invented = mapped(worst, (text) => `${text}${attacks.join('')}`);
const runs = { one, several, worst, nothing, placed, odd: oddlyPlaced, attacked } as const;

describe.each(Object.entries(runs))('%s in Chromium', (_, invented) => {
  it.each([false, true])(
    'asks for nothing, runs nothing and breaks no rule of its own (verbose %s)',
    async (verbose) => {
      expectQuiet(await chromium.open(page(invented, verbose)));
      expect(await chromium.evaluate('document.compatMode')).toBe('CSS1Compat');
      expect(await chromium.evaluate('document.characterSet')).toBe('UTF-8');
      // Its own style has passed its own policy.
      expect(await chromium.evaluate(`getComputedStyle(document.querySelector('.command')).fontWeight`)).toBe('600');
    },
  );

  it('has unique ids, links that lead somewhere, and headings that skip no level', async () => {
    await chromium.open(page(invented, true));
    const found = await chromium.evaluate<{ ids: string[]; links: string[]; levels: number[] }>(`({
      ids: [...document.querySelectorAll('[id]')].map((e) => e.id),
      links: [...document.querySelectorAll('[href]')].map((e) => e.getAttribute('href')),
      levels: [...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map((e) => Number(e.tagName[1])),
    })`);
    expect(new Set(found.ids).size).toBe(found.ids.length);
    for (const link of found.links) expect(found.ids.map((id) => `#${id}`)).toContain(link);
    expect(found.levels.filter((level) => level === 1)).toHaveLength(1);
    for (const [index, level] of found.levels.entries()) {
      expect(level).toBeLessThanOrEqual((found.levels[index - 1] ?? 0) + 1);
    }
  });

  it('fits a narrow telephone and a large font: only its tables scroll', async () => {
    await chromium.command('Emulation.setDeviceMetricsOverride', {
      width: 320,
      height: 600,
      deviceScaleFactor: 1,
      mobile: true,
    });
    try {
      await chromium.open(page(invented, true));
      expect(await chromium.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
    } finally {
      await chromium.command('Emulation.clearDeviceMetricsOverride');
    }
  });
});

describe('text from outside', () => {
  it('makes no element and no attribute, wherever it stands', async () => {
    await chromium.open(page(attacked, true));
    const drawn = await skeleton();
    await chromium.open(page(mapped(attacked, neutral), true));
    expect(await skeleton()).toEqual(drawn);
  });

  it('is there to read, as it was but for what is escaped', async () => {
    await chromium.open(page(attacked, true));
    const text = await chromium.evaluate<string>('document.body.textContent');
    for (const attack of attacks) expect(text).toContain(printable(attack));
    for (const name of ['lines', 'escape', 'c1', 'bidi', 'surrogates', 'invisible'] as const) {
      expect(text).toContain(printable(awkward[name]));
    }
    expect(await chromium.evaluate('document.title')).toMatch(/^FAIL: \d+ failed, \d+ warnings - rg-diag probe$/);
  });

  it('is inert whatever it is', async () => {
    await fc.assert(
      fc.asyncProperty(inMarkup(anyRun), fc.boolean(), async (run, verbose) => {
        expectQuiet(await chromium.open(page(run, verbose)));
        const drawn = await skeleton();
        expect(drawn.join('\n')).not.toMatch(/X-EVIL|SCRIPT|IMG|IFRAME| on\w+/);
        await chromium.open(page(mapped(run, neutral), verbose));
        expect(await skeleton()).toEqual(drawn);
      }),
      { numRuns: 40 },
    );
  });
});

describe('the scheme of the reader', () => {
  const colours = `(() => { const { backgroundColor, color } = getComputedStyle(document.body); return [backgroundColor, color]; })()`;
  const emulate = (media: string, scheme: string) =>
    chromium.command('Emulation.setEmulatedMedia', {
      media,
      features: [{ name: 'prefers-color-scheme', value: scheme }],
    });

  it('is light or dark, and on paper light', async () => {
    await chromium.open(page(several));
    try {
      await emulate('screen', 'light');
      const light = await chromium.evaluate<string[]>(colours);
      await emulate('screen', 'dark');
      const dark = await chromium.evaluate<string[]>(colours);
      await emulate('print', 'dark');
      const paper = await chromium.evaluate<string[]>(colours);
      expect(dark).not.toEqual(light);
      expect(paper).toEqual(light);
    } finally {
      await emulate('', 'light');
    }
  });

  it.each(['several', 'attacked'] as const)('%s leaves nothing beyond the edge of the paper', async (name) => {
    // A4 without its margins, in pixels of CSS.
    const paper = { width: 680, height: 1010, deviceScaleFactor: 1, mobile: false };
    await chromium.command('Emulation.setDeviceMetricsOverride', paper);
    await emulate('print', 'light');
    try {
      await chromium.open(page(runs[name], true));
      expect(await chromium.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(680);
      const { data } = await chromium.command<{ data: string }>('Page.printToPDF', { preferCSSPageSize: true });
      expect(Buffer.from(data, 'base64').subarray(0, 5).toString()).toBe('%PDF-');
    } finally {
      await emulate('', 'light');
      await chromium.command('Emulation.clearDeviceMetricsOverride');
    }
  });
});

describe('by keyboard and screen reader', () => {
  it('everything that can be unfolded, followed or scrolled is reached', async () => {
    await chromium.open(page(several));
    const count = await chromium.evaluate<number>(`document.querySelectorAll('summary, a[href], .wide').length`);
    const inDetails = await chromium.evaluate<number>(`document.querySelectorAll('details:not([open]) .wide').length`);
    const reached = new Set<string>();
    for (let step = 0; step < count + 2; step += 1) {
      for (const type of ['keyDown', 'keyUp']) {
        await chromium.command('Input.dispatchKeyEvent', { type, key: 'Tab', code: 'Tab', windowsVirtualKeyCode: 9 });
      }
      reached.add(
        await chromium.evaluate<string>(
          `String([...document.querySelectorAll('summary, a[href], .wide')].indexOf(document.activeElement))`,
        ),
      );
    }
    reached.delete('-1');
    expect(reached.size).toBe(count - inDetails);
  });

  it('the tree has names for tables and landmarks, and no drawing', async () => {
    await chromium.open(page(several));
    const { nodes } = await chromium.command<{
      nodes: { ignored: boolean; role?: { value: string }; name?: { value: string } }[];
    }>('Accessibility.getFullAXTree');
    const seen = nodes.filter(({ ignored }) => !ignored);
    const roles = seen.map(({ role }) => role?.value ?? '');
    expect(roles).toEqual(
      expect.arrayContaining([
        'main',
        'navigation',
        'banner',
        'article',
        'table',
        'rowheader',
        'columnheader',
        'term',
        'definition',
      ]),
    );
    expect(roles.filter((role) => /^(image|img|SvgRoot|graphics)/.test(role))).toEqual([]);
    for (const { role, name } of seen) {
      if (/^(article|navigation|link|heading|table)$/.test(role?.value ?? '')) expect(name?.value ?? '').not.toBe('');
    }
  });
});

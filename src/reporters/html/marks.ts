import type { Status } from '../../model/finding.js';
import type { Verdict } from '../../model/report.js';
import { html, Markup } from './markup.js';

/** What colour is used for: the name of a class. Without colour nothing is lost, since shape and word are there as well. */
type Tone = 'good' | 'warning' | 'bad' | 'unknown' | 'information' | 'faint';

interface Mark {
  readonly tone: Tone;
  readonly word: string;
}

export const verdictMarks: Readonly<Record<Verdict, Mark>> = {
  ok: { tone: 'good', word: 'OK' },
  warn: { tone: 'warning', word: 'WARN' },
  fail: { tone: 'bad', word: 'FAIL' },
  unknown: { tone: 'unknown', word: 'UNKNOWN' },
};

export const statusMarks: Readonly<Record<Status, Mark>> = {
  pass: { tone: 'good', word: 'pass' },
  note: { tone: 'information', word: 'note' },
  warn: { tone: 'warning', word: 'warn' },
  fail: { tone: 'bad', word: 'fail' },
  skip: { tone: 'faint', word: 'skip' },
  broken: { tone: 'unknown', word: 'broken' },
};

/** Drawn, not written: fonts have these signs in colours of their own, or not at all. */
const shapes: Readonly<Record<Tone, string>> = {
  good: 'M2.5 8.5l3.5 4 7.5-9',
  warning: 'M8 2.5v7M8 12.5v1.2',
  bad: 'M3.5 3.5l9 9M12.5 3.5l-9 9',
  unknown: 'M5 5.5a3 3 0 1 1 4.6 2.5c-1 .6-1.6 1.2-1.6 2.2M8 12.7v1',
  information: 'M8 2.8v1.2M8 6.8v6.7',
  faint: 'M4 8h8',
};

/** The sign of a tone; it says nothing that the word beside it does not. */
export function sign(tone: Tone): Markup {
  const path = new Markup(shapes[tone]);
  return html`<svg class="sign" viewBox="0 0 16 16" aria-hidden="true" focusable="false"><path d="${path}"/></svg>`;
}

/** Sign and word. */
export function badge({ tone, word }: Mark): Markup {
  return html`<span class="badge ${tone}">${sign(tone)}${word}</span>`;
}

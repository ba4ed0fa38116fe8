import { profileOf } from '../../../decoders/edge-timers.js';
import { edgeProfiles } from '../../../knowledge/edge-profiles.js';
import type { Rule } from '../../../model/rule.js';
import type { SeenFacts } from '../facts.js';
import { secondsText, sizeText, timeText } from '../text.js';

/** The size of the headers against both published limits. */
export const headerSize: Rule<SeenFacts> = {
  id: 'origin/header-size',
  means: 'Headers beyond the limit of the edge give 520, and the published limits differ.',
  remedy: 'Send fewer and shorter headers, cookies above all.',
  cites: edgeProfiles.map(({ source }) => source).join('; '),
  skips: ({ http }) => (http === undefined ? 'there was no answer' : undefined),
  check({ http }) {
    const size = http?.headerBytes ?? 0;
    const [older, newer] = edgeProfiles;
    const evidence = ['/http/headerBytes'];
    if (size <= older.headerBytes) return { status: 'pass', says: `${size} bytes of headers`, evidence };
    const limits = `${sizeText(older.headerBytes)} as published in ${older.id}, ${sizeText(newer.headerBytes)} as published in ${newer.id}, which is newer`;
    const over = size > newer.headerBytes ? 'more than both limits of the edge' : 'between the limits of the edge';
    return { status: 'note', says: `${size} bytes of headers, ${over}: ${limits}`, evidence };
  },
};

/** The part of the edge's patience that may be used up. */
const half = 0.5;

/** Whether the answer comes well before the edge gives up. */
export const answerSpeed: Rule<SeenFacts> = {
  id: 'origin/answer-speed',
  means: 'A little more load, and visitors get 524.',
  remedy:
    'Find out what the origin does for so long: its load, its database, the log of slow requests.\nLet long jobs answer at once and be asked for their state.',
  cites: 'Cloudflare, Error 524 @64b2464',
  skips: ({ stages }) => {
    const seen = stages.find(({ stage }) => stage === 'response');
    return seen?.status === 'pass' && seen.ms !== undefined ? undefined : 'there was no whole answer';
  },
  check({ stages, asked }) {
    const index = stages.findIndex(({ stage }) => stage === 'response');
    const seen = stages[index];
    const seconds = seen !== undefined && 'ms' in seen ? (seen.ms ?? 0) / 1000 : 0;
    const { readSeconds } = profileOf(asked.edgeProfile);
    const evidence = [`/stages/${index}/ms`];
    const says = `the answer took ${timeText(seconds * 1000)}`;
    if (seconds <= readSeconds * half) return { status: 'pass', says, evidence };
    const more = `${says}, more than half of the ${secondsText(readSeconds)} that the edge waits`;
    return { status: 'warn', says: more, evidence, code: 'too-slow' };
  },
};

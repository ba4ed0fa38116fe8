import { describe, expect, it } from 'vitest';
import type { Given } from '../../../src/commands/command.js';
import { ask } from '../../../src/commands/logs/ask.js';
import { withInstants } from '../../../src/commands/logs/measure.js';

const now = Date.parse('2026-11-20T12:00:00Z');

function asked(args: readonly string[], options: Given['options'] = {}, terminal = false) {
  const given = { args, options: { now, ...options }, targets: [], network: {}, format: undefined };
  return ask({ ...given, stdinIsTerminal: () => terminal });
}

describe('what is asked', () => {
  it('is one log of all files, or standard input', () => {
    expect(asked(['b', 'a'])).toEqual({ asked: { warning: 0 }, targets: [{ paths: ['b', 'a'] }] });
    expect(asked([])).toEqual({ asked: { warning: 0 }, targets: [{ paths: ['-'] }] });
    expect(asked(['a', '-'])).toMatchObject({ targets: [{ paths: ['a', '-'] }] });
  });

  it('is the journal too, or alone, by a name that no file has', () => {
    const journal = { name: 'journal' };
    expect(asked([], { journal: true }, true)).toMatchObject({ targets: [{ paths: [], journal }] });
    expect(asked(['a', 'journal'], { journal: true })).toMatchObject({
      targets: [{ paths: ['a', './journal'], journal }],
    });
    expect(asked(['journal'])).toMatchObject({ targets: [{ paths: ['journal'] }] });
    expect(asked(['-'], { journal: true, 'journal-dir': '/mnt' })).toMatchObject({
      targets: [{ paths: ['-'], journal: { name: 'journal of /mnt', directory: '/mnt' } }],
    });
  });

  it('has times as they are spelled until there is a clock', () => {
    const spelled = { since: '2h', until: '2026-11-20T11:00:00+01:00' };
    expect(asked(['a'], spelled)).toMatchObject({ asked: spelled });
    expect(withInstants({ warning: 0, ...spelled }, now)).toEqual({
      warning: 0,
      since: '2026-11-20T10:00:00.000Z',
      until: '2026-11-20T10:00:00.000Z',
    });
  });

  it('may have times whose order only the clock tells', () => {
    expect(asked(['a'], { now: undefined, since: '12:00', until: '2h' })).toMatchObject({ asked: { since: '12:00' } });
    expect(asked(['a'], { now: undefined, since: '2999-01-01', until: 'now' })).toHaveProperty('asked');
  });

  it('has thresholds and an interval', () => {
    expect(asked(['a'], { warning: 5, critical: 5, follow: true })).toMatchObject({
      asked: { warning: 5, critical: 5, follow: 10 },
    });
    expect(asked(['a'], { follow: true, interval: 0.5 })).toMatchObject({ asked: { follow: 0.5 } });
    expect(asked(['a'], { 'lan-timeout': 60 })).toMatchObject({ asked: { lanTimeout: 60 } });
  });
});

describe('what cannot be asked', () => {
  it.each([
    ['nothing, by somebody who types', [], {}, 'nothing to read'],
    ['standard input twice', ['-', '-'], {}, 'only once'],
    ['standard input followed', ['-'], { follow: true }, '--follow needs files'],
    ['the journal followed', ['a'], { follow: true, journal: true }, '--follow needs files, not the journal'],
    ['a journal in no folder', [], { 'journal-dir': '' }, '--journal-dir needs a directory'],
    ['no file followed', [], { follow: true }, 'nothing to read'],
    ['an interval of nothing', ['a'], { interval: 3 }, '--interval needs --follow'],
    ['an end of what goes on', ['a'], { follow: true, until: 'now' }, '--until cannot be used with --follow'],
    ['a time that is none', ['a'], { since: 'last week' }, '--since last week is no time'],
    ['a time before all times', ['a'], { since: '999999999w' }, 'is no time'],
    ['an end before the beginning', ['a'], { since: '1h', until: '2h' }, 'is later than --until'],
    ['the same without --now', ['a'], { now: undefined, since: '1h', until: '2h' }, 'is later than --until'],
    ['a later date', ['a'], { now: undefined, since: '2026-11-20', until: '2026-11-19' }, 'is later than --until'],
    ['today up to yesterday', ['a'], { now: undefined, since: 'today', until: 'yesterday' }, 'is later than --until'],
    ['a time to come, by --now', ['a'], { since: '2999-01-01', until: 'now' }, 'is later than --until'],
    ['a warning beyond critical', ['a'], { warning: 3, critical: 2 }, 'would never warn'],
  ])('%s', (_, args, options, problem) => {
    expect(asked(args, options, true)).toMatchObject({ problem: expect.stringContaining(problem) });
  });
});

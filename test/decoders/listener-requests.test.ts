import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createListenerClockReader } from '../../src/decoders/listener-clock.js';
import { decodeListenerLine } from '../../src/decoders/listener-log-line.js';
import { createListenerRequestTracker, type ListenerRequestTracker } from '../../src/decoders/listener-requests.js';

const start = Date.parse('2026-11-20T23:38:10Z');

/** Lines with the second after the start at which they were logged. */
type Logged = readonly (readonly [second: number, text: string])[];

function push(tracker: ListenerRequestTracker, logged: Logged, file?: string): void {
  for (const [index, [second, text]] of logged.entries()) {
    const line = decodeListenerLine(text) ?? expect.fail(`not recognised: ${text}`);
    tracker.push(line, start + second * 1000, index + 1, file);
  }
}

const begun = (id: string, url = 'http://www.example.com/page?session=hidden'): string[] => [
  `Rx [${id}... FnBegin ${id}... FnRequest GET ${url} HTTP/1.1 188.165.194.208  ${id}... FnData DENone 374   ${id}... FnPush]`,
  `${id}... waiting for request`,
  `${id}... GET ${url} HTTP/1.1 188.165.194.208 []`,
];

const towards = (id: string): string[] => [
  `${id}... Starting connection to LAN`,
  `${id}... connected to 192.0.43.10:80`,
  `${id}... Request sent to server`,
  `${id}... waiting for response`,
];

const answered = (id: string, seconds: string, status = '200 OK'): string[] => [
  `${id}... Response is ready`,
  `${id}... Received response`,
  `${id}... Forcing wantedDelta`,
  `${id}... HTTP/1.1 ${status}`,
  `Tx [${id}... FnData DENone 328  ]`,
  `Tx [${id}... FnPush]`,
  `${id}... completed (1234 body bytes in ${seconds} seconds/0)`,
];

const at = (second: number, texts: readonly string[]): Logged => texts.map((text) => [second, text]);
const phases = (timeline: { readonly phases: readonly { readonly phase: string }[] } | undefined) =>
  timeline?.phases.map(({ phase }) => phase);

describe('the requests of a log', () => {
  it('that are completed have their phases, and what the origin took', () => {
    const tracker = createListenerRequestTracker();
    push(
      tracker,
      [
        ...at(0, begun('ab18927f79')),
        ...at(1, towards('ab18927f79')),
        ...at(4, answered('ab18927f79', '3.001572')),
        ...at(5, ['ab18927f79... waiting for request', 'Tx [ab18927f79... FnPush]']),
      ],
      'syslog',
    );
    const report = tracker.report(start + 100_000);
    expect(report).toMatchObject({ begun: 1, completed: 1, silent: 0, underWay: 0, statuses: { '200': 1 } });
    expect(report.seconds).toMatchObject({ count: 1, max: 3.001572 });
    expect(report.slowest).toEqual([
      {
        id: 'ab18927f79',
        method: 'GET',
        url: 'http://www.example.com/page',
        host: 'www.example.com',
        destination: '192.0.43.10:80',
        line: 1,
        file: 'syslog',
        phases: [
          { phase: 'accepted', at: '2026-11-20T23:38:10.000Z' },
          { phase: 'connecting', at: '2026-11-20T23:38:11.000Z' },
          { phase: 'connected', at: '2026-11-20T23:38:11.000Z' },
          { phase: 'sent', at: '2026-11-20T23:38:11.000Z' },
          { phase: 'waiting', at: '2026-11-20T23:38:11.000Z' },
          { phase: 'answering', at: '2026-11-20T23:38:14.000Z' },
          { phase: 'received', at: '2026-11-20T23:38:14.000Z' },
          { phase: 'replying', at: '2026-11-20T23:38:14.000Z' },
          { phase: 'completed', at: '2026-11-20T23:38:14.000Z' },
        ],
        status: 200,
        bytes: 1234,
        seconds: 3.001572,
      },
    ]);
  });

  it.each([
    ['accepted', 3],
    ['connecting', 4],
    ['connected', 5],
    ['sent', 6],
    ['waiting', 7],
    ['answering', 8],
    ['received', 9],
    ['replying', 12],
  ])('that hang in %s are silent when the log goes on for 30 s', (phase, lines) => {
    const all = [...begun('ab18927f79'), ...towards('ab18927f79'), ...answered('ab18927f79', '1.0')];
    const tracker = createListenerRequestTracker();
    push(tracker, at(0, all.slice(0, lines)));
    expect(tracker.report(start + 29_000)).toMatchObject({ underWay: 1, silent: 0, silentSamples: [] });
    const report = tracker.report(start + 30_000);
    expect(report).toMatchObject({ begun: 0, underWay: 0, silent: 1, silentPhases: { [phase]: 1 } });
    expect(report.silentHosts).toEqual({ 'www.example.com': 1 });
    expect(report.silentSamples[0]).toMatchObject({ id: 'ab18927f79', silentSeconds: 30 });
    expect(phases(report.silentSamples[0])?.at(-1)).toBe(phase);
    // It is said once.
    expect(tracker.report(start + 60_000)).toMatchObject({ begun: 0, silent: 0, underWay: 0 });
  });

  it('may follow each other on one connection, the last one without an end', () => {
    const tracker = createListenerRequestTracker();
    const id = 'ab18927f79';
    push(tracker, [
      ...at(0, [...begun(id), ...towards(id), ...answered(id, '0.5', '404 Not Found')]),
      ...at(1, [...begun(id, 'http://b.example/'), ...towards(id)]),
      ...at(2, [...begun(id, 'http://c.example/'), ...towards(id)]),
    ]);
    const report = tracker.report(start + 10_000);
    expect(report).toMatchObject({ begun: 3, completed: 1, silent: 1, underWay: 1, silentHosts: { 'b.example': 1 } });
    expect(report.statuses).toEqual({ '404': 1 });
  });

  it('that receive their body are not replied to yet', () => {
    const tracker = createListenerRequestTracker();
    push(
      tracker,
      at(0, [...begun('ab18927f79'), 'Rx [ab18927f79... FnData DENone 9000  ]', 'Rx [ab18927f79... FnPush]']),
    );
    expect(tracker.report(start + 60_000).silentPhases).toEqual({ accepted: 1 });
  });

  it('are there from the middle of them on where the log begins there, and not where only their end is', () => {
    const tracker = createListenerRequestTracker();
    push(tracker, at(0, towards('ab18927f79')));
    push(tracker, at(0, answered('cd18927f79', '2.5').slice(2)));
    const report = tracker.report(start + 60_000);
    expect(report).toMatchObject({ begun: 0, completed: 1, silent: 1, silentPhases: { waiting: 1 } });
    expect(report.slowest[0]).toMatchObject({ id: 'cd18927f79', seconds: 2.5 });
  });

  it('need no times', () => {
    const tracker = createListenerRequestTracker();
    for (const text of [...begun('ab18927f79'), ...towards('ab18927f79')]) {
      tracker.push(decodeListenerLine(text) ?? expect.fail(text), undefined, 1);
    }
    const report = tracker.report(undefined);
    expect(report).toMatchObject({ silent: 1, silentPhases: { waiting: 1 } });
    expect(report.silentSamples[0]).not.toHaveProperty('silentSeconds');
    expect(report.silentSamples[0]?.phases).toContainEqual({ phase: 'waiting' });
  });

  it('show no password, and what is no URL as it is', () => {
    const tracker = createListenerRequestTracker();
    push(tracker, at(0, begun('ab18927f79', 'http://user:hidden@www.example.com:8080/a#hidden')));
    push(tracker, at(1, begun('cd18927f79', '/path?hidden')));
    const { silentSamples } = tracker.report(start + 90_000);
    expect(silentSamples).toMatchObject([
      { url: 'http://www.example.com:8080/a', host: 'www.example.com:8080' },
      { url: '/path' },
    ]);
    expect(JSON.stringify(silentSamples)).not.toContain('hidden');
  });

  it('are bounded: the oldest of too many are given up, and a few of each kind are kept', () => {
    const tracker = createListenerRequestTracker();
    const idOf = (number: number) => number.toString(16).padStart(10, '0');
    for (let number = 1; number <= 10_500; number += 1) {
      push(tracker, at(number / 1000, begun(idOf(number), `http://h${number}.example/`)));
    }
    for (let number = 10_400; number <= 10_500; number += 1) {
      push(tracker, at(11, answered(idOf(number), `${number - 10_000}.5`)));
    }
    const report = tracker.report(start + 12_000);
    expect(report).toMatchObject({ begun: 10_500, completed: 101, silent: 1000, underWay: 9399 });
    expect(report.silentSamples.map(({ id }) => id)).toEqual(Array.from({ length: 10 }, (_, n) => idOf(991 + n)));
    expect(report.slowest.map(({ seconds }) => seconds)).toEqual(Array.from({ length: 10 }, (_, n) => 500.5 - n));
    expect(Object.keys(report.silentHosts)).toHaveLength(20);
  });

  it('never make it throw, whatever the order of their lines', () => {
    const texts = ['ab18927f79', 'cd18927f79'].flatMap((id) => [...begun(id), ...towards(id), ...answered(id, '1.5')]);
    const lines = fc.array(fc.tuple(fc.integer({ min: -1e6, max: 1e6 }), fc.constantFrom(...texts)), { maxLength: 60 });
    fc.assert(
      fc.property(lines, (logged) => {
        const tracker = createListenerRequestTracker();
        push(tracker, logged);
        const report = tracker.report(undefined);
        const completed = logged.filter(([, text]) => text.includes('completed')).length;
        expect(report.completed).toBe(completed);
        expect(report.underWay + report.silent + report.completed).toBeGreaterThanOrEqual(report.begun);
        expect(report.silentSamples.length).toBeLessThanOrEqual(report.silent);
      }),
    );
  });
});

describe('the clock of a log', () => {
  const ping = (time: string, direction = 'Rx') =>
    decodeListenerLine(`${direction} [0000000000... FnPing ${time}]`) ?? expect.fail('not recognised');

  it('is compared with that of the edge', () => {
    const reader = createListenerClockReader();
    expect(reader.report()).toBeUndefined();
    reader.push(ping('2026-11-20 23:38:09.872617 +0000 UTC'), start);
    reader.push(ping('2026-11-21 00:38:08.5 +0100 CET'), start);
    reader.push(ping('2026-11-20 22:38:10 +0000 UTC', 'Tx'), start);
    reader.push(ping('yesterday'), start);
    reader.push(ping('2026-11-20 23:38:09.872617 +0000 UTC'), undefined);
    expect(reader.report()).toEqual({ pings: 2, leastAheadSeconds: 0.128, mostAheadSeconds: 1.5 });
    expect(reader.report()).toBeUndefined();
  });
});

import { finding, metric, signal } from '../../model/explanation-shape.js';
import { anyOf, listOf, number, objectOf, oneOf, type Shape, text } from '../../model/shape.js';

const failure = objectOf({ code: text, detail: text });
const stop = objectOf({ code: text, detail: text });

const report = objectOf({
  target: text,
  at: text,
  durationMs: number,
  verdict: oneOf('ok', 'warn', 'fail', 'unknown'),
  facts: objectOf({ kind: text }),
  findings: listOf(finding),
  metrics: listOf(metric),
  signals: listOf(signal),
});

const outcome = anyOf(
  objectOf({ state: oneOf('planned') }),
  objectOf({ state: oneOf('skipped'), why: text }),
  objectOf({ state: oneOf('refused'), problem: text }, { hint: text }),
  objectOf({ state: oneOf('unfinished'), stopped: stop }),
  objectOf({
    state: oneOf('ran'),
    verdict: oneOf('ok', 'warn', 'fail', 'unknown'),
    durationMs: number,
    reports: listOf(report),
  }),
);

const check = objectOf({
  kind: text,
  name: text,
  subject: objectOf({}, { host: text, destination: text, file: text }),
  command: text,
  line: text,
  why: text,
  outcome,
});

const place = objectOf({ host: text }, { port: number });

const asked = objectOf(
  {
    hosts: listOf(text),
    mode: text,
    edgeProfile: text,
    since: text,
    network: objectOf(
      {},
      {
        family: number,
        connectTimeout: number,
        resolver: objectOf({ address: text, port: number }),
        resolve: listOf(objectOf({ host: text, port: number, address: text })),
        connectTo: place,
      },
    ),
  },
  {
    config: text,
    ip: listOf(text),
    readTimeout: number,
    logs: listOf(text),
    caFile: text,
    addCa: listOf(text),
    skip: listOf(text),
    timeout: number,
    timeoutResult: text,
    now: text,
  },
);

const configuration = anyOf(
  objectOf({ state: oneOf('absent'), looked: listOf(text) }),
  objectOf({ state: oneOf('unreadable'), path: text, failure }),
  objectOf(
    { state: oneOf('read'), path: text, unchecked: listOf(objectOf({ line: number, text, why: text })) },
    { mapFile: text, mapFailure: failure },
  ),
);

const machine = objectOf(
  {
    hosts: listOf(objectOf({ line: number, address: text, name: text })),
    nameServers: listOf(text),
    routes: listOf(objectOf({ range: text, route: text, device: text }, { via: text })),
    unread: listOf(objectOf({ path: text, failure })),
  },
  { unseen: text },
);

/** Whether saved facts are those of a doctor, as far as it reads them itself. What is in the facts of a check, its own command judges. */
export const doctorShape: Shape = objectOf(
  { asked, observedAt: text, configuration, machine, checks: listOf(check) },
  { stopped: stop },
);

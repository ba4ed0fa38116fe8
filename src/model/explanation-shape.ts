import { failureCodes } from './failure.js';
import { anyOf, listOf, number, objectOf, oneOf, pairOf, recordOf, type Shape, text } from './shape.js';

const status = oneOf('pass', 'note', 'warn', 'fail', 'skip', 'broken');

const place = objectOf({ file: text }, { line: number, column: number, length: number, text });

const related = objectOf({ relation: oneOf('follows', 'confirms'), rule: text, status, target: text, says: text });

/** What every format takes for granted of a finding. */
export const finding: Shape = objectOf(
  { rule: text, status, says: text, means: text, evidence: listOf(text), remedy: text, cites: text },
  { code: oneOf(...failureCodes), place, related: listOf(related), again: text },
);

/** The same of a number. */
export const metric: Shape = objectOf(
  { name: text, help: text, unit: oneOf('seconds', 'bytes', 'ratio', 'count'), value: number, labels: recordOf(text) },
  { alarm: oneOf('above', 'below'), warn: number, fail: number },
);

/** The same of a raw signal for a ticket. */
export const signal: Shape = pairOf(text, text);

const kind = (name: string, members: Readonly<Record<string, Shape>>, optional: Readonly<Record<string, Shape>> = {}) =>
  objectOf({ kind: oneOf(name), ...members }, optional);

const block = anyOf(
  kind('heading', { text }),
  kind('pairs', { pairs: listOf(objectOf({ label: text, value: text }, { means: text, status })) }),
  kind(
    'table',
    {
      columns: listOf(objectOf({ title: text, align: oneOf('left', 'right') })),
      rows: listOf(listOf(text)),
    },
    { statuses: listOf(status) },
  ),
  kind('bars', { title: text, bars: listOf(objectOf({ label: text, value: number, text }, { from: number })) }),
  kind('fields', { source: text, fields: listOf(objectOf({ start: number, end: number, label: text }, { status })) }),
  kind('note', { text }),
  kind('commands', { title: text, lines: listOf(text) }),
);

/** Whether every format can show what a command made of facts: those that were damaged may end in anything. */
export const explanation: Shape = objectOf({
  findings: listOf(finding),
  metrics: listOf(metric),
  blocks: listOf(block),
  signals: listOf(signal),
});

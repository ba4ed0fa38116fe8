import type { Block, Column, Pair } from '../../model/block.js';
import { shortened } from '../../model/shortened.js';
import type { Attempt, PortAttempt, PortsFacts, ReachedFacts } from './facts.js';

/** Ports that are all shown, whatever their state. */
const few = 20;
/** Rows of a table that a person reads. */
const most = 100;
/** Rows with `--verbose`. */
const mostVerbose = 2000;

const left = (title: string): Column => ({ title, align: 'left' });
const columns: readonly Column[] = [
  { title: 'Port', align: 'right' },
  left('Service'),
  left('State'),
  left('Reason'),
  { title: 'ms', align: 'right' },
];

/** The ports: all of a few, of many those that are open, and how many are not. */
export function portsBlocks(facts: PortsFacts): Block[] {
  const { attempts, counts } = facts;
  const isFew = counts.asked <= few;
  const interesting = isFew ? attempts : attempts.filter(({ state }) => state === 'open');
  const blocks: Block[] = [];
  if (interesting.length > 0) blocks.push(tableOf(interesting.slice(0, most)));
  if (interesting.length > most) {
    blocks.push({ kind: 'note', text: `${interesting.length - most} more are open; --json lists all` });
  }
  if (!isFew || counts.untried > 0) blocks.push({ kind: 'note', text: countsText(facts) });
  if (!isFew) {
    blocks.push({ ...tableOf(attempts.slice(0, mostVerbose)), verbose: true });
    if (attempts.length > mostVerbose) {
      const text = `the first ${mostVerbose} of ${attempts.length} attempts; --json lists all`;
      blocks.push({ kind: 'note', text, verbose: true });
    }
  }
  return [...blocks, ...furtherBlocks(facts)];
}

/** What was seen of a unix socket. */
export function unixBlocks(facts: ReachedFacts): Block[] {
  const pairs = facts.attempts.flatMap((attempt): Pair[] => [
    { label: 'State', value: attempt.state, status: attempt.state === 'open' ? 'pass' : 'fail' },
    ...(attempt.failure === undefined ? [] : [{ label: 'Reason', value: attempt.failure.detail }]),
    { label: 'Time', value: `${milliseconds(attempt)} ms` },
  ]);
  return [...(pairs.length > 0 ? [{ kind: 'pairs', pairs } as const] : []), ...furtherBlocks(facts)];
}

/** `10000 ports: 2 open, 9990 closed, 8 filtered` */
export function countsText({ counts }: ReachedFacts): string {
  const states = (['open', 'closed', 'filtered', 'unreachable', 'untried'] as const)
    .filter((state) => counts[state] > 0 || state === 'open')
    .map((state) => `${counts[state]} ${state}`);
  return `${counts.asked} ports: ${states.join(', ')}`;
}

function tableOf(attempts: readonly PortAttempt[]): Block {
  const rows = attempts.map((attempt) => [
    `${attempt.port}/${attempt.protocol}`,
    attempt.service ?? '',
    attempt.state,
    attempt.failure?.detail ?? '',
    milliseconds(attempt),
  ]);
  return { kind: 'table', columns, rows };
}

/** What is shown of a banner, in characters; the facts have all that was read. */
const mostOfBanner = 400;

const cut = 'and more, which was not read';

/** Of open ports: the handshake, and what they say. */
function furtherBlocks({ attempts }: ReachedFacts): Block[] {
  const pairs = attempts.flatMap((attempt): Pair[] => {
    const { tls, banner, truncated } = attempt;
    const suffix = attempts.length > 1 && 'port' in attempt ? ` ${attempt.port}` : '';
    const handshake = tls?.failure === undefined && tls !== undefined ? `${tls.protocol}, ${tls.cipher}` : undefined;
    return [
      ...(handshake === undefined ? [] : [{ label: `TLS${suffix}`, value: handshake }]),
      ...(tls?.failure === undefined ? [] : [{ label: `TLS${suffix}`, value: tls.failure.detail }]),
      ...(banner === undefined
        ? []
        : [{ label: `Says${suffix}`, value: shortened(banner, mostOfBanner), ...(truncated && { means: cut }) }]),
    ];
  });
  return pairs.length === 0 ? [] : [{ kind: 'pairs', pairs: pairs.slice(0, most) }];
}

function milliseconds({ ms }: Attempt): string {
  return ms.toFixed(ms < 10 ? 2 : 0);
}

import { placeOfDataCentre } from '../../knowledge/data-centres.js';
import { edgeErrorOf } from '../../knowledge/edge-errors.js';
import { traceKeyOf } from '../../knowledge/trace-keys.js';
import type { Bar, Block, Column, Pair } from '../../model/block.js';
import type { FailedFacts, NotATraceFacts, TraceAnswerFacts } from './facts.js';
import { mayBeOfProxy } from './proxy-answer.js';

/** What a person should see of a trace. */
export function traceBlocks(facts: TraceAnswerFacts): Block[] {
  const { trace, order, duplicates = [] } = facts;
  const colo = trace['colo'] ?? '';
  const pairs: Pair[] = [
    { label: 'Data centre', value: colo, means: placeOfDataCentre(colo) ?? 'not in the table of this version' },
    ...wayPairs(facts),
  ];
  const rows = [
    ...order.map((key) => [key, trace[key] ?? '', traceKeyOf(key)?.meaning ?? '']),
    ...duplicates.map(({ key, value }) => [key, value, 'again']),
  ];
  return [
    { kind: 'pairs', pairs },
    { kind: 'table', columns: columns('Key', 'Value', 'Meaning'), rows },
    ...phaseBlock(facts),
    ...headerBlock(facts),
  ];
}

const kinds: Readonly<Record<NotATraceFacts['answer'], string>> = {
  challenge: 'a challenge page of Cloudflare',
  'cloudflare-error': 'an error of Cloudflare',
  'captive-portal': 'a captive portal, or a gateway that is in the way',
  'not-proxied': 'the origin itself: nothing in the answer is of Cloudflare',
  other: 'from Cloudflare, but neither a trace nor an error that is known',
};

/** What a person should see of an answer that is something else. */
export function notATraceBlocks(facts: NotATraceFacts): Block[] {
  const { answer, error, body, truncated } = facts;
  const means = mayBeOfProxy(facts) ? 'of the origin or of the proxy: nothing in it is of Cloudflare' : kinds[answer];
  const pairs: Pair[] = [{ label: 'Answer', value: answer, means, status: 'fail' }];
  if (error !== undefined) {
    const cause = edgeErrorOf(error.code)?.cause;
    pairs.push({ label: 'Error', value: String(error.code), ...(cause !== undefined && { means: cause }) });
    if (error.title !== undefined) pairs.push({ label: 'Title', value: error.title });
    if (error.zone !== undefined) pairs.push({ label: 'Zone', value: error.zone });
    if (error.retryAfter !== undefined) pairs.push({ label: 'Retry after', value: `${error.retryAfter} s` });
  }
  const { location } = facts.http.headers;
  if (location !== undefined)
    pairs.push({ label: 'Redirects to', value: location, means: 'not followed; its query is left out' });
  const beginning: Block[] =
    body === '' ? [] : [{ kind: 'note', text: `Body${truncated ? ' (its beginning)' : ''}: ${body}`, verbose: true }];
  return [
    { kind: 'pairs', pairs: [...pairs, ...wayPairs(facts)] },
    ...phaseBlock(facts),
    ...headerBlock(facts),
    ...beginning,
  ];
}

/** What a person should see of an attempt without a whole answer: how far it got. */
export function failedBlocks(facts: FailedFacts): Block[] {
  return [{ kind: 'pairs', pairs: wayPairs(facts) }, ...phaseBlock(facts)];
}

/** Who was asked how, and what the head of the answer says. */
function wayPairs(facts: TraceAnswerFacts | NotATraceFacts | FailedFacts): Pair[] {
  const { url, address, proxy, tls, http } = facts;
  const pairs: Pair[] = [{ label: 'URL', value: url }];
  if (address !== undefined) pairs.push({ label: 'Address', value: address });
  if (proxy !== undefined) pairs.push({ label: 'Proxy', value: proxy, means: 'resolves the name and connects' });
  if (tls !== undefined) pairs.push({ label: 'TLS', value: `${tls.protocol}, ${tls.cipher}` });
  if (http !== undefined) {
    pairs.push({ label: 'Status', value: `${http.status} ${http.reason}`.trim() });
    if (http.headers['server'] !== undefined) pairs.push({ label: 'Server', value: http.headers['server'] });
    const ray = http.headers['cf-ray'];
    if (ray !== undefined) pairs.push({ label: 'CF-RAY', value: ray, means: 'names this request for support' });
  }
  return pairs;
}

const labels: Readonly<Record<string, string>> = {
  resolve: 'resolve',
  connect: 'connect',
  proxy: 'proxy',
  tls: 'TLS',
  firstByte: 'first byte',
  total: 'total',
};

function phaseBlock({ phases }: TraceAnswerFacts | NotATraceFacts | FailedFacts): Block[] {
  // One after the other, but for the total.
  let from = 0;
  const bars = Object.entries(labels).flatMap(([name, label]): Bar[] => {
    const ms = phases[name as keyof typeof phases];
    if (ms === undefined) return [];
    const bar: Bar = { label, value: ms, text: `${ms.toFixed(1)} ms`, ...(name !== 'total' && { from }) };
    from += ms;
    return [bar];
  });
  return bars.length < 2 ? [] : [{ kind: 'bars', title: 'Time', bars }];
}

function headerBlock({ http }: TraceAnswerFacts | NotATraceFacts): Block[] {
  const rows = Object.entries(http.headers);
  return rows.length === 0 ? [] : [{ kind: 'table', columns: columns('Header', 'Value'), rows, verbose: true }];
}

function columns(...titles: readonly string[]): Column[] {
  return titles.map((title) => ({ title, align: 'left' }));
}

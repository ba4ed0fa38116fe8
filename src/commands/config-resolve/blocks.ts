import type { LineInQuestion, WayStep } from '../../decoders/railgun-way.js';
import type { Block, Column, Pair } from '../../model/block.js';
import { bracketed } from '../../model/endpoint.js';
import type { Attempt, DestinationFacts } from './facts.js';
import { stateOf } from './state.js';
import { decidedText, requestText, wayText } from './text.js';

/** Addresses that are shown. */
const most = 100;

const left = (title: string): Column => ({ title, align: 'left' });
const right = (title: string): Column => ({ title, align: 'right' });

/** What a person should see: the answer, where it goes, by what, what was looked for, and what came of connecting. */
export function destinationBlocks(facts: DestinationFacts, answer: string): Block[] {
  return [
    { kind: 'note', text: answer },
    { kind: 'pairs', pairs: pairsOf(facts) },
    {
      kind: 'table',
      columns: [right('Order'), left('Looked for'), left('Found')],
      rows: facts.steps.map(rowOf(facts)),
    },
    ...attemptsTable(facts.attempts),
    { kind: 'pairs', pairs: settingPairs(facts), verbose: true },
  ];
}

function pairsOf(facts: DestinationFacts): Pair[] {
  const { way, spoken, asked } = facts;
  const pairs: Pair[] = [{ label: 'Request', value: requestText(facts) }];
  const fromDns = way.decidedBy === 'CF-ORIGIN-IP';
  pairs.push({
    label: 'Goes to',
    value: `${wayText(way)} over ${spoken.toUpperCase()}`,
    ...(fromDns &&
      asked.originIp === undefined && {
        means: 'the address that DNS at Cloudflare has for the host; --origin-ip names it',
      }),
  });
  pairs.push({
    label: 'Decided by',
    value: decidedText(way.decidedBy),
    ...(way.decidedBy !== 'CF-ORIGIN-IP' && { means: way.decidedBy.text }),
  });
  const without = withoutText(facts);
  if (without !== undefined) pairs.push({ label: 'Without the line', value: without });
  pairs.push({ label: 'With a default', value: defaultText(facts) });
  return pairs;
}

function withoutText({ withoutLine }: DestinationFacts): string | undefined {
  if (withoutLine === undefined) return undefined;
  const { decidedBy } = withoutLine;
  const by = decidedBy === 'CF-ORIGIN-IP' && withoutLine.host === undefined ? '' : `, by ${decidedText(decidedBy)}`;
  return `${wayText(withoutLine)}${by}`;
}

/** What the line `default` does, or would do. */
function defaultText({ steps, way, listener }: DestinationFacts): string {
  const step = steps.find((one) => one.step === 'default');
  const [line] = step?.lines ?? [];
  if (step?.taken === true) return 'it is what decides';
  if (way.decidedBy !== 'CF-ORIGIN-IP') {
    const is = line === undefined ? 'it would change nothing' : `line ${line.line} changes nothing`;
    return `${is}: a line for the host comes first`;
  }
  const where = listener.mapFile === undefined ? 'a map with default = ADDRESS' : 'a line default = ADDRESS';
  return `${where} would send it to ADDRESS, port ${way.port}`;
}

function rowOf(facts: DestinationFacts): (step: WayStep, index: number) => string[] {
  const { host, port, asked } = facts;
  const names: Readonly<Record<WayStep['step'], string>> = {
    'host-and-port': `${bracketed(host)}:${port}`,
    host,
    default: 'default',
    'CF-ORIGIN-IP': 'CF-ORIGIN-IP',
  };
  return ({ step, lines, taken }, index) => {
    const [last] = lines.slice(-1);
    const more = lines.length > 1 ? ` (the last of ${lines.length > 9 ? 'many' : lines.length})` : '';
    const mark = taken === true ? ' ← taken' : '';
    const unread = unreadFor(step, facts).map(({ line, text }) => `line ${line}: ${text} ← cannot be read`);
    const found =
      step === 'CF-ORIGIN-IP'
        ? [`${asked.originIp ?? 'the address in DNS at Cloudflare'}${mark}`]
        : [...(last === undefined ? [] : [`line ${last.line}: ${last.text}${more}${mark}`]), ...unread];
    return [String(index + 1), names[step], found.length === 0 ? 'no line' : found.join('; ')];
  };
}

/** The lines that would be this step, were their targets ones: each is for the host, or is the default. */
function unreadFor(step: WayStep['step'], { host, port, unusable = [] }: DestinationFacts): readonly LineInQuestion[] {
  const withPort = `${bracketed(host)}:${port}`.toLowerCase();
  return unusable.filter(({ text }) => {
    const name = (/^[^=]*/.exec(text)?.[0] ?? '').replaceAll(/[ \t]/g, '').toLowerCase();
    if (name === 'default') return step === 'default';
    return step === (name === withPort ? 'host-and-port' : 'host');
  });
}

function attemptsTable(attempts: readonly Attempt[] | undefined): Block[] {
  if (attempts === undefined || attempts.length === 0) return [];
  const rows = attempts
    .slice(0, most)
    .map((one) => [
      `${bracketed(one.address)}:${one.port}`,
      stateOf(one),
      one.failure?.detail ?? '',
      one.ms.toFixed(1),
    ]);
  return [{ kind: 'table', columns: [left('Address'), left('State'), left('Reason'), right('ms')], rows }];
}

function settingPairs({ listener }: DestinationFacts): Pair[] {
  const { config, mapFile, insecureOrigin, wanPort, wanIp } = listener;
  return [
    { label: 'Configuration', value: config },
    { label: 'map.file', value: mapFile ?? 'none' },
    { label: 'insecure.origin', value: insecureOrigin ? '1' : '0' },
    { label: 'wan.port', value: String(wanPort) },
    ...(wanIp === undefined ? [] : [{ label: 'wan.ip', value: wanIp }]),
  ];
}

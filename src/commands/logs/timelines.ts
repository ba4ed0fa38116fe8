import type { ListenerRequests, RequestTimeline } from '../../decoders/listener-requests.js';
import type { Block, Pair } from '../../model/block.js';
import { grouped } from '../../model/count.js';
import { durationText } from '../../model/duration.js';
import { latestFirst } from './latest.js';
import { instantText } from './text.js';

/** Requests of each kind that are shown unless the user wants all that is kept. */
const mostShown = 3;

/** The way of the requests that hung, and of the slowest ones. */
export function timelineBlocks(requests: ListenerRequests | undefined): Block[] {
  if (requests === undefined) return [];
  const { completed, silent, underWay, seconds, silentSamples, slowest } = requests;
  const pairs: Pair[] = [
    {
      label: 'Requests',
      value: `${grouped(completed)} completed, ${grouped(silent)} hung, ${grouped(underWay)} under way`,
    },
  ];
  if (seconds !== undefined) {
    const { p50, p99, max } = seconds;
    const value = `half ${durationText(p50)}, 99 % ${durationText(p99)}, slowest ${durationText(max)}`;
    pairs.push({ label: 'They took', value });
  }
  const statuses = Object.entries(requests.statuses).map(([status, count]) => `${status} (${grouped(count)})`);
  if (statuses.length > 0) pairs.push({ label: 'Origins answered', value: statuses.join(', ') });
  return [
    { kind: 'pairs', pairs },
    ...listed(
      'Requests that went no further, by their last lines, the latest first (most logs have whole seconds)',
      latestFirst(silentSamples),
    ),
    ...listed('The slowest requests', slowest),
  ];
}

function listed(title: string, timelines: readonly RequestTimeline[]): Block[] {
  if (timelines.length === 0) return [];
  const [shown, more] = [timelines.slice(0, mostShown), timelines.slice(mostShown)];
  const rest: Block[] = more.length === 0 ? [] : [{ kind: 'pairs', pairs: more.map(pairOf), verbose: true }];
  return [{ kind: 'heading', text: title }, { kind: 'pairs', pairs: shown.map(pairOf) }, ...rest];
}

function pairOf(timeline: RequestTimeline): Pair {
  const { id, method, url, destination, status, seconds } = timeline;
  const asked = [method, url].filter((part) => part !== undefined).join(' ');
  const value = [
    asked === '' ? 'its beginning is not in the log' : asked,
    ...(destination === undefined ? [] : [`at ${destination}`]),
    ...(status === undefined ? [] : [`status ${status}`]),
    ...(seconds === undefined ? [] : [`${durationText(seconds)}`]),
  ].join(', ');
  return { label: id, value, means: wayOf(timeline) };
}

/** `2026-11-20 23:38:11 accepted, connecting, connected; +24 s answering, received, completed` */
function wayOf({ phases, silentSeconds }: RequestTimeline): string {
  const steps: { at: string | undefined; names: string[] }[] = [];
  for (const { phase, at } of phases) {
    const last = steps.at(-1);
    if (last !== undefined && last.at === at) last.names.push(phase);
    else steps.push({ at, names: [phase] });
  }
  const start = steps[0]?.at;
  const way = steps.map(({ at, names }, index) => {
    const named = names.join(', ');
    if (at === undefined || start === undefined) return named;
    return `${index === 0 ? instantText(at) : sinceText(start, at)} ${named}`;
  });
  const goesOn =
    silentSeconds === undefined ? [] : [`then nothing, and the log goes on for ${durationText(silentSeconds)}`];
  return [...way, ...goesOn].join('; ');
}

function sinceText(start: string, at: string): string {
  const seconds = (Date.parse(at) - Date.parse(start)) / 1000;
  return `${seconds < 0 ? '-' : '+'}${durationText(Math.abs(seconds))}`;
}

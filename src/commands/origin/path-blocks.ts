import type { EdgeMode } from '../../decoders/edge-verdict.js';
import type { ListenerVerdict } from '../../decoders/listener-verdict.js';
import type { Block, Pair } from '../../model/block.js';
import type { PublicPath, RailgunFacts, SeenFacts } from './facts.js';
import { modeText } from './modes.js';
import { publicOutcome, rayText } from './public-outcome.js';
import { outcomeText, secondsText } from './text.js';

/** The other ways to the page: other SSL/TLS modes, through Cloudflare, and through rg-listener. */
export function pathBlocks({ otherModes, public: path, railgun }: SeenFacts): Block[] {
  const pairs = otherModes.map((mode): Pair => ({ label: shortName(mode.mode), value: outcomeText(mode) }));
  return [
    ...(pairs.length === 0 ? [] : withHeading('Under other SSL/TLS modes visitors would get', pairs)),
    ...(path === undefined ? [] : withHeading('Through Cloudflare', publicPairs(path))),
    ...(railgun === undefined ? [] : withHeading('Through rg-listener', railgunPairs(railgun))),
  ];
}

/** Without what its name has in brackets around it. */
function shortName(mode: EdgeMode): string {
  return modeText(mode).name.replace(/^Strict \((.*)\)$/, '$1');
}

function withHeading(text: string, pairs: readonly Pair[]): Block[] {
  return [
    { kind: 'heading', text },
    { kind: 'pairs', pairs },
  ];
}

function publicPairs(path: PublicPath): Pair[] {
  const { address, http, error } = path;
  const outcome = publicOutcome(path);
  const ray = rayText(path);
  const pairs: Pair[] = [];
  switch (outcome.kind) {
    case 'failed':
      pairs.push({ label: 'Everybody gets', value: 'unknown', means: outcome.failure.detail, status: 'broken' });
      break;
    case 'elsewhere':
      pairs.push({ label: 'Everybody gets', value: String(http?.status ?? ''), means: 'not from Cloudflare' });
      break;
    case 'challenge':
      pairs.push({ label: 'Everybody gets', value: String(outcome.status), means: 'a challenge of Cloudflare' });
      break;
    case 'error': {
      const means = outcome.own ? 'an error of Cloudflare' : 'the origin’s own error, or one of Cloudflare';
      pairs.push({ label: 'Everybody gets', value: String(outcome.code), means, status: 'fail' });
      break;
    }
    case 'answer': {
      const means = outcome.cache === undefined ? {} : { means: `from the cache: ${outcome.cache}` };
      pairs.push({ label: 'Everybody gets', value: String(outcome.status), ...means });
    }
  }
  if (error?.title !== undefined) pairs.push({ label: 'Title', value: error.title });
  if (ray !== undefined) pairs.push({ label: 'Ray', value: ray, means: 'names this request for support' });
  if (address !== undefined) pairs.push({ label: 'Address', value: address });
  const cache = http?.headers['cf-cache-status'];
  if (cache !== undefined) pairs.push({ label: 'Cache', value: cache });
  return pairs;
}

function railgunPairs(seen: RailgunFacts & Pick<ListenerVerdict, 'otherCode'>): Pair[] {
  const {
    code,
    otherCode,
    logLine,
    destination,
    decidedBy,
    portLost,
    validateCert,
    insecureOrigin,
    lanTimeoutSeconds,
    notes = [],
  } = seen;
  if (seen.failure !== undefined) {
    return [{ label: 'Visitors get', value: 'unknown', means: seen.failure.detail, status: 'broken' }];
  }
  const by =
    decidedBy === undefined
      ? {}
      : {
          means:
            typeof decidedBy === 'string' ? decidedBy : `by ${decidedBy.file}:${decidedBy.line}: ${decidedBy.text}`,
        };
  const pairs: Pair[] = [
    {
      label: 'Visitors get',
      value: code === null ? 'no error' : String(code ?? 'unknown'),
      ...(otherCode !== undefined && { means: `or ${otherCode}: the sources differ` }),
      status: code === null ? 'pass' : code === undefined ? 'broken' : 'fail',
    },
  ];
  if (logLine !== undefined) pairs.push({ label: 'It logs', value: logLine });
  if (destination !== undefined) pairs.push({ label: 'It connects', value: destination, ...by });
  if (portLost !== undefined) {
    pairs.push({ label: 'Port lost', value: String(portLost), means: 'no line of railgun-nat.conf names it' });
  }
  if (validateCert !== undefined) pairs.push({ label: 'validate.cert', value: validateCert ? '1' : '0' });
  if (insecureOrigin !== undefined) pairs.push({ label: 'insecure.origin', value: insecureOrigin ? '1' : '0' });
  for (const note of notes) pairs.push({ label: 'Note', value: note });
  if (lanTimeoutSeconds !== undefined) pairs.push({ label: 'lan.timeout', value: secondsText(lanTimeoutSeconds) });
  return pairs;
}

import { profileOf } from '../../decoders/edge-timers.js';
import type { StageSeen } from '../../decoders/origin-stages.js';
import { isVerdict } from '../../decoders/other-modes.js';
import type { Block, Column, Pair } from '../../model/block.js';
import { defectWords, strictDefects } from './defect-words.js';
import { verboseBlocks } from './detail-blocks.js';
import type { OriginAddress, SeenFacts } from './facts.js';
import { maskedUrl } from './masked-url.js';
import { modeText } from './modes.js';
import { pathBlocks } from './path-blocks.js';
import { resultText, stageTable } from './stage-table.js';
import { decisiveAddress, placeText, secondsText, shareText, sideText, sizeText, statusText } from './text.js';
import { codeText, edgeModeOf, hasFailed, judgementOf } from './verdict.js';

/** What a person should see: what visitors get, how each stage went, and how the edge connects. */
export function originBlocks(facts: SeenFacts): Block[] {
  return [
    { kind: 'pairs', pairs: verdictPairs(facts) },
    ...addressBlocks(facts),
    stageTable(facts.stages),
    { kind: 'pairs', pairs: connectionPairs(facts) },
    ...pathBlocks(facts),
    ...verboseBlocks(facts),
  ];
}

function verdictPairs(facts: SeenFacts): Pair[] {
  const judgement = judgementOf(facts, facts);
  if (!isVerdict(judgement)) {
    return [{ label: 'Visitors get', value: 'unknown', means: judgement.why, status: 'broken' }];
  }
  const { code, name, passedThrough, stage, inferred } = judgement;
  if (code === null) return [{ label: 'Visitors get', value: 'no error', status: 'pass' }];
  const isLoop = passedThrough && code < 400;
  const whose = passedThrough
    ? 'the origin’s own, which Cloudflare hands on'
    : `an error of Cloudflare${inferred === true ? ' (inferred: no page says so)' : ''}`;
  const side = sideText(judgement);
  const value = isLoop ? `${code} again and again` : `${codeText(judgement)} ${name}`;
  return [
    { label: 'Visitors get', value, means: isLoop ? 'the origin sends them in a circle' : whose, status: 'fail' },
    ...(stage === null ? [] : [{ label: 'Breaks at', value: stage }]),
    ...(side === undefined ? [] : [{ label: 'Side', value: side }]),
  ];
}

/** Addresses that are shown without --verbose. */
const few = 20;

/** One line for each address, where there are several or each was asked several times. */
function addressBlocks(facts: SeenFacts): Block[] {
  const { addresses, decisive, stages } = facts;
  const attempts = addresses.reduce((sum, address) => sum + address.attempts.length, 0);
  if (attempts < 2) return [];
  const names = stages.map(({ stage }) => stage);
  const columns = ['Address', ...names, 'Visitors get'].map(left);
  const rows = addresses.slice(0, few).map((address) => addressRow(facts, address, names));
  const more = addresses.length - rows.length;
  const found = decisive === undefined ? undefined : addresses[decisive.address];
  const which = decisive === undefined || (found?.attempts.length ?? 0) < 2 ? '' : `, attempt ${decisive.attempt + 1}`;
  return [
    { kind: 'heading', text: 'Addresses' },
    { kind: 'table', columns, rows },
    ...(more > 0 ? [{ kind: 'note' as const, text: `${more} more addresses; --json lists all` }] : []),
    ...(found === undefined ? [] : [{ kind: 'heading' as const, text: `Stages of ${placeText(found)}${which}` }]),
  ];
}

/** The worst that each stage came to in all attempts. */
function addressRow(facts: SeenFacts, address: OriginAddress, names: readonly StageSeen['stage'][]): string[] {
  const { attempts } = address;
  const cells = names.map((name) => {
    const all = attempts.map(({ stages }) => stages.find(({ stage }) => stage === name)?.status);
    const worst = (['fail', 'warn', 'pass', 'skip'] as const).find((status) => all.includes(status));
    return worst === undefined ? '' : resultText[worst];
  });
  const failed = attempts.filter((attempt) => hasFailed(attempt, facts));
  const [bad = attempts[0]] = failed;
  const outcome = bad === undefined ? 'not asked' : codeText(judgementOf(bad, facts));
  const share =
    attempts.length < 2 || failed.length === 0 ? '' : ` in ${shareText(failed.length, attempts.length, 'attempt')}`;
  return [address.address, ...cells, `${outcome}${share}`];
}

function connectionPairs(facts: SeenFacts): Pair[] {
  const { url, asked, scheme, originPort, tls, http } = facts;
  const address = decisiveAddress(facts);
  const { name } = modeText(asked.mode);
  const mode = edgeModeOf(facts);
  const { toOrigin } = modeText(mode);
  const instead = mode === asked.mode ? '' : ` (on this port as ${modeText(mode).name})`;
  const where = address === undefined ? `port ${originPort}` : placeText(address);
  const { id, connectSeconds, readSeconds, headerBytes } = profileOf(asked.edgeProfile);
  const limits = `${id}: ${secondsText(connectSeconds)} to connect, ${secondsText(readSeconds)} to answer, ${sizeText(headerBytes)} of headers`;
  const shortened = [asked.network.connectTimeout, asked.readTimeout].some((given) => given !== undefined);
  // Full and strict use the scheme of the visitor.
  const isAsVisitor = scheme === 'http' && mode !== 'off' && mode !== 'flexible';
  const pairs: Pair[] = [
    { label: 'URL', value: maskedUrl(url) },
    {
      label: 'SSL/TLS mode',
      value: name,
      means: `Cloudflare to the origin: ${isAsVisitor ? asVisitor : toOrigin}${instead}`,
    },
    { label: 'Edge connects', value: `${where} with ${scheme.toUpperCase()}` },
    {
      label: 'Edge profile',
      value: limits,
      ...(shortened && { means: 'as published; waited for less where asked to' }),
    },
  ];
  const spoken = [tls?.protocol, tls?.cipher].filter((part) => part !== undefined).join(', ');
  if (spoken !== '') pairs.push({ label: 'TLS', value: spoken });
  pairs.push(...certificatePairs(facts));
  if (http !== undefined) {
    const { version, headerBytes: size, headers } = http;
    pairs.push({ label: 'Answer', value: statusText(http), means: `${version}, ${size} bytes of headers` });
    if (headers['server'] !== undefined) pairs.push({ label: 'Server', value: headers['server'] });
    if (headers['location'] !== undefined) {
      pairs.push({ label: 'Redirects to', value: headers['location'], means: 'not followed; its query is left out' });
    }
  }
  return pairs;
}

const asVisitor = 'HTTP, as the visitor asks; no certificate is looked at';

function certificatePairs(facts: SeenFacts): Pair[] {
  const chain = facts.tls?.chain;
  const leaf = chain?.chain[chain.leaf];
  if (chain === undefined || leaf === undefined) return [];
  const refused = strictDefects(facts).map(({ code }) => code);
  const value = `${leaf.subject}, until ${leaf.notAfter.slice(0, 10)}`;
  return [
    refused.length === 0
      ? { label: 'Certificate', value, means: 'Full (strict) accepts it', status: 'pass' }
      : { label: 'Certificate', value, means: `Full (strict) refuses it: ${defectWords(refused)}`, status: 'warn' },
  ];
}

function left(title: string): Column {
  return { title, align: 'left' };
}

import { profileOf } from '../../decoders/edge-timers.js';
import type { StageSeen } from '../../decoders/origin-stages.js';
import type { FailureCode } from '../../model/failure.js';
import { defectWords, strictDefects } from './defect-words.js';
import type { SeenFacts } from './facts.js';
import { decisiveAddress, decisiveAttempt, placeText, secondsText, timeText } from './text.js';
import { edgeModeOf, type FailedStage } from './verdict.js';

/** What happened at a stage that failed, in words, with the message of the system behind it. No full stop. */
export function seenText(facts: SeenFacts, seen: FailedStage): string {
  const { failure } = seen;
  const certificate = seen.stage === 'certificate' ? certificateText(facts) : undefined;
  const silence = failure.code === 'timeout' && failure.byRun !== true ? silenceText(facts, seen) : undefined;
  if (silence !== undefined) return silence;
  // What exactly is wrong with it, a finding of its own says.
  if (certificate !== undefined) return certificate;
  const words = wordsOf(facts, seen);
  return words === undefined ? failure.detail : `${words} (${failure.detail})`;
}

function certificateText(facts: SeenFacts): string | undefined {
  const defects = strictDefects(facts);
  return defects.length === 0 ? undefined : `the certificate is ${defectWords(defects.map(({ code }) => code))}`;
}

function whereText(facts: SeenFacts): string {
  const address = decisiveAddress(facts);
  return address === undefined ? facts.host : placeText(address);
}

function wordsOf(facts: SeenFacts, seen: FailedStage): string | undefined {
  const at = whereText(facts);
  const { code, byRun } = seen.failure;
  if (byRun === true) return `the run ended during the stage ${seen.stage}`;
  if (code === 'request-unacknowledged') return silenceText(facts, seen);
  const whole = code === 'redirect-loop' && isPlain(facts) ? toHttps : words[code];
  // With --connect-to it is another name that was looked up.
  const name = facts.asked.network.connectTo?.host ?? facts.host;
  if (whole !== undefined) return whole.replaceAll('AT', () => at).replaceAll('HOST', () => name);
  const during = duringText[seen.stage];
  if (code === 'connection-reset') return `${at} reset the connection ${during}`;
  if (code === 'connection-closed') return `${at} closed the connection ${during}`;
  return undefined;
}

/** Cloudflare speaks HTTP with the origin, whatever visitors speak. */
export function isPlain(facts: SeenFacts): boolean {
  const mode = edgeModeOf(facts);
  return mode === 'off' || mode === 'flexible';
}

const toHttps = 'AT redirects to HTTPS, and Cloudflare asks it over HTTP again';

const duringText: Readonly<Record<StageSeen['stage'], string>> = {
  dns: 'while the name was looked up',
  tcp: 'while it was opened',
  tls: 'during the TLS handshake',
  certificate: 'during the TLS handshake',
  request: 'while it was sent the request',
  response: 'too early',
};

const words: Partial<Readonly<Record<FailureCode, string>>> = {
  'name-not-found': 'the name HOST does not exist',
  'no-address': 'the name HOST has no address',
  'connection-refused': 'AT refuses connections',
  'no-route': 'there is no route to AT',
  'host-unreachable': 'AT is unreachable',
  'not-tls': 'AT does not speak TLS',
  'tls-alert': 'AT ended the TLS handshake with an alert',
  'tls-protocol-mismatch': 'AT has no version of TLS in common with Cloudflare',
  'tls-cipher-mismatch': 'AT has no cipher suite in common with Cloudflare',
  'client-certificate-required': 'AT demands a client certificate',
  'malformed-response': 'AT answered with something that is not proper HTTP',
  'answer-too-long': 'AT answered with more headers than Cloudflare takes',
  'incomplete-answer': 'AT ended its answer before it was whole',
  'unexpected-answer': 'AT answered with something unexpected',
  'http2-broken': 'AT agreed on HTTP/2 and does not speak it properly',
  'broken-compression': 'AT compressed its answer wrongly',
  'redirect-loop': 'AT redirects to the very URL that was asked for',
  'not-the-origin': 'AT is not the origin: Cloudflare itself answered',
};

/** Silence before the acknowledgement and after it give different errors. */
const maybeUnacknowledged =
  '; whether the request was acknowledged cannot be told on this system, so that it may be 522';

/** Which of the edge's timers ran out, and whether it was shortened here: then nobody saw the end of the real one. */
function silenceText(facts: SeenFacts, { stage, failure, ms }: FailedStage): string {
  const at = whereText(facts);
  const { asked } = facts;
  const { connectSeconds, ackSeconds, readSeconds } = profileOf(asked.edgeProfile);
  const within = (given: number | undefined, edge: number) =>
    given === undefined || given >= edge
      ? `within ${secondsText(edge)}`
      : `within ${secondsText(given)}; the edge waits ${secondsText(edge)}`;
  if (stage === 'tcp') return `${at} did not answer ${within(asked.network.connectTimeout, connectSeconds)}`;
  if (failure.code === 'request-unacknowledged') {
    const waited = asked.readTimeout === undefined || ms === undefined ? undefined : ms / 1000;
    return `${at} did not acknowledge the request ${within(waited, ackSeconds)}`;
  }
  if (stage === 'response') {
    const { begun, acknowledged } = decisiveAttempt(facts) ?? {};
    const waited = within(asked.readTimeout, readSeconds);
    if (begun === true) return `${at} began its answer and did not end its headers ${waited}`;
    return `${at} did not answer the request ${waited}${acknowledged === undefined ? maybeUnacknowledged : ''}`;
  }
  if (stage === 'tls') {
    const { connectTimeout } = asked.network;
    const waited = secondsText(connectTimeout ?? connectSeconds);
    const unknown = connectTimeout === undefined ? '' : '; how long the edge waits for it is not published';
    return `${at} did not finish the TLS handshake within ${waited}${unknown}`;
  }
  const after = ms === undefined ? '' : ` after ${timeText(ms)}`;
  return stage === 'dns' ? `the name servers did not answer${after}` : `${at} fell silent ${duringText[stage]}${after}`;
}

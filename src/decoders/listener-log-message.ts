import { type ListenerLineId, listenerLogLines } from '../knowledge/listener-log-lines.js';
import { proxiedPorts } from '../knowledge/proxied-ports.js';
import { addressKind, isLoopbackHost } from './address-kind.js';

type Parts = Readonly<Record<string, string>>;

/** What a message says. */
export interface ListenerMessage {
  readonly id: ListenerLineId;
  readonly parts: Parts;
}

/**
 * Recognises what rg-listener says, without what syslog puts before it. The alternatives of each pattern exclude each other,
 * and no two neighbours can take the same text: linear.
 * @param isTagged rg-listener is named as the one who wrote it
 */
export function listenerMessage(message: string, isTagged: boolean): ListenerMessage | undefined {
  return (
    ofOrigin(message) ??
    ofMemcached(message) ??
    ofActivation(message) ??
    requestMessage(message) ??
    ofWords(message) ??
    ofStatus(message, isTagged)
  );
}

/** The same of a message that is known to be about a request, or a sign of life. */
export function requestMessage(message: string): ListenerMessage | undefined {
  return message.charAt(1) === 'x' ? ofFrame(message) : ofRequest(message);
}

const dialled = /^dial tcp (\S+?): *(?:(?:connect|getsockopt): *)?(i\/o timeout|connection refused)\.?$/;
const failedAt = /^connection failed ([^\s/]+)\/((?:\[[^\s\]]*\]|[^\s/:]+)(?::\d{1,5})?): */;
const silentAt = /^no response from origin \(timeout\) ([^\s/]+)\/(\S+)$/;
const gettingPage = /^Error getting page: */;

/** What is said of an origin: a place, then why. */
function ofOrigin(message: string): ListenerMessage | undefined {
  const silent = silentAt.exec(message);
  if (silent !== null) return { id: 'no-response', parts: { destination: silent[1] ?? '', host: silent[2] ?? '' } };
  const page = gettingPage.exec(message);
  if (page !== null) {
    const reason = message.slice(page[0].length);
    const [, destination = '', why] = dialled.exec(reason) ?? [];
    return why === 'connection refused'
      ? { id: 'page-refused', parts: { destination } }
      : ofCause(reason, dialledPlace(reason));
  }
  const failed = failedAt.exec(message);
  if (failed !== null) {
    const [all, destination = '', host = ''] = failed;
    return ofCause(message.slice(all.length), { destination, host });
  }
  const verb = ' origin request failed ';
  const at = message.indexOf(verb);
  if (at < 0) return undefined;
  const host = message.slice(0, at).replace(/^(?:…|\.{3}) /, '');
  // What stands behind "to" is what Go's formatting made of a value that was not there.
  const [all, destination = ''] = /^(\S+) to \S+: /.exec(message.slice(at + verb.length)) ?? [];
  if (all === undefined || host === '' || /\s/.test(host)) return undefined;
  return ofCause(message.slice(at + verb.length + all.length), { destination, host });
}

/** The words are those of Go's packages, so that they mean the same wherever rg-listener has them. */
function ofCause(cause: string, parts: Parts): ListenerMessage | undefined {
  const [, , why] = dialled.exec(cause) ?? [];
  if (why !== undefined) return { id: why === 'i/o timeout' ? 'connection-timeout' : 'connection-refused', parts };
  // Later versions of Go say which layer the alert is of.
  if (/^remote error: (?:tls: )?handshake failure$/.test(cause)) return { id: 'handshake-failure', parts };
  if (cause === 'x509: certificate signed by unknown authority') return { id: 'unknown-authority', parts };
  const named = 'x509: certificate is valid for ';
  const not = cause.lastIndexOf(', not ');
  if (cause.startsWith(named) && not >= named.length) {
    return { id: 'wrong-host', parts: { ...parts, names: cause.slice(named.length, not) } };
  }
  // No page lists all that Go can say: whatever it is, the page of the visitor was not fetched.
  return cause === '' ? undefined : { id: 'connection-failed-otherwise', parts: { ...parts, reason: cause } };
}

/** Where Go connected to, if that is what failed. */
function dialledPlace(reason: string): Parts {
  const destination = /^dial tcp (\S+?): /.exec(reason)?.[1];
  return destination === undefined ? {} : { destination };
}

function ofMemcached(message: string): ListenerMessage | undefined {
  const length = /^bad Content-Length: *"?([^"\s]*)"?$/.exec(message)?.[1];
  if (length !== undefined) return { id: 'bad-content-length', parts: { length } };
  if (message === listenerLogLines['memcached-failed'].text) return { id: 'memcached-failed', parts: {} };
  // Of an origin the line would say of which host: this is how other things are logged that rg-listener connects to.
  const [, destination = '', why] = dialled.exec(message) ?? [];
  if (why === undefined) return undefined;
  const isTimeout = why === 'i/o timeout';
  if (isOfMemcached(destination))
    return { id: isTimeout ? 'memcached-timeout' : 'memcached-refused', parts: { destination } };
  return isTimeout ? { id: 'dial-timeout', parts: { destination } } : undefined;
}

const webPorts: readonly number[] = [...proxiedPorts.http, ...proxiedPorts.https];

/**
 * By memcached's port; else it is on the machine or in its network, and no port of the web. What else rg-listener connects to (the
 * activation server, stats.url) answers at a public address, or at such a port.
 */
function isOfMemcached(destination: string): boolean {
  const colon = destination.lastIndexOf(':');
  const port = destination.slice(colon + 1);
  if (port === '11211') return true;
  if (colon < 0 || !/^\d{1,5}$/.test(port) || webPorts.includes(Number(port))) return false;
  const host = destination.slice(0, colon).replace(/^\[(.*)\]$/, '$1');
  return isLoopbackHost(host) || addressKind(host).kind === 'private';
}

function ofActivation(message: string): ListenerMessage | undefined {
  const failed = message.indexOf('Error activating: ');
  if (failed >= 0) {
    const reason = message.slice(failed + 'Error activating: '.length);
    if (reason.includes('Invalid or missing railgun token or tag')) return { id: 'activation-failed', parts: {} };
    return /x509:|certificate/.test(reason) ? { id: 'activation-certificate', parts: { reason } } : undefined;
  }
  // With what the start-up script writes around it.
  if (message.includes('Error starting Railgun as a daemon')) return { id: 'daemon-failed', parts: {} };
  const number = /^Assigned Railgun ID: (\S+)$/.exec(message)?.[1];
  return number === undefined ? undefined : { id: 'activation-id', parts: { number } };
}

/** `Rx [<id>... FnBegin <id>... FnRequest …]`: the verbs say what is in a frame between rg-listener and the edge. */
function ofFrame(message: string): ListenerMessage | undefined {
  const direction = message.slice(0, 2);
  if ((direction !== 'Rx' && direction !== 'Tx') || !message.startsWith(' [', 2)) return undefined;
  if (!isRequestIdAt(message, 4) || !message.endsWith(']')) return undefined;
  const requestId = message.slice(4, 14);
  const inner = message.slice(18, -1);
  const [verb = ''] = wordsOf(inner, 1);
  if (verb === 'FnPing' || verb === 'FnPong') {
    const time = (inner.match(/\S+/g) ?? []).slice(1).join(' ');
    return { id: verb === 'FnPing' ? 'ping' : 'pong', parts: { direction, requestId, time } };
  }
  const data = afterWord(inner, 'FnData');
  const [encoding = '', bytes = ''] = data === undefined ? [] : wordsOf(data, 2);
  const asked = afterWord(inner, 'FnRequest');
  if (asked !== undefined) {
    const [method = '', url = '', version = '', visitor = ''] = wordsOf(asked, 4);
    return { id: 'request-frame', parts: { direction, requestId, method, url, version, visitor, encoding, bytes } };
  }
  if (data !== undefined) return { id: 'data-frame', parts: { direction, requestId, encoding, bytes } };
  return verb === 'FnPush' ? { id: 'push-frame', parts: { direction, requestId } } : undefined;
}

/** Whether `<ten hexadecimal digits>... ` stands there. Logs have millions of these: a regular expression takes three times as long. */
function isRequestIdAt(text: string, at: number): boolean {
  for (let index = at; index < at + 10; index += 1) {
    const code = text.charCodeAt(index);
    if (!((code >= 48 && code <= 57) || (code >= 97 && code <= 102))) return false;
  }
  return text.startsWith('... ', at + 10);
}

/** The first words, at most so many. */
function wordsOf(text: string, most: number): readonly string[] {
  const words: string[] = [];
  for (let at = 0; at < text.length && words.length < most; ) {
    while (at < text.length && isBlankAt(text, at)) at += 1;
    const start = at;
    while (at < text.length && !isBlankAt(text, at)) at += 1;
    if (at > start) words.push(text.slice(start, at));
  }
  return words;
}

function isBlankAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code < 128 ? code === 32 || (code >= 9 && code <= 13) : /\s/.test(text.charAt(at));
}

/** What follows the first place where the word stands between blanks, or at an end. */
function afterWord(text: string, word: string): string | undefined {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const end = at + word.length;
    if (!/\S/.test(text.charAt(at - 1) + text.charAt(end))) return text.slice(end);
  }
  return undefined;
}

const ofRequestWords: Readonly<Record<string, ListenerLineId>> = {
  'waiting for request': 'waiting-for-request',
  'Starting connection to LAN': 'lan-connecting',
  'Request sent to server': 'request-sent',
  'waiting for response': 'waiting-for-response',
  'Response is ready': 'response-ready',
  'Received response': 'response-received',
  'Forcing wantedDelta': 'delta-wanted',
};

/** `<id>... what has become of the request`. */
function ofRequest(message: string): ListenerMessage | undefined {
  if (!isRequestIdAt(message, 0)) return undefined;
  const requestId = message.slice(0, 10);
  const said = message.slice(14);
  if (Object.hasOwn(ofRequestWords, said)) return { id: ofRequestWords[said] ?? 'request', parts: { requestId } };
  if (said.startsWith('connected to ')) {
    const destination = said.slice(13);
    const [word] = wordsOf(destination, 1);
    return word !== destination ? undefined : { id: 'lan-connected', parts: { requestId, destination } };
  }
  if (said.startsWith('completed (')) {
    const done = /^completed \((\d+) body bytes in ([\d.]+) seconds\/([^)]*)\)$/.exec(said);
    if (done === null) return undefined;
    const [, bytes = '', seconds = '', rest = ''] = done;
    return { id: 'completed', parts: { requestId, bytes, seconds, rest } };
  }
  if (said.startsWith('HTTP/')) {
    const answered = /^(HTTP\/\d(?:\.\d)?) (\d{3})(?: (.*))?$/.exec(said);
    if (answered === null) return undefined;
    const [, version = '', status = '', reason = ''] = answered;
    return { id: 'origin-status', parts: { requestId, version, status, reason } };
  }
  const asked = /^([A-Z]+) (\S+) (HTTP\/\d(?:\.\d)?) (\S+) \[.*\]$/.exec(said);
  if (asked === null) return undefined;
  const [, method = '', url = '', version = '', visitor = ''] = asked;
  return { id: 'request', parts: { requestId, method, url, version, visitor } };
}

function ofWords(message: string): ListenerMessage | undefined {
  for (const id of ['activation-posted', 'activation-acquired', 'wan-connection'] as const) {
    if (message === listenerLogLines[id].text) return { id, parts: {} };
  }
  const duration = /^Transmit time: *(\S+)$/.exec(message)?.[1];
  return duration === undefined ? undefined : { id: 'transmit-time', parts: { duration } };
}

/** No page shows the whole line: Railgun "returns a 502 error in its error logs". Other programs log such a status too. */
function ofStatus(message: string, isTagged: boolean): ListenerMessage | undefined {
  const isStatus = isTagged
    ? /\bHTTP(?:\/\d(?:\.\d)?)? 502\b/.test(message)
    : message === listenerLogLines['http-502'].text;
  return isStatus ? { id: 'http-502', parts: {} } : undefined;
}

import type { Duplex } from 'node:stream';
import type { Failure, Outcome } from '../model/failure.js';
import { type Conversation, line } from './conversation.js';
import type { Limits } from './limits.js';

export type StartTlsProtocol = 'smtp' | 'imap' | 'pop3' | 'ftp';

/** What a line of a reply is: its last one (good or bad), or one with more to come; nothing where it is none at all. */
type Meaning = 'good' | 'bad' | 'more' | undefined;

interface Turn {
  /** What we say; absent: the server speaks first. */
  readonly say?: string;
  readonly means: (text: string) => Meaning;
}

/** SMTP and FTP: three digits; a dash behind them means that more lines follow. */
const replyCode =
  (good: RegExp) =>
  (text: string): Meaning => {
    if (!/^\d{3}(?:[ -]|$)/.test(text)) return undefined;
    if (text[3] === '-') return 'more';
    return good.test(text) ? 'good' : 'bad';
  };

/** FTP's lines between the first and the last one need no digits (RFC 959 §4.2). */
const ftpReply = (good: RegExp) => {
  let first: string | undefined;
  return (text: string): Meaning => {
    if (first !== undefined && !text.startsWith(`${first} `)) return 'more';
    const meaning = replyCode(good)(text);
    if (meaning === 'more') first = text.slice(0, 3);
    return meaning;
  };
};

const imapGreeting = (text: string): Meaning => {
  if (/^\* OK\b/i.test(text)) return 'good';
  return /^\* (?:BYE|PREAUTH)\b/i.test(text) ? 'bad' : undefined;
};

const imapReply = (text: string): Meaning => {
  if (/^a1 OK\b/i.test(text)) return 'good';
  if (/^a1 (?:NO|BAD)\b|^\* BYE\b/i.test(text)) return 'bad';
  return text.startsWith('* ') ? 'more' : undefined;
};

const pop3Reply = (text: string): Meaning => {
  if (/^\+OK\b/.test(text)) return 'good';
  return /^-ERR\b/.test(text) ? 'bad' : undefined;
};

/** RFC 3207, RFC 9051 §6.2.1, RFC 2595 §4 and RFC 4217 §4: what is said, in turn, until TLS begins. */
const turns: Readonly<Record<StartTlsProtocol, () => readonly Turn[]>> = {
  smtp: () => [
    { means: replyCode(/^220/) },
    { say: 'EHLO rg-diag.invalid\r\n', means: replyCode(/^250/) },
    { say: 'STARTTLS\r\n', means: replyCode(/^220/) },
  ],
  imap: () => [{ means: imapGreeting }, { say: 'a1 STARTTLS\r\n', means: imapReply }],
  pop3: () => [{ means: pop3Reply }, { say: 'STLS\r\n', means: pop3Reply }],
  ftp: () => [
    { means: ftpReply(/^220/) },
    // 334 is what RFC 2228 says; servers of RFC 4217 say 234.
    { say: 'AUTH TLS\r\n', means: ftpReply(/^(?:234|334)/) },
  ],
};

/** The longest line and the longest reply that are read: ten times what the RFCs allow, for banners. */
const longestLine = 8192;
const longestReply = 65_536;

/**
 * Asks a server to go on in TLS, and hands out the connection for the handshake. A server that says no is
 * `starttls-refused`, with its line. Whatever fails, the conversation is left for the caller to close.
 */
export async function startTls(
  protocol: StartTlsProtocol,
  conversation: Conversation,
  { seconds, signal }: Limits,
): Promise<Outcome<Duplex>> {
  const started = performance.now();
  const failed = (failure: Failure): Outcome<Duplex> => ({ ok: false, failure, ms: performance.now() - started });
  for (const turn of turns[protocol]()) {
    if (turn.say !== undefined) conversation.say(turn.say);
    const spent = (performance.now() - started) / 1000;
    const left: Limits = { signal, ...(seconds !== undefined && { seconds: Math.max(0, seconds - spent) }) };
    const problem = await hearReply(protocol, turn, conversation, left);
    if (problem !== undefined) return failed(problem);
  }
  const stream = conversation.release();
  // What came in the clear behind the answer would be taken for the server's first bytes of TLS, whoever put it there.
  if (stream.readableLength > 0) {
    const bytes = stream.read() as Buffer;
    const detail = `${bytes.length} bytes in the clear behind the answer to ${askedWith(protocol)}: ${shown(bytes)}`;
    return failed({ code: 'unexpected-answer', step: 'exchange', blame: 'target', detail });
  }
  return { ok: true, value: stream, ms: performance.now() - started };
}

/** Hears lines up to the last one of a reply; gives why it is not the one that was hoped for. */
async function hearReply(
  protocol: StartTlsProtocol,
  { say, means }: Turn,
  conversation: Conversation,
  limits: Limits,
): Promise<Failure | undefined> {
  const asked = say === undefined ? 'the greeting' : `the answer to ${say.trim()}`;
  const begun = performance.now();
  for (let length = 0; length < longestReply; ) {
    const spent = (performance.now() - begun) / 1000;
    const left = limits.seconds === undefined ? limits : { ...limits, seconds: Math.max(0, limits.seconds - spent) };
    const heard = await conversation.hear(line, longestLine, left);
    if (!heard.ok) return { ...heard.failure, detail: `${asked}: ${heard.failure.detail}` };
    const { bytes, ending } = heard.value;
    if (ending === 'cap') return tooLong(`a line of ${asked} is longer than ${longestLine} bytes`);
    const text = bytes.toString().replace(/\r?\n$/, '');
    if (ending === 'closed') return closed(`the server closed the connection before the end of ${asked}`, text);
    const meaning = means(text);
    if (meaning === 'good') return undefined;
    if (meaning === 'bad') return refused(`the server does not go on in TLS: ${text}`);
    if (meaning === undefined) return unexpected(`${asked} is not that of ${protocol.toUpperCase()}: ${shown(bytes)}`);
    length += bytes.length;
  }
  return tooLong(`${asked} is longer than ${longestReply} bytes`);
}

function askedWith(protocol: StartTlsProtocol): string {
  return turns[protocol]().at(-1)?.say?.trim() ?? '';
}

function shown(bytes: Buffer): string {
  const text = bytes.toString().replace(/\r?\n$/, '');
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}

function tooLong(detail: string): Failure {
  return { code: 'answer-too-long', step: 'exchange', blame: 'target', detail };
}

function refused(detail: string): Failure {
  return { code: 'starttls-refused', step: 'exchange', blame: 'target', detail };
}

function unexpected(detail: string): Failure {
  return { code: 'unexpected-answer', step: 'exchange', blame: 'target', detail };
}

function closed(detail: string, text: string): Failure {
  const rest = text === '' ? '' : `: ${text}`;
  return { code: 'connection-closed', step: 'exchange', blame: 'target', detail: `${detail}${rest}` };
}

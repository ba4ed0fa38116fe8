import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readFlight } from '../../src/decoders/tls-flight.js';
import { connect } from '../../src/io/connect.js';
import { Conversation } from '../../src/io/conversation.js';
import { handshake } from '../../src/io/handshake.js';
import { type StartTlsProtocol, startTls } from '../../src/io/starttls.js';
import { type Authority, createAuthority, type Issued } from '../servers/authority.js';
import { type Script, upgradingPeer } from '../servers/mail.js';
import { drippingPeer, endlessPeer, garbagePeer, greetingPeer, peer, silentPeer } from '../servers/peers.js';

const never = new AbortController().signal;
const closing: (() => Promise<void>)[] = [];
let authority: Authority;
let leaf: Issued;

beforeAll(async () => {
  authority = await createAuthority();
  leaf = await authority.issue({ names: ['mail.example.com'] });
});

afterAll(async () => {
  await Promise.all(closing.map((close) => close()));
  authority.close();
});

async function socketTo(port: number): Promise<Socket> {
  const connected = await connect({ kind: 'ip', address: '127.0.0.1', family: 4, port }, { signal: never });
  if (!connected.ok) throw new Error(connected.failure.detail);
  return connected.value;
}

/** Asks for TLS; whatever becomes of it, the connection is closed in the end. */
async function ask(protocol: StartTlsProtocol, server: { port: number; close(): Promise<void> }, seconds = 5) {
  closing.push(() => server.close());
  const conversation = new Conversation(await socketTo(server.port));
  closing.push(async () => conversation.close());
  return startTls(protocol, conversation, { signal: never, seconds });
}

const scripts: Readonly<Record<StartTlsProtocol, Script>> = {
  smtp: {
    greeting: '220-mail.example.com ESMTP\r\n220-No spam\r\n220 please\r\n',
    answers: { EHLO: '250-mail.example.com\r\n250-SIZE 1000\r\n250-STARTTLS\r\n250 8BITMIME\r\n' },
    upgrade: ['STARTTLS', '220 2.0.0 Ready\r\n'],
  },
  imap: {
    greeting: '* OK [CAPABILITY IMAP4rev1 STARTTLS] ready\r\n',
    answers: { '. CAPABILITY': '* CAPABILITY IMAP4rev1 STARTTLS\r\n. OK done\r\n' },
    upgrade: ['', ''],
  },
  pop3: { greeting: '+OK ready\r\n', answers: {}, upgrade: ['STLS', '+OK go on\r\n'] },
  ftp: {
    greeting: '220-Welcome\r\n all files are here\r\n220 ready\r\n',
    answers: { FEAT: '211-Features\r\n AUTH TLS\r\n211 End\r\n' },
    upgrade: ['AUTH TLS', '234 AUTH TLS successful\r\n'],
  },
};

/** IMAP's answers carry the tag of the question. */
const imap = (tag: string): Script => ({
  ...scripts.imap,
  upgrade: [`${tag} STARTTLS`, `* OK still here\r\n${tag} OK Begin TLS\r\n`],
});

describe.each(['smtp', 'imap', 'pop3', 'ftp'] as const)('%s', (protocol) => {
  it('goes on in TLS', async () => {
    const script = protocol === 'imap' ? imap('a1') : scripts[protocol];
    const started = await ask(protocol, await upgradingPeer(script, leaf));
    if (!started.ok) throw new Error(started.failure.detail);
    const shaken = await handshake(started.value, { record: readFlight }, { signal: never, seconds: 5 });
    if (!shaken.ok) throw new Error(shaken.failure.detail);
    const { sent, socket } = shaken.value;
    socket.destroy();
    expect(sent).toEqual({ certificates: [Uint8Array.from(leaf.der)] });
  });

  it('the server of this test is one that openssl s_client understands', async () => {
    // Its tag is a dot.
    const server = await upgradingPeer(protocol === 'imap' ? imap('.') : scripts[protocol], leaf);
    const args = ['s_client', '-starttls', protocol, '-connect', `127.0.0.1:${server.port}`, '-brief'];
    const client = spawn('openssl', args, { stdio: ['ignore', 'ignore', 'pipe'] });
    let text = '';
    client.stderr.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    await once(client, 'close');
    await server.close();
    expect(text).toContain('CONNECTION ESTABLISHED');
  });

  it('is closed, silent, endless, or something else', async () => {
    const told = async (server: Parameters<typeof ask>[1], seconds?: number) => {
      const outcome = await ask(protocol, server, seconds);
      expect(outcome.ms).toBeLessThan(1000);
      return outcome.ok ? 'ok' : `${outcome.failure.step} ${outcome.failure.code}`;
    };
    const outcomes = await Promise.all([
      told(await peer((socket) => socket.end())),
      told(await peer((socket) => socket.end(scripts[protocol].greeting))),
      told(await silentPeer(), 0.2),
      told(await drippingPeer('2'), 0.2),
      told(await greetingPeer(scripts[protocol].greeting), 0.2),
      told(await endlessPeer()),
      told(await garbagePeer()),
      told(await greetingPeer('HTTP/1.1 400 Bad Request\r\n\r\n')),
    ]);
    expect(outcomes).toEqual([
      'exchange connection-closed',
      'exchange connection-closed',
      'exchange timeout',
      'exchange timeout',
      'exchange timeout',
      'exchange answer-too-long',
      'exchange unexpected-answer',
      'exchange unexpected-answer',
    ]);
  });
});

describe('a server that does not go on in TLS', () => {
  const { smtp, pop3, ftp } = scripts;

  it.each([
    ['smtp', 'at its greeting', { ...smtp, greeting: '554 5.7.1 go away\r\n' }, '554 5.7.1 go away'],
    ['smtp', 'at EHLO', { ...smtp, answers: { EHLO: '502 no EHLO\r\n' } }, '502 no EHLO'],
    ['smtp', 'at STARTTLS', { ...smtp, upgrade: ['no', ''] }, '500 what?'],
    ['imap', 'at its greeting', { ...imap('a1'), greeting: '* BYE busy\r\n' }, '* BYE busy'],
    ['imap', 'at STARTTLS', { ...imap('no'), answers: { a1: '* x\r\na1 BAD unknown\r\n' } }, 'a1 BAD unknown'],
    ['pop3', 'at its greeting', { ...pop3, greeting: '-ERR busy\r\n' }, '-ERR busy'],
    ['pop3', 'at STLS', { ...pop3, answers: { STLS: '-ERR what?\r\n' }, upgrade: ['no', ''] }, '-ERR what?'],
    ['ftp', 'at its greeting', { ...ftp, greeting: '421 too many\r\n' }, '421 too many'],
    ['ftp', 'at AUTH', { ...ftp, upgrade: ['no', ''] }, '500 what?'],
  ] as const)('%s: %s', async (protocol, _, script, said) => {
    const outcome = await ask(protocol, await upgradingPeer(script, leaf));
    expect(outcome).toMatchObject({
      ok: false,
      failure: { code: 'starttls-refused', step: 'exchange', blame: 'target', detail: expect.stringContaining(said) },
    });
  });
});

describe('what comes in the clear behind the answer', () => {
  it.each([
    ['smtp', scripts.smtp],
    ['imap', imap('a1')],
    ['pop3', scripts.pop3],
    ['ftp', scripts.ftp],
  ] as const)('%s', async (protocol, script) => {
    const [said, answer] = script.upgrade;
    const injected = { ...script, upgrade: [said, `${answer}220 injected\r\n`] as const };
    const outcome = await ask(protocol, await upgradingPeer(injected, leaf));
    const detail = expect.stringContaining('14 bytes in the clear behind the answer');
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'unexpected-answer', step: 'exchange', detail } });
  });
});

it('a reply without end is not read without end', async () => {
  const outcome = await ask('smtp', await endlessPeer('220-more\r\n'.repeat(100)));
  expect(outcome).toMatchObject({ ok: false, failure: { code: 'answer-too-long' } });
});

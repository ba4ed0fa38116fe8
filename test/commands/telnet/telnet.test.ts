import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rgDiag, shell } from '../../cli/run.js';
import { closedPort, closingPeer, type Peer, peer, resettingPeer } from '../../servers/peers.js';
import { sideBySide } from '../side-by-side.js';

const [iac, dont, doIt, wont, will, subnegotiation, end] = [255, 254, 253, 252, 251, 250, 240];
/** Wants the terminal type, offers to echo, names a terminal, doubles 0xff, and asks to go ahead. */
const negotiation = Buffer.concat([
  Buffer.from([iac, doIt, 24, iac, will, 1, iac, wont, 3, iac, dont, 5, iac, subnegotiation, 24, 1, iac, end]),
  Buffer.from('log'),
  Buffer.from([iac, iac, iac, 241]),
  Buffer.from('in: '),
]);
const refusals = Buffer.from([iac, wont, 24, iac, dont, 1]);

const peers: Record<string, Peer> = {};
beforeAll(async () => {
  Object.assign(peers, {
    CLOSING: await closingPeer('bye\r\nnow\r\0.'),
    ECHO: await peer((socket) => socket.pipe(socket)),
    LATE: await peer((socket) => {
      setTimeout(() => socket.end('late\r\n'), 300);
    }),
    RESETTING: await resettingPeer('first\r\n'),
    NEGOTIATING: await peer((socket) => socket.write(negotiation)),
    CLOSED: await closedPort(),
  });
});
afterAll(() => Promise.all(Object.values(peers).map((one) => one.close())));

const withPorts = (line: string) =>
  line.replace(/\b[A-Z]{4,}\b/g, (name) => (name in peers ? String(peers[name]?.port) : name));

const greeting = "Trying 127.0.0.1...\nConnected to localhost.\nEscape character is '^]'.\n";
const farewell = 'Connection closed by foreign host.\n';

describe.concurrent('telnet does what telnet does', () => {
  it.each([
    '127.0.0.1 CLOSED',
    'localhost CLOSED',
    '::1 CLOSED',
    '0:0::1 CLOSED',
    '127.1 CLOSED',
    '-4 localhost CLOSED',
    '-6 localhost CLOSED',
    '-6 127.0.0.1 CLOSED',
    '--ipv4 localhost CLOSED',
    '127.0.0.1 CLOSED -4',
    'no-such-host.invalid 9',
    '127.0.0.1 discard',
    '127.0.0.1 nosuchservice',
    'no-such-host.invalid nosuchservice',
    '127.0.0.1 70000',
    '127.0.0.1 0',
    '127.0.0.1 9x',
    '127.0.0.1 99999999999999999999999',
    "127.0.0.1 ''",
    "'' 9",
    '127.0.0.1',
    '127.0.0.1 9 10',
    '-Q',
    '127.0.0.1 -9',
    '-- 127.0.0.1 -9',
    '255.255.255.255 9',
  ])('telnet %s', async (line) => {
    const { real, ours } = await sideBySide('telnet', withPorts(`TELNET ${line} </dev/null`));
    expect(ours).toEqual(real);
  });

  it.each([
    ['an answer that comes late', 'sleep 1 | TELNET localhost LATE', 'late\n'],
    ['a peer that closes', 'sleep 0.5 | TELNET localhost CLOSING', 'bye\nnow\r.'],
    ['what is typed', '(echo hi; sleep 0.5) | TELNET localhost ECHO', 'hi\n'],
    ['no input', 'TELNET localhost LATE </dev/null', ''],
    ['a peer that resets the connection', '(sleep 0.3; echo; sleep 0.3) | TELNET localhost RESETTING', 'first\n'],
    ['CR, LF and CR LF', "(printf 'a\\nb\\r\\nc\\rd'; sleep 0.5) | TELNET localhost ECHO", 'a\nb\r\nc\rd'],
  ])('%s', async (_what, line, said) => {
    const { real, ours } = await sideBySide('telnet', withPorts(line));
    expect(ours).toEqual(real);
    expect(ours).toEqual({ stdout: greeting + said, stderr: farewell, exit: 0 });
  });

  it('bytes that are commands to telnet', async () => {
    const line = "(printf '\\377\\376'; sleep 0.5) | TELNET localhost ECHO | od -An -tx1 | tail -1";
    const { real, ours } = await sideBySide('telnet', withPorts(line));
    expect(ours).toEqual(real);
    expect(ours.stdout).toMatch(/ ff fe\n$/);
  });

  it('Ctrl-] and quit', async () => {
    const line = "(sleep 0.3; printf '\\035quit\\nmore\\n'; sleep 0.3) | TELNET localhost ECHO";
    const { real, ours } = await sideBySide('telnet', withPorts(line));
    expect(ours).toEqual(real);
    expect(ours).toEqual({ stdout: `${greeting}\ntelnet> quit\nConnection closed.\n`, stderr: '', exit: 0 });
  });
});

describe('telnet', () => {
  it('refuses whatever the peer negotiates, and prints none of it', async () => {
    const { stdout, stderr, exit } = await shell(
      withPorts('sleep 0.5 | rg-diag telnet localhost NEGOTIATING | od -An -c'),
    );
    expect({ stderr, exit }).toEqual({ stderr: farewell, exit: 0 });
    expect(stdout.replace(/\s+/g, ' ')).toMatch(/l o g 377 i n : $/);
    expect(peers['NEGOTIATING']?.received()).toEqual(refusals);
  });

  it('knows a few commands after Ctrl-]', async () => {
    const typed = "'\\035status\\n\\035nonsense\\n\\035?\\n\\035\\nhi\\n'";
    const { stdout, exit } = await shell(withPorts(`(printf ${typed}; sleep 0.5) | rg-diag telnet localhost ECHO`));
    expect(exit).toBe(0);
    expect(stdout).toContain('telnet> status\nConnected to localhost.\n');
    expect(stdout).toContain('telnet> nonsense\n?Invalid command\n');
    expect(stdout).toMatch(/telnet> \?\nclose {3}close the connection/);
    expect(stdout).toMatch(/telnet> \nhi\n$/);
  });

  it('is usable at a terminal', async () => {
    const typed = "(sleep 0.6; printf 'hi\\n'; sleep 0.2; printf '\\035\\n'; sleep 0.2; printf 'quit\\n'; sleep 0.3)";
    const line = `${typed} | script -qec 'rg-diag telnet localhost ECHO' /dev/null`;
    const { stdout, exit } = await shell(withPorts(line));
    expect(exit).toBe(0);
    expect(stdout.replaceAll('\r\n', '\n')).toBe(`${greeting}hi\nhi\n^]\ntelnet> quit\nConnection closed.\n`);
  });

  it('ends at Ctrl-D at a terminal', async () => {
    const line = "(sleep 0.6; printf '\\004'; sleep 0.3) | script -qec 'rg-diag telnet localhost ECHO' /dev/null";
    const { stdout, exit } = await shell(withPorts(line));
    expect(exit).toBe(0);
    // A terminal shows Ctrl-D, and takes it back.
    expect(stdout.replace(/\^D[\b]+/, '').replaceAll('\r\n', '\n')).toBe(greeting + farewell);
  });

  it.each([
    [[], 'telnet: rg-diag telnet needs a host: rg-diag telnet HOST [PORT]\n'],
    [['-l', 'me', 'localhost'], 'telnet: rg-diag telnet has no option -l: use the telnet of the system\n'],
  ])('says what it cannot do: %j', async (args, stderr) => {
    expect(await rgDiag(['telnet', ...args])).toEqual({ stdout: '', stderr, exit: 64 });
  });

  it('says in its help what it is about', async () => {
    const { stdout, stderr, exit } = await rgDiag(['telnet', '--help']);
    expect({ stderr, exit }).toEqual({ stderr: '', exit: 0 });
    for (const part of ['Usage: rg-diag telnet', 'Ctrl-]', '-6  ']) expect(stdout).toContain(part);
  });
});

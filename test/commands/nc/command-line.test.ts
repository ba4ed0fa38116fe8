import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rgDiag } from '../../cli/run.js';
import { closedPort, type Peer, silentPeer } from '../../servers/peers.js';
import { sideBySide } from '../side-by-side.js';

const path = (length: number) => 'a'.repeat(length);

/** What follows `nc`; each is refused, or comes to nothing, without a server. Port 9 (discard) is closed everywhere. */
const lines = [
  '',
  '-h',
  '-Q',
  '-v',
  '-w',
  '-w x -Q',
  '-Q -w x',
  '-vzQ 127.0.0.1 9',
  '-z 127.0.0.1',
  '-uz /a',
  '-zv -',
  '-zv - 9',
  '-zv 127.0.0.1 9 -n',
  '-zv -- 127.0.0.1 9',
  '-zv 127.0.0.1 -- 9',
  '-zv -- 127.0.0.1 9 -n',
  '-vzw2 127.0.0.1 9',
  '-zv -w 2 127.0.0.1 9',
  '-w 0 127.0.0.1 9',
  '-w -1 127.0.0.1 9',
  '-w x 127.0.0.1 9',
  "-w '1 ' 127.0.0.1 9",
  "-zv -w ' 1' 127.0.0.1 9",
  '-zv -w 08 127.0.0.1 9',
  '-w 2147483 127.0.0.1 9',
  '-w 2147484 127.0.0.1 9',
  '-w 99999999999 127.0.0.1 9',
  '-q x 127.0.0.1 9',
  '-q99999999999 127.0.0.1 9',
  '-zv 127.0.0.1 0',
  '-zv 127.0.0.1 70000',
  '-zv 127.0.0.1 99999999999999999999',
  '-zv 127.0.0.1 nosuchservice',
  '-zv 127.0.0.1 -9',
  '-zv 127.0.0.1 +9',
  '-zv 127.0.0.1 0x9',
  "-zv 127.0.0.1 ' 9'",
  "-zv 127.0.0.1 '9 '",
  "-zv 127.0.0.1 ''",
  '-zv 127.0.0.1 9,10',
  '-zv 127.0.0.1 9 10',
  '-zv 127.0.0.1 9-12',
  '-zv 127.0.0.1 12-9',
  '-zv 127.0.0.1 9-9 9',
  '-zv 127.0.0.1 23-60',
  '-zv 127.0.0.1 9-',
  '-zv 127.0.0.1 9-70000',
  '-zv 127.0.0.1 9-0',
  '-zv 127.0.0.1 0-9',
  '-zv 127.0.0.1 10-9-8',
  '-zv 127.0.0.1 a-b',
  '-zv 127.0.0.1 http-9',
  '-zv 127.0.0.1 discard',
  '-zv 127.0.0.1 sink',
  '-zv 127.0.0.1 DISCARD',
  '-zvn 127.0.0.1 discard',
  '-zv 127.0.0.1 tftp',
  '-zv no-such-host.invalid 9',
  '-z no-such-host.invalid 9',
  '-zvn localhost 9',
  '-zv localhost 9',
  '-zv LOCALHOST 9',
  '-zv4 localhost 9',
  '-zv6 localhost 9',
  '-46 -zv localhost 9',
  '-64 -zv localhost 9',
  '-zv6 127.0.0.1 9',
  '-zv4 ::1 9',
  '-zv ::1 9',
  '-zv 127.1 9',
  '-zvn 127.1 9',
  '-zvn 0177.1 9',
  '-zv 0x7f.1 9',
  '-zv 2130706433 9',
  '-zvn 256.1 9',
  '-zv 256.256.256.256 9',
  '-zv 0:0:0:0:0:0:0:1 9',
  '-zvn 0:0:0:0:0:0:0:1 9',
  '-zv ::ffff:127.0.0.1 9',
  '-zv fe80::1 9',
  "-z '' 9",
  "-z 'a b' 9",
  '-zv 255.255.255.255 9',
  '-zuv 255.255.255.255 9',
  '-zu 127.0.0.1 9',
  '-zuv 127.0.0.1 9',
  '-zuv 127.0.0.1 9 10',
  '-zuv ::1 9',
  '-U',
  "-U ''",
  '-U -zv /a 9',
  '-vzU /no/such/socket',
  '-vzU /tmp',
  '-vzU /etc/passwd/x',
  '-zU @nobody-listens',
  `-zU ${path(107)}`,
  `-zU ${path(108)}`,
  `-zU @${path(107)}`,
  `-zU @${path(108)}`,
  '-6zU /a',
  '-U6z /a',
];

describe.concurrent('nc', () => {
  it.each(lines)('nc %s', async (line) => {
    const { real, ours } = await sideBySide('nc', `NC ${line} </dev/null`);
    expect(ours).toEqual(real);
  });

  it.each(['l', 'k', 'x proxy', 'X 5', 'P user', 'p 1', 's 127.0.0.1', 'i 1', 'T cs1', 'Z', 'F', 'b', 'uU'])(
    'says that it does not have -%s',
    async (flag) => {
      const { stdout, stderr, exit } = await rgDiag([
        'nc',
        ...`-${flag}`.split(' '),
        '127.0.0.1',
        ...(flag === 'uU' ? [] : ['9']),
      ]);
      expect({ stdout, exit }).toEqual({ stdout: '', exit: 1 });
      expect(stderr).toMatch(/^nc: rg-diag nc does not [^\n]+: use the nc of the system\n$/);
      expect(stderr).toContain(`(-${flag.split(' ')[0]})`);
    },
  );

  it('says in its help what it is about', async () => {
    const { stdout, stderr, exit } = await rgDiag(['nc', '--help']);
    expect({ stderr, exit }).toEqual({ stderr: '', exit: 0 });
    for (const part of ['Usage: rg-diag nc', '-z  ', '-w <SECONDS>', 'rg-diag nc -vz', '--help'])
      expect(stdout).toContain(part);
  });
});

describe('nc -z', () => {
  let open: Peer;
  let other: Peer;
  let closed: Peer;
  beforeAll(async () => {
    open = await silentPeer();
    other = await silentPeer();
    closed = await closedPort();
  });
  afterAll(() => Promise.all([open.close(), other.close()]));

  it('says what it connected to', async () => {
    const { ours } = await sideBySide('nc', `NC -vz 127.0.0.1 ${open.port}`);
    const stderr = `Connection to 127.0.0.1 ${open.port} port [tcp/*] succeeded!\n`;
    expect(ours).toEqual({ stdout: '', stderr, exit: 0 });
  });

  it.each([
    '-vz localhost OPEN',
    '-vzn 127.0.0.1 OPEN',
    '-z 127.0.0.1 OPEN',
    '-z 127.0.0.1 CLOSED',
    '-vz 127.0.0.1 CLOSED',
    '-vz 127.0.0.1 OPEN CLOSED',
    '-vz 127.0.0.1 CLOSED OPEN OTHER',
    '-vzw1 127.1 OPEN',
    '-vz4 localhost OPEN',
    '-vz ::ffff:127.0.0.1 OPEN',
  ])('nc %s', async (words) => {
    const ports = { OPEN: open.port, OTHER: other.port, CLOSED: closed.port };
    const line = words.replace(/OPEN|OTHER|CLOSED/g, (word) => String(ports[word as keyof typeof ports]));
    const { real, ours } = await sideBySide('nc', `NC ${line} </dev/null`);
    expect(ours).toEqual(real);
  });

  it('goes through a range upwards, and is content with one open port', async () => {
    const range = `${open.port + 1}-${open.port - 1}`;
    const { real, ours } = await sideBySide('nc', `NC -vz 127.0.0.1 ${range}`);
    expect(ours).toEqual(real);
    expect(ours.exit).toBe(0);
    expect(ours.stderr.match(/ \d+ (?=\(tcp\)|port \[)/g)?.map(Number)).toEqual(
      [-1, 0, 1].map((step) => open.port + step),
    );
  });

  it('takes the ports of -r in some order', async () => {
    const { stderr, exit } = await rgDiag(['nc', '-rvz', '127.0.0.1', `${open.port}`, `${other.port}`]);
    expect(exit).toBe(0);
    expect(stderr.match(/\d+ port/g)?.sort()).toEqual([`${open.port} port`, `${other.port} port`].sort());
  });
});

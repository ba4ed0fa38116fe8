import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeListeningSockets } from '../../src/decoders/proc-net-tcp.js';
import { decodeProcess, isRgListener, processStateOf } from '../../src/decoders/proc-process.js';

const tcp = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:5E18 00000000:0000 0A 00000000:00000000 00:00000000 00000000   997        0 23456 1 0000000000000000 100 0 0 10 0
   1: 00000000:0016 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 12345 1 0000000000000000 100 0 0 10 0
   2: 0100007F:8B5E 0100007F:5E18 01 00000000:00000000 00:00000000 00000000     0        0 34567 1 0000000000000000 20 4 30 10 -1
`;
const tcp6 = `  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 00000000000000000000000000000000:0968 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000   997        0 45678 1 0000000000000000 100 0 0 10 0
   1: 00000000000000000000000001000000:0968 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000   997        0 45679 1 0000000000000000 100 0 0 10 0
   2: B80D0120000000000000000001000000:0968 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000   997        0 45680 1 0000000000000000 100 0 0 10 0
`;

describe('the sockets of Linux', () => {
  it('that listen are told from connections, with their addresses', () => {
    expect(decodeListeningSockets(tcp)).toEqual([
      { address: '127.0.0.1', port: 24088, inode: 23456 },
      { address: '0.0.0.0', port: 22, inode: 12345 },
    ]);
    expect(decodeListeningSockets(tcp6).map(({ address, port }) => [address, port])).toEqual([
      ['::', 2408],
      ['::1', 2408],
      ['2001:db8::1', 2408],
    ]);
  });

  it('of anything else are none, and it never throws', () => {
    expect(decodeListeningSockets(tcp.replaceAll(' 0A ', ' 0B '))).toEqual([]);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(tcp6.length), (noise, at) => {
        const text = tcp6.slice(0, at) + noise + tcp6.slice(at);
        for (const { port } of decodeListeningSockets(text)) expect(port).toBeLessThan(65_536);
      }),
    );
    for (const piece of [' ', '0', '0: ', '\n', '0: 0100007F:5E18 ']) {
      expect(decodeListeningSockets(piece.repeat(4e6 / piece.length)).length).toBe(0);
    }
  });
});

describe('a process of Linux', () => {
  const stat = `2981 (a) b (c) S 1 2981 2981 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 12 0 12345 1000 200`;
  const texts = {
    comm: 'rg-listener\n',
    exe: '/usr/bin/rg-listener',
    stat,
    status: 'Name:\trg-listener\nUid:\t997\t997\t997\t997\n',
    system: 'cpu  1 2 3\nbtime 1795262400\nprocesses 7\n',
    users: 'root:x:0:0:root:/root:/bin/bash\nrailgun:x:997:997::/var/run/railgun:/bin/false\n',
  };

  it('has a name, a file, a user and a beginning', () => {
    expect(decodeProcess(texts)).toEqual({
      name: 'rg-listener',
      executable: '/usr/bin/rg-listener',
      user: 'railgun',
      startedAt: '2026-11-21T12:02:03.000Z',
    });
    expect(processStateOf(stat)).toBe('S');
  });

  it('has less where less can be seen', () => {
    expect(decodeProcess({ comm: 'nginx\n' })).toEqual({ name: 'nginx' });
    expect(decodeProcess({ ...texts, users: 'root:x:0:0::/:/bin/sh\n', system: '' })).toMatchObject({ user: '997' });
  });

  it('may run a file that is gone', () => {
    const { executable, executableGone } = decodeProcess({ ...texts, exe: '/usr/bin/rg-listener (deleted)' });
    expect([executable, executableGone]).toEqual(['/usr/bin/rg-listener', true]);
  });

  it('is rg-listener by its name, or by its file', () => {
    expect(isRgListener({ name: 'rg-listener' })).toBe(true);
    expect(isRgListener({ name: 'x', executable: '/opt/rg-listener' })).toBe(true);
    expect(isRgListener({ name: 'nginx', executable: '/usr/sbin/nginx' })).toBe(false);
    expect(isRgListener({ name: 'rg-listener-old' })).toBe(false);
  });

  it('never throws, whatever these texts say', () => {
    const text = fc.option(fc.string({ unit: 'binary' }), { nil: '' });
    fc.assert(
      fc.property(text, text, text, text, (comm, line, status, system) => {
        const { name } = decodeProcess({ comm, stat: line, status, system: `btime 9\n${system}`, users: status });
        expect(name.length).toBeLessThanOrEqual(100);
        processStateOf(line);
      }),
    );
  });
});

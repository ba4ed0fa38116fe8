import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { program } from '../cli/run.js';
import { createNetwork, type Finished, serverAddress } from '../netns/namespaces.js';

/** Programs that stand in for others say the same as these where a route, a firewall or a name server is in the way. */
const network = createNetwork();
const { client, server } = network;
afterAll(() => network.close());

beforeAll(async () => {
  client.etc(
    'hosts',
    [
      '127.0.0.1 localhost',
      // The first is not there, the second refuses, the third takes it.
      `198.51.100.1 three.example`,
      `192.0.2.1 three.example`,
      `${serverAddress[4]} three.example`,
      '198.51.100.1 two.example',
      '192.0.2.1 two.example',
      '198.51.100.1 both.example',
      `${serverAddress[6]} both.example`,
      '',
    ].join('\n'),
  );
  // Nobody answers there: the system says so at once.
  client.etc('resolv.conf', 'nameserver 127.0.0.1\n');
  client.ip('route', 'add', 'prohibit', '198.51.100.2');
  client.ip('route', 'add', 'unreachable', '198.51.100.3');
  client.ip('route', 'add', 'blackhole', '198.51.100.4');
  const listening = `
    const greet = (socket) => socket.on('error', () => undefined).end('hello');
    require('node:net').createServer(greet).listen(7000, '::', () => console.log('listening'));`;
  await server.start(process.execPath, '-e', listening);
  server.firewall(
    'tcp dport 7001 drop',
    'tcp dport 7002 reject with tcp reset',
    'tcp dport 7003 reject',
    'tcp dport 7004 reject with icmpx type admin-prohibited',
    'tcp dport 7005 reject with icmpx type host-unreachable',
    'tcp dport 7006 reject with icmpx type no-route',
    'udp dport 7003 reject',
    'udp dport 7004 reject with icmpx type admin-prohibited',
  );
});

async function both(name: 'nc' | 'telnet', args: readonly string[]): Promise<{ real: Finished; ours: Finished }> {
  const [real, ours] = await Promise.all([client.run(name, ...args), client.run(program, name, ...args)]);
  return { real, ours };
}

const [v4, v6] = [serverAddress[4], serverAddress[6]];

describe.concurrent('nc', () => {
  it.each([
    `-vz ${v4} 7000`,
    `-vz ${v6} 7000`,
    `-vzw1 ${v4} 7001`,
    `-vzw1 ${v6} 7001`,
    `-vz ${v4} 7002`,
    `-vz ${v4} 7003`,
    `-vz ${v6} 7003`,
    `-vz ${v4} 7004-7006`,
    `-vz ${v6} 7006`,
    `-vzu -w1 ${v4} 7003`,
    `-vzu -w1 ${v4} 7004`,
    `-u -w1 ${v4} 7004`,
    `-v ${v4} 7000`,
    '-vz 203.0.113.1 443',
    '-vz 2001:db8:1::1 443',
    '-vzu 203.0.113.1 443',
    '-vz 198.51.100.2 443',
    '-vz 198.51.100.3 443',
    '-vz 198.51.100.4 443',
    '-vz three.example 7000',
    '-vzn three.example 7000',
    '-vz two.example 7000',
    '-vz two.example 7000 7001',
    '-v both.example 7000',
    '-vz4 both.example 7000',
    '-vz6 both.example 7000',
    '-vz6 two.example 7000',
    '-vz no-such-host.example 443',
  ])('nc %s', async (line) => {
    const { real, ours } = await both('nc', line.split(' '));
    expect(ours).toEqual(real);
  });

  it('words what is in the way as its users know it', async () => {
    const stderr = async (line: string) => (await client.run(program, 'nc', ...line.split(' '))).stderr;
    const words = await Promise.all(
      ['-vz 203.0.113.1 443', '-vz 198.51.100.3 443', '-vz no-such-host.example 443', `-vzw1 ${v4} 7001`].map(stderr),
    );
    expect(words).toEqual([
      'nc: connect to 203.0.113.1 port 443 (tcp) failed: Network is unreachable\n',
      'nc: connect to 198.51.100.3 port 443 (tcp) failed: No route to host\n',
      'nc: getaddrinfo for host "no-such-host.example" port 443: Temporary failure in name resolution\n',
      `nc: connect to ${v4} port 7001 (tcp) timed out: Operation now in progress\n`,
    ]);
  });
});

describe.concurrent('telnet', () => {
  it.each([
    `${v4} 7002`,
    `${v4} 7003`,
    `${v4} 7004`,
    '203.0.113.1 443',
    '198.51.100.2 443',
    '198.51.100.3 443',
    '2001:db8:1::1',
    'two.example 7000',
    '-6 two.example 7000',
    'three.example 7000',
    'both.example 7000',
    'no-such-host.example 443',
  ])('telnet %s', async (line) => {
    const { real, ours } = await both('telnet', line.split(' '));
    // Its input is empty, and so it ends before the peer can say anything; or not.
    const said = ({ stdout, ...rest }: Finished) => ({ ...rest, stdout: stdout.replace(/hello$/, '') });
    expect(said(ours)).toEqual(said(real));
  });
});

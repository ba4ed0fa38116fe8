import { afterAll, describe, expect, it } from 'vitest';
import { bundled } from '../netns/bundled.js';
import { createNamespaces } from '../netns/namespaces.js';

const program = await bundled('own-machine.ts');
const { namespaces, close } = createNamespaces(['machine'], () => undefined);
const { machine } = namespaces;
afterAll(close);

async function foundWith(text: string): Promise<unknown> {
  machine.etc('resolv.conf', text);
  const { stdout, stderr } = await machine.run(process.execPath, program);
  expect(stderr).toBe('');
  return JSON.parse(stdout).nameServer;
}

describe('the name server of a machine is', () => {
  it.each([
    ['the only one', 'nameserver 192.0.2.53\n', '192.0.2.53', 53],
    ['the first of several', 'nameserver 192.0.2.53\nnameserver 192.0.2.54\n', '192.0.2.53', 53],
    ['one over IPv6', 'nameserver 2001:db8::53\nnameserver 192.0.2.53\n', '2001:db8::53', 53],
    ['one on another port', 'nameserver 192.0.2.53:5353\n', '192.0.2.53', 5353],
    ['one over IPv6 on another port', 'nameserver [2001:db8::53]:5353\n', '2001:db8::53', 5353],
    [
      'the one behind other lines',
      '# nameserver 192.0.2.1\nsearch example.com\nnameserver 192.0.2.53\n',
      '192.0.2.53',
      53,
    ],
    ['the next one, where the first is of a link', 'nameserver fe80::1%lo\nnameserver 192.0.2.53\n', '192.0.2.53', 53],
    ['this machine, where none is named', 'search example.com\n', '127.0.0.1', 53],
    ['this machine, where nothing is configured', '', '127.0.0.1', 53],
  ] as const)('%s', async (_, text, address, port) => {
    expect(await foundWith(text)).toEqual({ address, port });
  });

  it('nothing, where all are of a link: whoever asks them has to know which', async () => {
    expect(await foundWith('nameserver fe80::1%lo\n')).toBeNull();
  });
});

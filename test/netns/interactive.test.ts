import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterAll, expect, it } from 'vitest';
import { program } from '../cli/run.js';
import { bundled } from './bundled.js';
import { createNetwork } from './namespaces.js';

const network = createNetwork();
const nameServer = await bundled('silent-name-server.ts');
afterAll(() => network.close());

network.client.etc('resolv.conf', 'nameserver 127.0.0.1\n');
network.client.etc('hosts', '127.0.0.1 localhost\n');
const server = await network.client.start(process.execPath, nameServer);
const asked = createInterface(server.stdout ?? expect.fail('no output'));

it.each(['nc', 'telnet'])('Ctrl-C ends %s at once while its name server is silent', async (command) => {
  const question = once(asked, 'line');
  // `ip netns exec` becomes the program: the signal reaches it.
  const words = ['netns', 'exec', network.client.name, program, command, `${command}.example`, '80'];
  const child = spawn('ip', words, { stdio: ['pipe', 'ignore', 'ignore'] });
  const ended = once(child, 'close');
  await question;
  const started = performance.now();
  child.kill('SIGINT');
  expect(await ended).toEqual([null, 'SIGINT']);
  // The system gives up after ten seconds.
  expect(performance.now() - started).toBeLessThan(2000);
});

import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createConnection, createServer } from 'node:net';

/** A port of 127.0.0.1 that is free now: for servers that cannot pick one themselves. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Resolves when the program accepts connections; throws with what it complained of if it ends before. */
export async function untilListening(port: number, child: ChildProcess, complaint: () => string): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      const socket = createConnection(port, '127.0.0.1');
      await once(socket, 'connect');
      socket.destroy();
      return;
    } catch (error) {
      if (child.exitCode !== null) throw new Error(`${child.spawnfile} has ended: ${complaint()}`);
      if (attempt > 250) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

import type { Connection } from '../../io/dial.js';
import { pipe } from '../../io/pipe.js';
import { wait } from '../../io/wait.js';
import type { Streams } from '../command.js';
import type { Asked } from './arguments.js';

/**
 * What nc does with a connection that it has: nothing with `-z`, else it carries standard input there and what comes
 * back to standard output. `quit`: nc then ends, whatever else there is to connect to.
 */
export async function talk(connection: Connection, asked: Asked, streams: Streams): Promise<'over' | 'quit'> {
  if (asked.scan) {
    connection.destroy();
    return 'over';
  }
  const end = await pipe(
    connection,
    { stdin: asked.detached ? undefined : streams.stdin, stdout: streams.stdout },
    {
      // Over UDP nobody says that it is over; with -q nc does not wait for it.
      until: asked.udp && asked.quit !== undefined ? 'either' : 'both',
      halfClose: asked.halfClose,
      ...(asked.timeout === undefined ? {} : { idleSeconds: asked.timeout }),
      ...(asked.crlf ? { outgoing: withCrlf() } : {}),
    },
  );
  connection.destroy();
  if (end === 'idle' || asked.quit === undefined || asked.quit === 0) return 'over';
  await wait(asked.quit);
  return 'quit';
}

/** Puts a CR before every LF that has none, wherever the input was cut into pieces. */
function withCrlf(): (chunk: Buffer) => Buffer {
  let last = 0;
  return (chunk) => {
    const bytes: number[] = [];
    for (const byte of chunk) {
      if (byte === 0x0a && last !== 0x0d) bytes.push(0x0d);
      bytes.push(byte);
      last = byte;
    }
    return Buffer.from(bytes);
  };
}

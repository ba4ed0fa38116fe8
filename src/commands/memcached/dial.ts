import { connect } from '../../io/connect.js';
import { Conversation } from '../../io/conversation.js';
import type { Limits } from '../../io/limits.js';
import { familyOf } from '../../model/endpoint.js';
import type { Failure } from '../../model/failure.js';
import { type Destination, usualConnectTimeout } from '../../model/network.js';
import type { MemcachedAsked, TlsFacts } from './facts.js';

/** Where to connect, and who is to be there. */
export interface Place {
  readonly to: Destination;
  /** The name or address that the user gave; absent: a unix socket. */
  readonly host?: string;
}

export type Dialled =
  | { readonly ok: true; readonly conversation: Conversation; readonly connectMs: number; readonly tls?: TlsFacts }
  | { readonly ok: false; readonly failure: Failure };

/** Opens a connection, with TLS where that is asked for; a certificate that does not verify does not end it. */
export async function dial(
  { to, host }: Place,
  { network, tls }: Pick<MemcachedAsked, 'network' | 'tls'>,
  ca: readonly string[] | undefined,
  limits: Limits,
): Promise<Dialled> {
  const { connectTimeout: seconds = usualConnectTimeout } = network;
  const connected = await connect(to, { seconds, signal: limits.signal });
  if (!connected.ok) return connected;
  const { value: socket, ms: connectMs } = connected;
  if (!tls) return { ok: true, conversation: new Conversation(socket), connectMs };
  const { handshake } = await import('../../io/handshake.js');
  const named = host !== undefined && familyOf(host) === undefined;
  const shaken = await handshake(
    socket,
    {
      ...(host !== undefined && { identity: host }),
      ...(named && { servername: host }),
      ...(ca !== undefined && { ca }),
    },
    limits,
  );
  if (!shaken.ok) {
    socket.destroy();
    return shaken;
  }
  const { socket: secured, protocol, cipher, unverified } = shaken.value;
  return {
    ok: true,
    conversation: new Conversation(secured),
    connectMs,
    tls: { protocol, cipher, ...(unverified !== undefined && { unverified }) },
  };
}

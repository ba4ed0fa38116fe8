import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { type AddressInfo, createServer, isIP, type Server } from 'node:net';

/** What the server does with questions about a name. */
export type DnsReply =
  /** Addresses of both families; `truncated`: over UDP only the hint to ask again over TCP. */
  | { readonly addresses: readonly string[]; readonly truncated?: true }
  | 'nxdomain'
  | 'servfail'
  | 'refused'
  | 'silence'
  /** Bytes that are no message of DNS. */
  | 'garbage';

export interface DnsServer {
  readonly address: string;
  readonly port: number;
  /** What was asked, in order: `A www.example udp`. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

const codes = { nxdomain: 3, servfail: 2, refused: 5 } as const;
const types: Readonly<Record<number, string>> = { 1: 'A', 28: 'AAAA' };

/**
 * A name server on UDP and TCP with a table of names, in lower case; of others it says that they are not there. Port 0
 * is any that is free.
 */
export async function createDnsServer(
  table: Readonly<Record<string, DnsReply>>,
  port = 0,
  address = '127.0.0.1',
): Promise<DnsServer> {
  const asked: string[] = [];
  const answer = (query: Buffer, transport: 'udp' | 'tcp'): Buffer | undefined => {
    const { name, type, end } = questionOf(query);
    asked.push(`${types[type] ?? type} ${name} ${transport}`);
    const reply = table[name] ?? 'nxdomain';
    if (reply === 'silence') return undefined;
    if (reply === 'garbage') return Buffer.from('\x1b[31mno | name "server"\n');
    const question = query.subarray(12, end);
    if (typeof reply === 'string') return message(query, question, codes[reply], false, []);
    if (reply.truncated && transport === 'udp') return message(query, question, 0, true, []);
    const family = type === 1 ? 4 : 6;
    const addresses = reply.addresses.filter((candidate) => isIP(candidate) === family);
    return message(
      query,
      question,
      0,
      false,
      addresses.map((text) => record(type, text)),
    );
  };
  const { udp, tcp } = await listen(port, address);
  udp.on('message', (query, from) => {
    const bytes = answer(query, 'udp');
    if (bytes !== undefined) udp.send(bytes, from.port, from.address);
  });
  tcp.on('connection', (socket) => {
    let held: Buffer = Buffer.alloc(0);
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      held = Buffer.concat([held, chunk]);
      while (held.length >= 2 && held.length >= 2 + held.readUInt16BE(0)) {
        const bytes = answer(held.subarray(2, 2 + held.readUInt16BE(0)), 'tcp');
        held = held.subarray(2 + held.readUInt16BE(0));
        if (bytes !== undefined) socket.write(Buffer.concat([word(bytes.length), bytes]));
      }
    });
  });
  return {
    address,
    port: udp.address().port,
    asked,
    async close() {
      udp.close();
      tcp.close();
      await once(tcp, 'close');
    },
  };
}

/** UDP and TCP on the same port: one that is free for the first may be taken for the second. */
async function listen(port: number, address: string): Promise<{ udp: Socket; tcp: Server }> {
  for (let attempt = 0; attempt < 10; attempt++) {
    const tcp = createServer().listen(port, address);
    await once(tcp, 'listening');
    const udp = createSocket(isIP(address) === 6 ? 'udp6' : 'udp4');
    const isBound = await new Promise<boolean>((resolve) => {
      udp.once('error', () => resolve(false));
      udp.bind((tcp.address() as AddressInfo).port, address, () => resolve(true));
    });
    if (isBound) return { udp, tcp };
    tcp.close();
  }
  throw new Error(`no port at ${address} is free for both UDP and TCP`);
}

function questionOf(query: Buffer): { readonly name: string; readonly type: number; readonly end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = query.readUInt8(at); length > 0; length = query.readUInt8(at)) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.').toLowerCase(), type: query.readUInt16BE(at + 1), end: at + 5 };
}

function message(query: Buffer, question: Buffer, code: number, isCut: boolean, records: readonly Buffer[]): Buffer {
  const isAnswer = 0x8000;
  const recursion = 0x0180;
  const flags = word(isAnswer | recursion | (isCut ? 0x0200 : 0) | code);
  const counts = Buffer.concat([word(1), word(records.length), word(0), word(0)]);
  return Buffer.concat([query.subarray(0, 2), flags, counts, question, ...records]);
}

/** The name is that of the question (a pointer to it); for a minute. */
function record(type: number, address: string): Buffer {
  const data = type === 1 ? Buffer.from(address.split('.').map(Number)) : ipv6Bytes(address);
  return Buffer.concat([word(0xc00c), word(type), word(1), word(0), word(60), word(data.length), data]);
}

function ipv6Bytes(address: string): Buffer {
  const [head = [], tail = []] = address.split('::').map((half) => half.split(':').filter((group) => group !== ''));
  const zeros = Array.from({ length: 8 - head.length - tail.length }, () => '0');
  return Buffer.concat([...head, ...zeros, ...tail].map((group) => word(Number.parseInt(group, 16))));
}

function word(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}

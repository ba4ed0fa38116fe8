const iac = 255;
const dont = 254;
const can = { do: 253, wont: 252, will: 251, subnegotiation: 250, end: 240 } as const;

/**
 * Takes the commands of the telnet protocol (RFC 854) out of what a peer sends, wherever it was cut into pieces, and
 * refuses whatever it asks for or offers. CR LF becomes LF and CR NUL becomes CR, as on the screen of telnet.
 */
export function createReader(reply: (bytes: Buffer) => void): (chunk: Buffer) => Buffer {
  let state: 'data' | 'cr' | 'command' | 'option' | 'subnegotiation' | 'subnegotiation-command' = 'data';
  let verb = 0;
  return (chunk) => {
    const text: number[] = [];
    for (const [index, byte] of chunk.entries()) {
      if (state === 'command') {
        if (byte === iac) text.push(iac);
        verb = byte;
        if (byte === can.subnegotiation) state = 'subnegotiation';
        else state = byte >= can.will && byte <= dont ? 'option' : 'data';
      } else if (state === 'option') {
        // What is not on need not be refused.
        if (verb === can.will) reply(Buffer.from([iac, dont, byte]));
        else if (verb === can.do) reply(Buffer.from([iac, can.wont, byte]));
        state = 'data';
      } else if (state === 'subnegotiation') {
        if (byte === iac) state = 'subnegotiation-command';
      } else if (state === 'subnegotiation-command') {
        state = byte === can.end ? 'data' : 'subnegotiation';
      } else if (byte === iac) state = 'command';
      else if (state === 'cr' && byte === 0) state = 'data';
      else {
        state = byte === 0x0d ? 'cr' : 'data';
        // A CR at the end of what has come is shown: it may be long until more comes.
        if (byte !== 0x0d || chunk[index + 1] !== 0x0a) text.push(byte);
      }
    }
    return Buffer.from(text);
  };
}

/** Ctrl-] */
const escapeCharacter = 0x1d;

export interface Typist {
  /** A command was typed after the escape character. Returns whether what is typed next is to be sent. */
  command(line: string): boolean;
  /** The escape character was typed, and the command is still to come. */
  prompt(): void;
}

/**
 * Turns what is typed into what is sent: LF into CR LF, CR into CR NUL, and 0xff doubled, as RFC 854 has it. What stands
 * between the escape character and the end of its line is a command. `asks`: an empty command brings a prompt first.
 */
export function createWriter(typist: Typist, asks: boolean): (chunk: Buffer) => Buffer {
  let line: number[] | undefined;
  let isPrompted = false;
  let isOver = false;
  return (chunk) => {
    const bytes: number[] = [];
    for (const byte of chunk) {
      if (isOver) break;
      if (line === undefined) {
        if (byte === escapeCharacter) {
          line = [];
          isPrompted = false;
          if (!asks) typist.prompt();
        } else if (byte === 0x0a) bytes.push(0x0d, 0x0a);
        else if (byte === 0x0d) bytes.push(0x0d, 0);
        else if (byte === 0xff) bytes.push(0xff, 0xff);
        else bytes.push(byte);
      } else if (byte !== 0x0a) line.push(byte);
      else if (line.length === 0 && asks && !isPrompted) {
        isPrompted = true;
        typist.prompt();
      } else {
        const words = Buffer.from(line).toString();
        line = undefined;
        isOver = !typist.command(words.trim());
      }
    }
    return Buffer.from(bytes);
  };
}

/** What may be base64, of either alphabet. */
export const base64Runs = /[A-Za-z\d+/_-]{16,}={0,2}/g;

export interface Base64Text {
  readonly text: string;
  /** The run again, with another text in it. */
  written(text: string): string;
}

/** The text that a run is the base64 of, from its first units on; nothing where it is none. */
export function decodedBase64(run: string): Base64Text | undefined {
  const padding = /=*$/.exec(run)?.[0] ?? '';
  const bare = run.slice(0, run.length - padding.length);
  const form = /[-_]/.test(bare) ? 'base64url' : 'base64';
  // What stands before it may be of the same letters: `/`, `-`.
  for (let from = 0; from < 4; from += 1) {
    const end = bare.length - ((bare.length - from) % 4 === 1 ? 1 : 0);
    const text = Buffer.from(bare.slice(from, end), 'base64').toString('utf8');
    if (!isPlain(text)) continue;
    return {
      text,
      written: (changed) => {
        const again = Buffer.from(changed, 'utf8').toString(form);
        const ending = padding === '' ? again.replace(/=+$/, '') : again;
        return bare.slice(0, from) + ending + bare.slice(end);
      },
    };
  }
  return undefined;
}

/** Whether what was decoded is a text: nothing in it that no text has. */
export function isPlain(text: string): boolean {
  // Nearly all that is no base64 ends here.
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === 0xfffd || unit === 0x7f || (unit < 0x20 && unit !== 9 && unit !== 10 && unit !== 13)) return false;
  }
  return true;
}

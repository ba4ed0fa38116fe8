/** At most `length` UTF-16 units of the text, ending in `…` where some are missing; never half a character. */
export function shortened(text: string, length: number): string {
  if (text.length <= length) return text;
  const end = Math.max(length - 1, 0);
  const unit = text.charCodeAt(end - 1);
  const splitsPair = unit >= 0xd800 && unit <= 0xdbff;
  return `${text.slice(0, splitsPair ? end - 1 : end)}…`;
}

/**
 * A line of a log without what may be secret in it: what a URL has before `@` and in its query, and what follows a word
 * such as `token` or `password`.
 */
export function masked(text: string): string {
  return (
    text
      .replace(/:\/\/[^\s/?#@]{1,300}@/g, '://***@')
      // Where the sample was cut, the `@` may be missing.
      .replace(/:\/\/[^\s/?#@:]*:[^\s/?#@]*\D[^\s/?#@]*$/, '://***')
      .replace(/\?[^\s"'?\]]+/g, '?***')
      .replace(/\b(token|password|passwd|secret|authorization|cookie)(["']?\s*[=:]\s*["']?)[^\s"',;]+/gi, '$1$2***')
  );
}

/**
 * The path under which a map is read that `map.file` names. What does not begin with a slash is taken from the directory that
 * rg-diag runs in, which is a guess: the `./` before it tells such a map from one that was named on the command line. Nor does
 * any path that stands in a file mean standard input.
 */
export function followedPath(named: string): string {
  return named.startsWith('/') ? named : `./${named}`;
}

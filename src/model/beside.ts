/** What is made beside a folder: never in it. A slash at its end counts for nothing. */
export function besideFolder(directory: string, ending: '.tar.gz' | '.map.json'): string {
  const path = directory.replace(/\/+$/, '');
  return `${path === '' ? directory : path}${ending}`;
}

/** What is made beside the folder: never in it, and never over anything that is there. */
export function archivePathOf(directory: string): string {
  return `${bare(directory)}.tar.gz`;
}

/** The file that says which label stands for what: for its owner only. */
export function mapPathOf(directory: string): string {
  return `${bare(directory)}.map.json`;
}

function bare(directory: string): string {
  const path = directory.replace(/\/+$/, '');
  return path === '' ? directory : path;
}

/** The shortest spelling of ports in their order: `80,443,8000-8100`; after `most` parts it is cut: `80,443,…`. */
export function portListText(ports: readonly number[], most: number): string {
  const parts: string[] = [];
  for (let index = 0; index < ports.length; index++) {
    const first = ports[index] ?? 0;
    let last = first;
    while (ports[index + 1] === last + 1) {
      last++;
      index++;
    }
    parts.push(first === last ? `${first}` : `${first}-${last}`);
  }
  return parts.length <= most ? parts.join(',') : `${parts.slice(0, most).join(',')},…`;
}

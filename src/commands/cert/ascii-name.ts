/** A name with letters of any script as DNS, SNI and certificates spell it. */
export function asciiNameOf(name: string): string {
  return URL.canParse(`http://${name}/`) ? new URL(`http://${name}/`).hostname : name;
}

/**
 * Names of files in which something was masked: such as are still plain names, each of another file. `change` is what is done to their
 * texts.
 */
export function safeNames(files: readonly string[], change: (text: string) => string): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const taken = new Set(files);
  for (const file of files) {
    const changed = change(file);
    if (changed === file) continue;
    const plain = changed.replace(/[^\w.-]+/g, '-').replace(/^[.-]+/, '');
    const [, base = plain, extension = ''] = /^(.*?)(\.[a-z]{1,5})?$/.exec(plain) ?? [];
    let name = `${base}${extension}`;
    for (let count = 2; taken.has(name); count += 1) name = `${base}-${count}${extension}`;
    taken.add(name);
    names.set(file, name);
  }
  return names;
}

/** How a command is called where its name must be one word (folders, rules, schemas, man pages): `config check` is `config-check`. */
export function commandSlug(name: string): string {
  return name.replaceAll(' ', '-');
}

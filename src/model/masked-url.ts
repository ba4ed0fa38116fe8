/** What a key of a query is called whose value may open a door. Rather one too many: what is masked is only what a person reads. */
const secret = /token|key|pass|pwd|secret|auth|sig|code|session|sid|jwt|credential/i;

/** A URL as it may be shown to others: the values of keys that look secret, and a password before the host, are masked. */
export function maskedUrl(url: string): string {
  const [place = '', ...rest] = url.split('?');
  const shown = place.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/@]*@/i, '$1***@');
  if (rest.length === 0) return shown;
  return `${shown}?${rest.join('?').replace(/([^&;=]+)=([^&;]*)/g, masked)}`;
}

/** The same for every URL or path with a query in a text. */
export function maskedQueries(text: string): string {
  return text.includes('?') ? text.replace(/\S+\?\S*[^\s,]/g, maskedUrl) : text;
}

function masked(pair: string, key: string): string {
  return secret.test(plain(key)) ? `${key}=***` : pair;
}

/** `%74oken` is a token too. */
function plain(key: string): string {
  return key.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

import { createAuthority } from '../../servers/authority.js';
import { archive, pair } from '../har-sanitize/archives.js';

/** Names of hosts, each with the one place that gives it away. */
export interface PlantedNames {
  /** Place → texts of which none may be left, in lower case. */
  readonly names: ReadonlyMap<string, readonly string[]>;
  /** A log of a web server, and what else is kept with it. */
  readonly log: string;
  readonly har: string;
  readonly map: string;
  readonly conf: string;
}

/** Plants one name per place, so that one that is overlooked says which place is. */
export async function plantedNames(): Promise<PlantedNames> {
  const names = new Map<string, readonly string[]>();
  const plant = (place: string) => {
    const count = String(names.size + 10);
    const [host, domain] = [`kx${count}qzfront`, `owner${count}vwj`];
    names.set(place, [host, domain]);
    return `${host}.${domain}.example`;
  };
  const everywhere = plant('in every form');
  const authority = await createAuthority();
  const { pem } = await authority.issue({ names: [plant('a certificate in PEM form')] });
  authority.close();
  names.set('the local part of a mail address', ['jane.doe', 'j.smith']);
  names.set('who is named in a URL', ['deployuser']);
  names.set('what activation calls a listener', ['rg-0a1b2c3d4e']);
  const client = '203.0.113.9 - - [20/Nov/2026:03:00:01 +0000]';
  const log = [
    `${client} "GET https://${plant('a request line')}/a HTTP/1.1" 200 5`,
    `${client} "GET / HTTP/1.1" 200 5 host=${plant('host=')} sni=${plant('sni=')}`,
    JSON.stringify({ host: plant('host in JSON'), server_name: plant('server_name in JSON') }),
    JSON.stringify({
      tls: { san: [`*.${plant('a list in JSON')}`] },
      text: `Host: ${plant('JSON in a text of JSON')}\nx`,
    }),
    `{"host":"${plant('JSON with escapes').replace('.', '\\u002e')}"}`,
    `2026/11/20 03:00:01 [error] 7#7: *1 connect() failed, client: 203.0.113.9, server: ${plant('server: of nginx')}, request: "GET / HTTP/1.1", upstream: "https://${plant('upstream: of nginx')}:8443/", host: "${plant('host: of nginx')}"`,
    `${plant('the column of the virtual host')}:443 ${client} "GET / HTTP/1.1" 200 5`,
    `${plant('the name of a client')} - - [20/Nov/2026:03:00:01 +0000] "GET / HTTP/1.1" 200 5`,
    `> Host: ${plant('the header Host')}`,
    `X-Forwarded-Host: ${plant('the header X-Forwarded-Host')}`,
    `TLS handshake, SNI: ${plant('SNI:')}`,
    `subject=O = Example, CN = ${plant('CN = of a subject')}`,
    `X509v3 Subject Alternative Name: DNS:${plant('DNS:')}, DNS:*.${plant('a wildcard')}`,
    `x509: certificate is valid for ${plant('valid for')}, not for this`,
    `server_name ${plant('server_name')} ${plant('the second server_name')};`,
    `ServerAlias ${plant('ServerAlias')}`,
    `curl: (6) Could not resolve host: ${plant('curl')}`,
    `dial tcp: lookup ${plant('a look-up of Go')} on 192.0.2.53:53: no such host`,
    `* Connected to ${plant('a name with its address')} (198.51.100.7) port 443`,
    `openssl s_client -connect 192.0.2.7:443 -servername ${plant('-servername')}`,
    `  3.|-- ${plant('a hop of mtr')}  0.0%    10`,
    `${plant('a record of the DNS')}. 300 IN CNAME ${plant('what a record leads to')}.`,
    `url=https%3A%2F%2F${plant('a URL in a URL')}%2Fa`,
    `sent to jane.doe@${plant('a mail address')}, and to J.Smith@mail.example`,
    `remote https://deployuser@${plant('a URL with a user')}/repository.git`,
    `https://${plant('a URL with %2E').replace('.', '%2E')}/`,
    `to=https%253A%252F%252F${plant('a URL, encoded twice').replace('.', '%252E')}%252F`,
    `[ssl:warn] AH01909: ${plant('a name with its port')}:443:0 server certificate does NOT include an ID`,
    `{"time":1,"backend":"${plant('backend in JSON')}"}`,
    `Via: 1.1 ${plant('the header Via')} (Varnish)`,
    `Set-Cookie: a=b; Domain=.${plant('the domain of a cookie')}; Path=/`,
    `Content-Security-Policy: default-src 'self' *.${plant('a policy')} ${plant('the second of a policy')}; img-src *`,
    `${plant('host(1)')} is an alias for ${plant('what host(1) leads to')}.`,
    `Name:\t${plant('nslookup')}`,
    `192.0.2.44\t${plant('a hosts file')} ${plant('the second of a hosts file')}`,
    `open() "/var/www/${plant('a path')}/index.html" failed (2: No such file or directory)`,
    `ssl_certificate /etc/letsencrypt/live/${plant('the path of a certificate')}/fullchain.pem;`,
    `/var/log/nginx/${plant('the name of a log')}.access.log`,
    `server ${plant('server of an upstream')};`,
    `Nov 20 03:00:01 ${plant('the machine of a log')} sshd[7]: Connection closed`,
    'listening as rg-0a1b2c3d4e.port2408.net',
    pem,
    `https://${everywhere}/`,
    everywhere.toUpperCase(),
    `api.${everywhere}`,
    `https://${everywhere.replaceAll('.', '%2E')}/`,
    Buffer.from(`{"backend":"${everywhere}"}`).toString('base64'),
    Buffer.from(everywhere).toString('hex'),
    everywhere.replaceAll('.', '%252E'),
    `${everywhere.slice(0, 14)}… and …${everywhere.slice(3)}`,
    `/var/log/${everywhere}-access.log /etc/${everywhere.replaceAll('.', '-')}.conf`,
    `  Host  ${everywhere.slice(0, 12)}  200`,
    `        ${everywhere.slice(12)}`,
    '',
  ].join('\n');
  const har = JSON.stringify(
    archive({
      url: `https://user@${plant('the URL of a HAR')}/p`,
      requestHeaders: [pair(':authority', plant(':authority of a HAR')), pair('Host', plant('Host of a HAR'))],
      responseHeaders: [pair('X-Backend', everywhere)],
      content: {
        text: Buffer.from(`<a href="https://${plant('a body in base64')}/">`).toString('base64'),
        encoding: 'base64',
      },
    }),
  );
  const map = `${plant('a name of the map')}=127.0.0.1:1\nx.example=${plant('an origin of the map')}\n`;
  return { names, log, har, map, conf: plant('the own name of rg-listener') };
}

/** Where a name is left: in a file, or in the name of one; also in base64. */
export function namesLeft({ names }: PlantedNames, files: ReadonlyMap<string, Uint8Array>): string[] {
  return [...files].flatMap(([file, content]) => {
    const plain = Buffer.from(content).toString('latin1').replaceAll('\0', '');
    const decoded = (plain.match(/[\w+/-]{16,}/g) ?? []).flatMap((run) =>
      [0, 1, 2, 3].map((from) => Buffer.from(run.slice(from), 'base64').toString('latin1')),
    );
    const digits = (plain.match(/[\da-f]{16,}/gi) ?? []).map((run) => Buffer.from(run, 'hex').toString('latin1'));
    const text = [file, plain, ...decoded, ...digits].join('\n').toLowerCase();
    return [...names].flatMap(([place, parts]) =>
      parts.filter((part) => text.includes(part) || text.includes(part.slice(0, 9))).map(() => `${place}, in ${file}`),
    );
  });
}

/** A place in a text where the name of a host stands; each group is one. All are linear in the text. */
export interface HostContext {
  readonly at: RegExp;
  /**
   * `name`: one name, or several with blanks or commas between. `url`: one that may be a machine without a domain. `loose`: what stands
   * there may as well be the name of a file. `path`: a file or a folder that is called by a host. `machine`: one, whatever it looks like.
   */
  readonly holds: 'name' | 'url' | 'loose' | 'path' | 'machine';
}

/** Where names of hosts stand in logs, settings, headers, certificates, and in what tools print. */
export const hostContexts: readonly HostContext[] = [
  // A URL, also percent-encoded, and with the slashes that JSON may escape.
  {
    at: /(?::|%(?:25){0,4}3a)(?:\\?\/|%(?:25){0,4}2f){2}(?:[^\s/?#@"'<>\\%]{0,200}(?:@|%40))?([\p{L}\p{N}_.-]{1,253})/giu,
    holds: 'url',
  },
  // Keys, headers and settings: `host=`, `"server_name":`, `X-Forwarded-Host:`, nginx's `server: NAME,`.
  {
    at: /(?<![a-z\d])(?:host|host_?name|vhost|virtual_?host|server|server[ _-]?name|server_?alias|sni|authority|fqdn|domain|zone|common_?name|railgunName|san|target|backend|upstream|origin|peer|remote|client|addr|address|node|instance)(?:\\?["']|&quot;)?\s{0,5}[:=]\s{0,5}(?:\\?["'[]|&quot;){0,3}([\p{L}\p{N}_.*-]{1,253})/giu,
    holds: 'name',
  },
  // Settings of web servers.
  { at: /\b(?:server_name|ServerName|ServerAlias)[ \t]{1,40}([^;\n#{}]{1,2000})/gi, holds: 'name' },
  { at: /\bserver[ \t]{1,20}([\w.-]{3,253})(?=[\s;])/g, holds: 'loose' },
  { at: /\bserver_name\s{1,40}([^;#{}]{1,1000});/g, holds: 'name' },
  // Options of command lines.
  { at: /\s--?(?:servername|connect|resolve|connect-to|host|sni|zone)[ =]([\w.*-]{1,253})/gi, holds: 'name' },
  // Certificates: subjects, alternative names, and what is said where none of them fits.
  {
    at: /\b(?:DNS:\s{0,2}|DNS\.\d{1,3}\s{0,3}=\s{0,3}|CN\s{0,3}[=:]\s{0,3}|cert's ")([\p{L}\p{N}_.*-]{1,253})/giu,
    holds: 'name',
  },
  { at: /\b(?:valid for|subjectAltName:|alternative names?:|Names {2,5}) ?([^\n"<]{1,2000})/gi, holds: 'name' },
  // Headers of several words: who has passed it on, and where a page may load from.
  {
    at: /\b(?:via|forwarded|x-served-by|x-cache|x-backend(?:-server)?|x-upstream)["']?\s{0,5}[:=]\s{0,5}["']?([^\n"]{1,500})/gi,
    holds: 'loose',
  },
  { at: /\b[a-z]{3,12}-(?:src|action|ancestors|uri) ([^;"\n]{1,1000})/g, holds: 'loose' },
  // A name with its port, and what follows the key `name`.
  { at: /(?<![\w.-])([\w.-]{3,253}):\d{2,5}(?!\d)/g, holds: 'loose' },
  { at: /\bname["']?\s{0,5}[:=]\s{0,5}["']?([\w.-]{3,253})/gi, holds: 'loose' },
  // Where files are called by hosts: `/var/www/NAME/`, `/etc/letsencrypt/live/NAME/`, `/var/log/nginx/NAME.access.log`.
  {
    at: /\/(?:www|vhosts?|sites(?:-enabled|-available)?|live|archive|renewal|domains|html|htdocs|home|conf\.d|nginx|apache2|httpd|ssl|certs?|private|logs?)(?=\/([\w.-]{3,253}))/gi,
    holds: 'path',
  },
  // As rg-listener logs it: `address:port/host`.
  { at: /:\d{1,5}\/([\w.-]{1,253})(?=[:\s])/g, holds: 'name' },
  // An access log that has the virtual host, or the name of the client, before all else.
  { at: /^([\w.-]{1,253})(?::\d{1,5})? \S{1,253} \S{1,100} (?:\S{1,100} )?\[\d/gm, holds: 'name' },
  // A name with its address, and the other way round.
  {
    at: /(?<![\w.-])([\w.-]{1,253})(?::\d{1,5})? [([](?:\d{1,3}(?:\.\d{1,3}){3}|[\da-f]{0,4}:[\da-f:.]{2,39})[)\]]/gi,
    holds: 'loose',
  },
  { at: /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3} [([]([\w.-]{1,253})[)\]]/g, holds: 'loose' },
  // Hops: mtr, traceroute, tracepath.
  { at: /^ {0,4}\d{1,2}(?:\.\|--|\??:)? {1,4}([\w.-]{1,253})(?=\s)/gm, holds: 'loose' },
  // Records of the DNS.
  {
    at: /^;{0,2}([\w.*-]{1,253})\s{1,20}(?:\d{1,10}\s{1,20})?IN\s{1,20}[A-Z]{1,10}(?:[^\S\n]{1,20}(?:\d{1,5}[^\S\n])?([\w.-]{1,253}))?/gm,
    holds: 'loose',
  },
  {
    at: /\b(?:CNAME|PTR|NS|MX \d{1,5}|alias for|domain name pointer|HELO|EHLO)\s{1,20}([\w.-]{3,253})/g,
    holds: 'loose',
  },
  { at: /^([\w.-]{3,253}) (?:has (?:IPv6 )?address|is an alias for|mail is handled by) /gm, holds: 'loose' },
  // A hosts file.
  {
    at: /^[ \t]{0,8}(?:\d{1,3}(?:\.\d{1,3}){3}|[\da-f]{0,4}:[\da-f:]{2,39})[ \t]{1,20}([\w.-][\w. \t-]{2,500})$/gim,
    holds: 'loose',
  },
  // What tools say: `lookup NAME`, `Could not resolve host NAME`, `getaddrinfo ENOTFOUND NAME`.
  {
    at: /\b(?:ENOTFOUND|EAI_AGAIN|lookup|resolv(?:e|ed|ing)|host(?: ?name)?|Connected to)\s{1,3}["'‘“`]?([\p{L}\p{N}_.-]{1,253})/giu,
    holds: 'loose',
  },
  // The domain of a mail address.
  { at: /[\p{L}\p{N}_+.-](?:@|%40)([\p{L}\p{N}_.-]{1,253})/giu, holds: 'loose' },
  // The heads of rg-diag's own reports, what its parts are called, and its list of addresses.
  { at: /^\S (?:OK|WARN|FAIL|UNKNOWN) {2}([\w.-]{1,253})(?::\d{1,5})?$/gm, holds: 'loose' },
  { at: /\b(?:origin|trace|way|certificate|\d) (?:of|to|for) ([\w.-]{1,253})/g, holds: 'loose' },
  { at: /^([\w.-]{1,253})\n {2}A{1,4} {1,4}/gm, holds: 'loose' },
  { at: /^(?:URL|Zone): {1,20}([\w.-]{1,253})/gm, holds: 'loose' },
  // The machine in what journald writes as JSON.
  { at: /"_HOSTNAME"\s{0,5}:\s{0,5}"([^"\\\s]{1,253})"/g, holds: 'machine' },
];

/** Whether an address, or the name of one, is this machine itself. */
export function isLoopback(host: string): boolean {
  return /^(?:(?:::ffff:)?127(?:\.\d{1,3}){3}|::ffff:7f[0-9a-f]{2}:[0-9a-f]{1,4}|::1|localhost)$/i.test(host);
}

/** Whether it stands for all addresses of the machine. */
export function isEverywhere(host: string | undefined): boolean {
  return host === undefined || host === '0.0.0.0' || host === '::';
}

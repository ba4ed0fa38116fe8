/** `wrong-shape`: not 32 letters and digits. */
export type TokenShape = 'right' | 'placeholder' | 'empty' | 'wrong-shape';

/** What the package's file has in the place of the token (edge-cloud.net, CloudFlare Railgun on AWS). */
const placeholder = 'YOUR_TOKEN_HERE';

/** The shape of an activation token, 32 letters and digits (Cloudflare, Railgun execution); nothing of what it is. */
export function tokenShapeOf(token: string): TokenShape {
  if (token === '') return 'empty';
  if (token.toUpperCase() === placeholder) return 'placeholder';
  return /^[0-9a-z]{32}$/i.test(token) ? 'right' : 'wrong-shape';
}

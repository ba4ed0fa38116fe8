import { sources } from './sources.js';

/** A name whose value gives access to something, or says who somebody is. */
export interface SensitiveName {
  /** As it is usually written. Case, and the marks between its words, do not matter. */
  readonly name: string;
  /**
   * `exact`: only the whole name is meant, because the word has other uses (the `code` of a status). `ending`: a longer name that
   * ends with it is meant too (`csrf_token`).
   */
  readonly match: 'exact' | 'ending';
  readonly source: string;
}

const { harSanitizer: source } = sources;
const inferred = `inferred: no published list has it, and Cookie is not in that of ${source}`;

const railgunApi = 'cloudflare/cloudflare-go railgun.go; Cloudflare, Railgun user guide: client API';

const exact = (name: string, from: string): SensitiveName => ({ name, match: 'exact', source: from });
const ending = (name: string, from: string): SensitiveName => ({ name, match: 'ending', source: from });

export const sensitiveNames: readonly SensitiveName[] = [
  // The default words of har-sanitizer, all 27 of them.
  exact('Authorization', source),
  exact('SAMLRequest', source),
  exact('SAMLResponse', source),
  ending('access_token', source),
  exact('appID', source),
  exact('assertion', source),
  exact('auth', source),
  ending('authenticity_token', source),
  exact('challenge', source),
  exact('client_id', source),
  ending('client_secret', source),
  exact('code', source),
  exact('code_challenge', source),
  ending('code_verifier', source),
  exact('email', source),
  exact('facetID', source),
  exact('fcParams', source),
  ending('id_token', source),
  ending('password', source),
  ending('refresh_token', source),
  exact('serverData', source),
  exact('shdf', source),
  exact('state', source),
  ending('token', source),
  exact('usg', source),
  exact('vses2', source),
  exact('x-client-data', source),

  // Beyond that list.
  ending('Cookie', inferred),
  exact('Set-Cookie', inferred),
  ending('Authorization', inferred),
  exact('cf_clearance', inferred),
  exact('__cf_bm', inferred),
  ending('passwd', inferred),
  ending('pwd', inferred),
  ending('passphrase', inferred),
  ending('secret', inferred),
  ending('api_key', inferred),
  ending('auth_key', inferred),
  ending('auth_email', inferred),
  ending('private_key', inferred),
  ending('access_key', inferred),
  ending('session_id', inferred),
  ending('jwt', inferred),
  ending('jwt_assertion', inferred),
  ending('csrf', inferred),
  ending('xsrf', inferred),
  ending('signature', inferred),
  ending('credential', inferred),
  ending('credentials', inferred),
  ending('pass_code', inferred),
  ending('password_hash', inferred),
  ending('passwd_hash', inferred),
  ending('pwd_hash', inferred),
  ending('requirepass', inferred),
  ending('masterauth', inferred),
  ending('PHPSESSID', inferred),
  ending('JSESSIONID', inferred),
  ending('ASPXAUTH', inferred),
  ending('connect.sid', inferred),
  ending('laravel_session', inferred),
  ending('flask_session', inferred),
  ending('symfony_session', inferred),
  ending('oauth_verifier', inferred),
  ending('license_key', inferred),
  ending('licence_key', inferred),
  ending('secret_key', inferred),
  ending('signing_key', inferred),
  ending('encryption_key', inferred),
  ending('shared_key', inferred),
  ending('account_key', inferred),

  // The key of a Railgun: in version 4 of Cloudflare's interface, and in version 2.
  ending('activation_key', railgunApi),
  ending('rtkn', railgunApi),
];

/** MIME types whose bodies are left out as a whole: scripts, which no parser here reads. */
export const leftOutTypes: readonly { readonly type: string; readonly source: string }[] = [
  { type: 'application/javascript', source },
  { type: 'text/javascript', source },
  { type: 'application/x-javascript', source: inferred },
  { type: 'application/ecmascript', source: inferred },
];

import { sources } from '../../../knowledge/sources.js';
import { defectRule } from './defect.js';

const skips = ({ host }: { readonly host?: string }) =>
  host === undefined ? 'no name to compare with: --servername gives one' : undefined;

export const hostname = defectRule({
  id: 'cert/hostname',
  code: 'hostname-mismatch',
  means:
    'Clients refuse a certificate for another name. Where it is not for the host of the request, Cloudflare answers 526 in the mode Full (strict), and rg-listener with validate.cert = 1 refuses it.',
  remedy:
    'Install a certificate that has the name as a subject alternative name.\nCheck that the server picks the right one for the name (SNI): rg-diag cert ADDRESS --servername NAME.',
  cites: `RFC 9525 §6; ${sources.e526}`,
  passes: 'the certificate is for the name',
  field: 'san',
  skips,
});

export const commonNameOnly = defectRule({
  id: 'cert/common-name-only',
  code: 'common-name-only',
  means: 'Browsers and newer clients look at subject alternative names alone; Cloudflare accepts the common name.',
  remedy: 'Have the certificate issued anew with the name as a subject alternative name.',
  cites: `RFC 9525 §6.3; ${sources.sslModeStrict}`,
  passes: 'the name is a subject alternative name, or is not in the certificate',
  field: 'subject',
  status: () => 'warn',
  skips,
});

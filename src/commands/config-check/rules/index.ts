import type { Rule } from '../../../model/rule.js';
import { finishedRule } from '../../../model/stop.js';
import type { ConfigFacts } from '../facts.js';
import { activateServer } from './activate-server.js';
import { activationAddress } from './activation-address.js';
import { activationComplete } from './activation-complete.js';
import { activationToken } from './activation-token.js';
import { caBundle } from './ca-bundle.js';
import { certificateAndKey } from './certificate-and-key.js';
import { certificateFile } from './certificate-file.js';
import { commentBehind } from './comment-behind.js';
import { disputedDefault } from './disputed-default.js';
import { disputedSpelling } from './disputed-spelling.js';
import { duplicateKey } from './duplicate-key.js';
import { emptyValue } from './empty-value.js';
import { encoding } from './encoding.js';
import { exposedSecret } from './exposed-secret.js';
import { fixed } from './fixed.js';
import { insecureOrigin } from './insecure-origin.js';
import { keyCase } from './key-case.js';
import { keyFile } from './key-file.js';
import { lanTimeout } from './lan-timeout.js';
import { line } from './line.js';
import { logLevel } from './log-level.js';
import { mapFile } from './map-file.js';
import { memcachedExpiration } from './memcached-expiration.js';
import { memcachedLimit } from './memcached-limit.js';
import { memcachedServers } from './memcached-servers.js';
import { estateRules } from './of-estate.js';
import { mapRules } from './of-maps.js';
import { originCa } from './origin-ca.js';
import { otherMachine } from './other-machine.js';
import { profiling } from './profiling.js';
import { quotationMarks } from './quotation-marks.js';
import { readable } from './readable.js';
import { semicolon } from './semicolon.js';
import { senderKey } from './sender-key.js';
import { socket } from './socket.js';
import { statsDisabled } from './stats-disabled.js';
import { statsExposed } from './stats-exposed.js';
import { streamSize } from './stream-size.js';
import { supersededKey } from './superseded-key.js';
import { unknownKey } from './unknown-key.js';
import { validateCert } from './validate-cert.js';
import { value } from './value.js';
import { wanIp } from './wan-ip.js';
import { wanPort } from './wan-port.js';
import { wanTls } from './wan-tls.js';
import { writableByOthers } from './writable-by-others.js';
import { writtenFiles } from './written-files.js';
import { zero } from './zero.js';

// A status line quotes the first of the worst, so what tells most comes first. Of fixes that overlap, the first is made: a line
// that goes as a whole comes before what could be put right in it.

export const rulesOfConfig: readonly Rule<ConfigFacts>[] = [
  readable,
  fixed,
  // The text of railgun.conf.
  duplicateKey,
  line,
  encoding,
  unknownKey,
  keyCase,
  semicolon,
  quotationMarks,
  commentBehind,
  // Values by themselves.
  value,
  emptyValue,
  zero,
  supersededKey,
  senderKey,
  disputedSpelling,
  disputedDefault,
  // What they mean together.
  activationToken,
  activationComplete,
  activationAddress,
  activateServer,
  memcachedServers,
  memcachedLimit,
  memcachedExpiration,
  lanTimeout,
  streamSize,
  logLevel,
  wanIp,
  wanPort,
  wanTls,
  validateCert,
  insecureOrigin,
  originCa,
  statsDisabled,
  statsExposed,
  profiling,
  // Files that it names.
  otherMachine,
  mapFile,
  certificateAndKey,
  certificateFile,
  keyFile,
  caBundle,
  writtenFiles,
  socket,
  exposedSecret,
  writableByOthers,
  // The maps, and all files together.
  ...mapRules,
  ...estateRules,
  finishedRule('config check'),
];

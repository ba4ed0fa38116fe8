// A certificate authority and a certificate of it for localhost: made anew for each build, without openssl, which may not
// be there, and trusted by nobody but the runs that they are made for.
import { createPrivateKey, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

const day = 24 * 3600 * 1000;

/** DER: a tag, the length, the content. */
function der(tag, ...parts) {
  const content = Buffer.concat(parts);
  const { length } = content;
  const lengths = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...lengths]), content]);
}

const sequence = (...parts) => der(0x30, ...parts);
const octets = (...parts) => der(0x04, ...parts);
const bits = (bytes, unused = 0) => der(0x03, Buffer.from([unused]), bytes);
const oid = (hex) => der(0x06, Buffer.from(hex, 'hex'));
const yes = der(0x01, Buffer.from([0xff]));
/** UTCTime. */
const time = (at) => der(0x17, Buffer.from(`${new Date(at).toISOString().slice(2, 19).replace(/[-T:]/g, '')}Z`));
const commonName = (name) => sequence(der(0x31, sequence(oid('550403'), der(0x0c, Buffer.from(name)))));

const ecdsaWithSha256 = sequence(oid('2a8648ce3d040302'));
const basicConstraintsOfAuthority = sequence(oid('551d13'), yes, octets(sequence(yes)));
const keyUsageOfAuthority = sequence(oid('551d0f'), yes, octets(bits(Buffer.from([0x06]), 1)));
const serverAuth = sequence(oid('551d25'), octets(sequence(oid('2b06010505070301'))));
const localhost = sequence(
  oid('551d11'),
  octets(sequence(der(0x82, Buffer.from('localhost')), der(0x87, Buffer.from([127, 0, 0, 1])))),
);

function pem(label, bytes) {
  return `-----BEGIN ${label}-----\n${bytes.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END ${label}-----\n`;
}

function keys() {
  return generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
}

/** RFC 5280 §4.1. */
function certificate(subject, publicKey, issuer, issuerKey, extensions) {
  const now = Date.now();
  const toBeSigned = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1]), randomBytes(8)),
    ecdsaWithSha256,
    commonName(issuer),
    sequence(time(now - day), time(now + 90 * day)),
    commonName(subject),
    publicKey,
    der(0xa3, sequence(...extensions)),
  );
  const signature = sign('sha256', toBeSigned, createPrivateKey(issuerKey));
  return pem('CERTIFICATE', sequence(toBeSigned, ecdsaWithSha256, bits(signature)));
}

/** All in PEM: the authority's certificate, and what a server needs. */
export function makeCertificates() {
  const authority = keys();
  const server = keys();
  const name = 'Made for one build of rg-diag';
  return {
    authority: certificate(name, authority.publicKey, name, authority.privateKey, [
      basicConstraintsOfAuthority,
      keyUsageOfAuthority,
    ]),
    cert: certificate('localhost', server.publicKey, name, authority.privateKey, [serverAuth, localhost]),
    key: server.privateKey,
  };
}

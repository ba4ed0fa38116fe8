import type { Failure } from '../model/failure.js';
import type { SentCertificates, TlsFlight, TlsRecording } from '../model/tls.js';
import { type ServerHello, serverHello, tls13, versionName } from './tls-hello.js';
import { FieldReader, MessageAssembler, messageType, type TlsMessage } from './tls-messages.js';
import { contentType, recordAt, type TlsRecord } from './tls-records.js';
import { type Opened, recordOpener } from './tls13-decryption.js';

const fatal = 2;
const closeNotify = 0;

/**
 * Reads a server's side of a TLS handshake up to the end of its first flight: SSL 3.0 to TLS 1.2 in the clear, TLS 1.3 with
 * the recorded secret. What the server did not get to is absent; what is damaged before the certificates is a failure.
 */
export function readFlight(recording: TlsRecording): TlsFlight {
  return new FlightReader(recording).read();
}

class FlightReader {
  readonly #recording: TlsRecording;
  readonly #messages: MessageAssembler;
  #hello: ServerHello | undefined;
  #open: ((record: TlsRecord) => Opened | undefined) | undefined;
  #sent: SentCertificates | undefined;
  #asksForCertificate = false;
  #alert: number | undefined;
  #done = false;

  constructor(recording: TlsRecording) {
    this.#recording = recording;
    this.#messages = new MessageAssembler(recording.bytes.length);
  }

  read(): TlsFlight {
    const { bytes, cut } = this.#recording;
    for (let at = 0; !this.#done; ) {
      const record = recordAt(bytes, at);
      if (record === 'no-record') {
        this.#fail(`no TLS record at byte ${at}: ${hex(bytes.subarray(at, at + 8))}`);
        break;
      }
      if (record === 'incomplete') {
        if (cut) this.#fail(`no whole Certificate message in the first ${bytes.length} bytes`);
        break;
      }
      at += record.header.length + record.body.length;
      this.#take(record);
      for (let message = this.#next(); message !== undefined; message = this.#next()) this.#look(message);
    }
    return {
      ...(this.#hello !== undefined && { protocol: versionName(this.#hello.version) }),
      ...(this.#sent !== undefined && { sent: this.#sent }),
      asksForCertificate: this.#asksForCertificate,
      ...(this.#alert !== undefined && { alert: this.#alert }),
    };
  }

  #next(): TlsMessage | undefined {
    return this.#done ? undefined : this.#messages.next();
  }

  get #isTls13(): boolean {
    return this.#hello?.version === tls13;
  }

  #take(record: TlsRecord): void {
    if (record.type === contentType.handshake && this.#open === undefined) this.#messages.add(record.body);
    else if (record.type === contentType.applicationData && this.#isTls13) this.#takeSealed(record);
    else if (record.type === contentType.alert) this.#takeAlert(record.body);
    // From here on TLS 1.2 is encrypted; in TLS 1.3 this record has no meaning.
    else if (record.type === contentType.changeCipherSpec && !this.#isTls13) this.#done = true;
    else if (record.type === contentType.applicationData) this.#fail('application data within the handshake');
    else if (record.type === contentType.handshake) this.#fail('a handshake record in the clear behind encrypted ones');
  }

  #takeAlert([level = 0, number = 0]: Uint8Array): void {
    if (level !== fatal || number === closeNotify) return;
    this.#alert = number;
    this.#done = true;
  }

  #takeSealed(record: TlsRecord): void {
    if (this.#open === undefined) {
      // The handshake failed before there were keys.
      this.#done = true;
      return;
    }
    const opened = this.#open(record);
    if (opened === undefined) this.#fail('an encrypted record cannot be decrypted');
    else if (opened.type === contentType.handshake) this.#messages.add(opened.content);
    else this.#done = true;
  }

  #look({ type, body }: TlsMessage): void {
    if (type === messageType.serverHello) this.#lookAtHello(body);
    else if (type === messageType.certificateRequest) this.#asksForCertificate = true;
    else if (type === messageType.certificate) this.#sent ??= certificatesOf(body, this.#isTls13);
    else if (type === messageType.compressedCertificate) this.#fail('the Certificate message is compressed');
    else if (type === messageType.serverHelloDone || type === messageType.finished) this.#done = true;
  }

  #lookAtHello(body: Uint8Array): void {
    const hello = serverHello(body);
    if (hello === undefined) {
      this.#fail('the ServerHello is damaged');
      return;
    }
    this.#hello = hello;
    const { secret } = this.#recording;
    if (!this.#isTls13 || hello.isRetry || secret === undefined) return;
    this.#open = recordOpener(hello.suite, secret);
    if (this.#open === undefined) this.#fail(`cipher suite 0x${hello.suite.toString(16)} of TLS 1.3 is not known`);
  }

  #fail(detail: string): void {
    this.#sent ??= { failure: damaged(detail) };
    this.#done = true;
  }
}

/** The certificates of a Certificate message (RFC 5246 §7.4.2, RFC 8446 §4.4.2). */
function certificatesOf(body: Uint8Array, isTls13: boolean): SentCertificates {
  const fields = new FieldReader(body);
  if (isTls13) fields.vector(1);
  const list = fields.vector(3);
  if (list === undefined || !fields.done) return { failure: damaged('the Certificate message is damaged') };
  const entries = new FieldReader(list);
  const certificates: Uint8Array[] = [];
  while (!entries.done) {
    const certificate = entries.vector(3);
    const extensions = isTls13 ? entries.vector(2) : certificate;
    if (certificate === undefined || extensions === undefined) {
      return { failure: damaged(`the Certificate message is damaged at certificate ${certificates.length + 1}`) };
    }
    // A copy: the recording is larger by far, and need not be kept for it.
    certificates.push(certificate.slice());
  }
  return { certificates };
}

function damaged(detail: string): Failure {
  return { code: 'malformed', step: 'decode', blame: 'target', detail };
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
}

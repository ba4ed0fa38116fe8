/** What strerror(3) of the C library says, by the code that Node gives. */
const ofSystemCalls: Readonly<Record<string, string>> = {
  EACCES: 'Permission denied',
  EADDRINUSE: 'Address already in use',
  EADDRNOTAVAIL: 'Cannot assign requested address',
  EAFNOSUPPORT: 'Address family not supported by protocol',
  EAGAIN: 'Resource temporarily unavailable',
  ECONNABORTED: 'Software caused connection abort',
  ECONNREFUSED: 'Connection refused',
  ECONNRESET: 'Connection reset by peer',
  EHOSTDOWN: 'Host is down',
  EHOSTUNREACH: 'No route to host',
  EINPROGRESS: 'Operation now in progress',
  EINVAL: 'Invalid argument',
  ELOOP: 'Too many levels of symbolic links',
  EMFILE: 'Too many open files',
  EMSGSIZE: 'Message too long',
  ENAMETOOLONG: 'File name too long',
  ENETDOWN: 'Network is down',
  ENETUNREACH: 'Network is unreachable',
  ENFILE: 'Too many open files in system',
  ENOBUFS: 'No buffer space available',
  ENOENT: 'No such file or directory',
  ENOPROTOOPT: 'Protocol not available',
  ENOTDIR: 'Not a directory',
  ENOTSOCK: 'Socket operation on non-socket',
  EPERM: 'Operation not permitted',
  EPIPE: 'Broken pipe',
  EPROTO: 'Protocol error',
  EPROTOTYPE: 'Protocol wrong type for socket',
  ETIMEDOUT: 'Connection timed out',
};

/** What gai_strerror(3) says, by libuv's number: Node's codes put two of them into one (`ENOTFOUND`). */
const ofNames: Readonly<Record<number, string>> = {
  [-3000]: 'Address family for hostname not supported',
  [-3001]: 'Temporary failure in name resolution',
  [-3002]: 'Bad value for ai_flags',
  [-3004]: 'Non-recoverable failure in name resolution',
  [-3005]: 'ai_family not supported',
  [-3006]: 'Memory allocation failure',
  [-3007]: 'No address associated with hostname',
  [-3008]: 'Name or service not known',
  [-3010]: 'Servname not supported for ai_socktype',
  [-3011]: 'ai_socktype not supported',
};

/** An error of a system call or of getaddrinfo(3) in the words of the C library, which programs in C print. */
export function systemMessage(error: NodeJS.ErrnoException): string {
  return ofSystemCalls[error.code ?? ''] ?? ofNames[error.errno ?? 0] ?? error.message;
}

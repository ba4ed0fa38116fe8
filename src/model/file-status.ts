/** What the system says of a file, followed through links. */
export interface FileStatus {
  readonly kind: 'file' | 'directory' | 'socket' | 'fifo' | 'device';
  /** Permissions in octal, four digits: `0640`. */
  readonly mode: string;
  /** Their names in /etc/passwd and /etc/group; the number where there is none. */
  readonly owner: string;
  readonly group: string;
  readonly bytes: number;
  /** Where a link leads to that the path is or goes through; absent where it is none. */
  readonly linkTo?: string;
}

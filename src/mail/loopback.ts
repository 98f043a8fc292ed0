/** Whether a host is this machine itself. Also `127.example.org` is a name, and may be anywhere. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host);
}

import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export interface Mail {
  to: string[];
  /** As it came: headers and body. */
  source: string;
}

/** A mail server of the test's own on a free port; what arrives is kept. */
export async function startMailServer(): Promise<{ env: Record<string, string>; mails: Mail[]; stop(): Promise<void> }> {
  const mails: Mail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        mails.push({ to: session.envelope.rcptTo.map(({ address }) => address), source: Buffer.concat(parts).toString('utf8') });
        done();
      });
    },
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    env: {
      ...{ EMAIL_TRANSPORT: 'smtp', EMAIL_FROM: 'crm@example.com', EMAIL_SMTP_HOST: '127.0.0.1', EMAIL_SMTP_PORT: String(port) },
      ...{ EMAIL_SMTP_IGNORE_TLS: 'true', EMAIL_SMTP_SECURE: 'false' },
    },
    mails,
    stop: () => new Promise((resolve) => void server.close(resolve)),
  };
}

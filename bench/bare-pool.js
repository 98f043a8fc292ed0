// What a send is measured against: nodemailer's own pool, with no journal and nothing else to do.
// node bench/bare-pool.js <sample.json: {subject, text, html}> <messages> <port> <connections>
import { readFileSync } from 'node:fs';
import { createTransport } from 'nodemailer';

const [sample, messages, port, connections] = process.argv.slice(2);
const { subject, text, html } = JSON.parse(readFileSync(sample, 'utf8'));
const pool = createTransport({
  pool: true,
  host: '127.0.0.1',
  port: Number(port),
  secure: false,
  ignoreTLS: true,
  maxConnections: Number(connections),
  maxMessages: 1000,
});
let next = 0;
const worker = async () => {
  while (next < Number(messages)) {
    const n = next++;
    await pool.sendMail({
      from: 'Bench <news@bench.example>',
      to: { name: `Person ${n}`, address: `p${n}@example${n % 50}.org` },
      subject,
      text,
      html,
    });
  }
};
await Promise.all(Array.from({ length: Number(connections) }, worker));
pool.close();

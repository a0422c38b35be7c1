// Gateways: the program that carries proofs between two networks.

import { join } from 'node:path';
import { answering, freePorts, run, start, tail } from './process.js';

const binary = process.env.TANDEM_GATEWAY ?? 'tandem-gateway';

const urls = ({ asset, payment }) => ['--asset-url', asset.alice.url, '--payment-url', payment.alice.url];

/** Runs `tandem-gateway` to its end, and fails with what it said if it did not go well. */
async function ran(args) {
  const { code, stdout, stderr } = await run(binary, args);
  if (code !== 0) throw new Error(`tandem-gateway ${args[0]} ended with code ${code}\n${stdout}${stderr}`);
  return stdout;
}

/** Opens both networks for each other, as their operators. */
export const init = (networks) =>
  ran(['init', ...urls(networks), '--asset-operators', '//Alice,//Bob', '--payment-operators', '//Alice,//Bob']);

/**
 * Starts a gateway between both networks. It ends with the test. `crashAt` is where it stops by itself, as after a power
 * failure; further arguments are its own.
 */
export async function gateway(networks, { signer = '//Ferryman//main', crashAt, args = [] } = {}) {
  const [port] = await freePorts(1);
  const log = join(networks.folder, `gateway-${port}.log`);
  const metrics = `127.0.0.1:${port}`;
  const point = crashAt ? ['--crash-at', crashAt] : [];
  const options = ['--signer', signer, '--metrics-listen', metrics, ...point, ...args];
  // In a folder of the test: whoever keeps core files finds that of one that crashes there.
  const started = start(binary, ['run', ...urls(networks), ...options], log, { cwd: networks.folder });
  networks.endings.push(() => started.stop());
  const ask = async (path) => (await fetch(`http://${metrics}${path}`)).text();
  started.tail = (lines) => tail(log, lines);
  /** Submissions by kind and result, of both directions together: `{ 'messages done': 3 }`. */
  started.submissions = async () => {
    const counts = {};
    for (const [, labels, value] of (await ask('/metrics')).matchAll(/^tandem_gateway_submissions_total\{([^}]*)\} (\d+)$/gm)) {
      const { kind, result } = Object.fromEntries([...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, text]) => [name, text]));
      counts[`${kind} ${result}`] = (counts[`${kind} ${result}`] ?? 0) + Number(value);
    }
    return counts;
  };
  // One that is to stop may have done so before it is asked anything.
  if (!crashAt) await answering(started, 'the gateway', () => ask('/metrics'), 60);
  return started;
}

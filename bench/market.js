// Who and what there is on the chains that these programs make.

import { key } from '../e2e/lib/chain.js';

export const DAY = 86_400_000;
export const HOUR = 3_600_000;

export const PARTICIPANTS = 200;
export const ACCOUNTS_EACH = 5;
export const SECURITIES = 200;
export const CASH = ['EUR', 'USD', 'GBP', 'CHF', 'NOK'];
export const SECURITY_ID = 10_000;
export const CASH_ID = 20_000;
/** Securities of which one account has something, beside every cash token. */
const POSITIONS = 10;

const keys = new Map();

/** The key of an account of a participant, both numbered from 0. */
export function keyOf(participant, index) {
  const path = pathOf(participant, index);
  if (!keys.has(path)) keys.set(path, key(path));
  return keys.get(path);
}

export const pathOf = (participant, index) => `//bench//${participant}//${index}`;
export const publicKey = (participant, index) => keyOf(participant, index).publicKey;

export function* everyAccount() {
  for (let participant = 0; participant < PARTICIPANTS; participant += 1) {
    for (let index = 0; index < ACCOUNTS_EACH; index += 1) yield [participant, index];
  }
}

/** The securities of which an account has something. */
export function positions(participant, index) {
  const first = (participant * ACCOUNTS_EACH + index) * POSITIONS;
  return Array.from({ length: POSITIONS }, (_, more) => SECURITY_ID + ((first + more) % SECURITIES));
}

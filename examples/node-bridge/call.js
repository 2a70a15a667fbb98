// A call to a vendor.

import { underWay } from "./underway.js";

const ANSWER_MS = 10_000;

/**
 * Post JSON to a vendor, once: nothing is repeated.
 *
 * Answers `state` (`sent`, `refused`, or `doubtful` where no answer came), `body` (an object, whatever came) and
 * `reason`, for people, without the address, which holds a secret. `explain` finds the vendor's words in the body.
 * Rejects only if `signal` was aborted.
 */
export function post(vendor, url, payload, options) {
  return underWay(posted(vendor, url, payload, options));
}

async function posted(vendor, url, payload, { signal, explain }) {
  let status, ok, body;
  try {
    const answer = await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(payload),
      redirect: "manual",
      signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]),
    });
    ({ status, ok } = answer);
    body = (await answer.json().catch(() => null)) ?? {}; // of what is no JSON the status says enough
  } catch (error) {
    signal.throwIfAborted();
    const why = error.cause?.code ?? error.name;
    const state = why === "ECONNREFUSED" ? "refused" : "doubtful";
    return { state, body: {}, reason: `${vendor} did not answer: ${why}` };
  }
  if (ok) return { state: "sent", body, reason: null };
  return { state: "refused", body, reason: `${vendor} answered ${status} ${explain(body)}` };
}

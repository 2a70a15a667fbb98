// Bodies that come in, and what is answered to a call that cannot be taken.

const MOST_BYTES = 1024 * 1024;
const DEEPEST = 100;

/** What is answered to a call that cannot be taken. */
export class Refusal extends Error {
  constructor(status, message, { body = { error: message }, headers = {} } = {}) {
    super(message);
    Object.assign(this, { status, body, headers });
  }
}

/** Read a body that is a JSON object. */
export async function json(request) {
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size <= MOST_BYTES) chunks.push(chunk);
  }
  if (size > MOST_BYTES) throw new Refusal(413, "the body is too large");
  let body;
  try {
    body = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks)));
  } catch (error) {
    throw new Refusal(400, `the body is not JSON in UTF-8: ${error.message}`);
  }
  if (!isObject(body)) throw new Refusal(400, "the body is not an object");
  if (isDeeper(body, DEEPEST)) throw new Refusal(400, "the body is nested too deep");
  return body;
}

function isDeeper(value, levels) {
  if (value === null || typeof value !== "object") return false;
  return levels === 0 || Object.values(value).some((part) => isDeeper(part, levels - 1));
}

/** Say whether a value is a JSON object. */
export function isObject(value) {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

// HTTP: finds who is called, and writes the answer.

import { createServer } from "node:http";

import { Refusal, json } from "./body.js";
import * as contract from "./contract.js";

/** Make the server of a bridge. The first part of a path names the party that answers. */
export function serve(bridge) {
  return createServer(async (request, response) => {
    const { status, body, headers } = await answer(bridge, request);
    const text = body === undefined ? "" : JSON.stringify(body);
    response.writeHead(status, { ...(text && { "Content-Type": "application/json; charset=utf-8" }), ...headers });
    response.end(text);
  });
}

/** Every party answers `{status, body}` or throws a Refusal, and waits for nothing that a script does. */
async function answer(bridge, request) {
  try {
    const [first, ...rest] = request.url.split("?")[0].split("/").slice(1).map(decodeURIComponent);
    const call = { method: request.method, path: rest, headers: request.headers, json: () => json(request) };
    if (first === "conformance") return await contract.receive(bridge, call);
    const vendor = Object.hasOwn(bridge.vendors, first) && request.method === "POST" && bridge.vendors[first];
    if (!vendor) throw new Refusal(404, "not served");
    return await vendor.receive(bridge.store, call);
  } catch (error) {
    if (error instanceof Refusal) return error;
    if (error instanceof URIError) return { status: 400, body: { error: "the path is not percent-encoded UTF-8" } };
    console.error(error);
    return { status: 500, body: { error: "the bridge failed" } };
  }
}

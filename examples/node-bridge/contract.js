// The bridge contract: how the suite configures the bridge and sees what never crosses the wire.

import { Refusal, isObject } from "./body.js";
import { report } from "./queue.js";
import { Store } from "./store.js";
import { Turn } from "./turn.js";
import { isIdle } from "./underway.js";

/** Answer a call to /conformance/v1. Without a token in the environment nothing is served. */
export async function receive(bridge, { method, path, headers, json }) {
  const [version, noun, id, verb, ...more] = path;
  if (!bridge.contractToken) throw new Refusal(404, "not served");
  if (headers.authorization !== `Bearer ${bridge.contractToken}`) {
    const asked = { headers: { "WWW-Authenticate": "Bearer" } };
    throw new Refusal(401, "the bearer token is not the one of this bridge", asked);
  }
  if (version !== "v1" || more.length) throw new Refusal(404, "not served");
  const { store } = bridge;
  switch ([method, noun, id && "{id}", verb].filter(Boolean).join(" ")) {
    case "GET about":
      return { status: 200, body: { name: bridge.name, version: bridge.version, capabilities: bridge.capabilities } };
    case "POST reset":
      store.forget();
      bridge.store = new Store();
      return { status: 204 };
    case "POST bindings":
      return { status: 201, body: shown(create(bridge, await json())) };
    case "PATCH bindings {id}":
      return { status: 200, body: shown(change(known(store.bindings, id), await json())) };
    case "POST bindings {id} webhook":
      return await press(store, known(store.bindings, id));
    case "GET idle":
      return { status: 200, body: { idle: isIdle() } };
    case "GET leads":
      return { status: 200, body: [...store.leads.values()].map(record) };
    case "GET leads {id} archive":
      return { status: 200, body: archive(known(store.leads, id)) };
    case "POST leads {id} say":
      return say(known(store.leads, id), await json());
    case "GET webhook-log":
      return { status: 200, body: store.log };
    default:
      throw new Refusal(404, "not served");
  }
}

function known(map, id) {
  const found = map.get(id);
  if (!found) throw new Refusal(404, `no such id: ${id}`);
  return found;
}

function create(bridge, { kind, name, settings }) {
  const vendor = Object.hasOwn(bridge.vendors, kind) && bridge.vendors[kind];
  if (!vendor) throw new Refusal(400, `kind: one of ${Object.keys(bridge.vendors).join(", ")} was expected`);
  if (!isObject(settings)) throw new Refusal(400, "settings: an object was expected");
  const whole = { api_url: bridge.vendorUrls[kind], ...vendor.PRESETS, ...taken(vendor.SETTINGS, settings) };
  const missing = Object.keys(vendor.SETTINGS).find((key) => whole[key] === undefined);
  if (missing) throw new Refusal(400, `settings.${missing}: it is missing`);
  const binding = bridge.store.bind(kind, vendor, typeof name === "string" ? name : vendor.NAME, whole);
  vendor.connect(binding, `${bridge.publicUrl}/${kind}`);
  return binding;
}

/** Merge settings into a binding; of `widgets` each entry, and null empties one. */
function change(binding, changes) {
  const { widgets, ...others } = taken(binding.vendor.SETTINGS, changes);
  Object.assign(binding.settings, others);
  if (widgets) binding.settings.widgets = { ...binding.settings.widgets, ...widgets };
  return binding;
}

/** Take the settings that a kind has, if each is of the right type. */
function taken(types, settings) {
  const own = Object.entries(settings).filter(([key]) => Object.hasOwn(types, key));
  for (const [key, value] of own) {
    const type = Array.isArray(value) ? "array" : value === null ? "null" : typeof value;
    if (type !== types[key]) throw new Refusal(400, `settings.${key}: ${types[key]} was expected, ${type} came`);
  }
  return Object.fromEntries(own);
}

async function press(store, binding) {
  binding.trouble = await binding.vendor.register(store, binding);
  return binding.trouble ? { status: 502, body: { error: binding.trouble } } : { status: 204 };
}

function shown({ id, name, kind, secret, bot_url, webhook_url, trouble, vendor }) {
  if (kind === "jivo") return { id, name, token: secret, bot_url, webhook_url };
  return { id, name, trouble, excludable: vendor.EXCLUDABLE };
}

function record({ id, binding, person, messenger, name, phone, email, attributes }) {
  const stored = { key: "sys_livetex_attrs", type: "system", value: attributes };
  const own = Object.keys(attributes).length ? [stored] : [];
  return { id, binding: binding.id, person, messenger, name, phone, email, attributes: own };
}

function archive(lead) {
  return lead.archive.map((line) => ({ ...line, widget_id: lead.widget }));
}

function say(lead, { text }) {
  if (typeof text !== "string" || !text) throw new Refusal(400, "text: words were expected");
  new Turn(lead).say(text).catch(report);
  return { status: 202 };
}

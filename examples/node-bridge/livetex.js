// LiveTex: it holds operators alone; the visitors' dialogues are passed on to it.

import { Refusal } from "./body.js";
import { post } from "./call.js";
import { tell } from "./turn.js";

export const NAME = "LiveTex";
export const SETTINGS = {
  api_url: "string",
  key: "string",
  bot_title: "string",
  lead_title: "string",
  excluded: "array",
  no_operators_script: "boolean",
};
export const PRESETS = { bot_title: "🤖 Бот", lead_title: "🙂 Лид", excluded: [], no_operators_script: true };
export const EXCLUDABLE = ["umnico", "bitrix", "jivo", "webim", "telegram", "widget", "viber", "vk"];

const VERSION = "1.2";

/** Give a new binding the address of its webhook; its secret is the webhook_key. */
export function connect(binding, url) {
  binding.webhook_url = `${url}/${binding.id}`;
}

/** Register the webhook; answers the trouble, or null. */
export async function register(store, binding) {
  const { webhook_url: url, secret: webhook_key } = binding;
  const { reason } = await call(store, binding, "setWebhook", { url, webhook_key });
  return reason;
}

// To LiveTex

/** Pass a line on, under the title of who said it. */
export function mirror(binding, lead, line, buttons = []) {
  const { bot_title, lead_title } = binding.settings;
  const words = [line.who === "bot" ? bot_title : lead_title, line.text, ...buttons.map(({ text }) => text)];
  const text = words.filter((part) => part !== null).join("\n");
  const sent = line.file ? ["sendFile", { url: line.file, comment: text }] : ["sendText", { text }];
  lead.desk
    .add(async () => {
      const { state, reason, body } = await call(lead.store, binding, sent[0], { user_id: lead.id, ...sent[1] });
      if (line.who === "lead" && line.state === "queued") Object.assign(line, { state, reason });
      if (state === "sent") lead.passedOn.add(body.message_id);
    })
    .catch(() => undefined); // the queue has reported it
}

/** Ask whether an operator of the first group is online. */
export async function isAnybodyOnline(binding, lead) {
  return (await firstGroup(binding, lead))?.has_online === true;
}

/** Hand the dialogue to the first group, and say so: answers `taken`, `nobody` (is online) or `failed`. */
export function handOver(binding, lead) {
  return lead.desk.add(async () => {
    const group = await firstGroup(binding, lead);
    if (!group?.has_online) return "nobody";
    const { destination_type, destination_id } = group;
    const { state } = await call(lead.store, binding, "selectDestination", {
      user_id: lead.id,
      destination_type,
      destination_id,
      ...(lead.name && { name: lead.name }),
      attributes: Object.fromEntries(Object.entries(lead.attributes).map(([key, value]) => [key, String(value)])),
    });
    if (state !== "sent") return "failed";
    lead.leaveBot();
    lead.heldBy = binding;
    await tell(lead, { who: "system", text: "Диалог переведён на оператора" });
    return "taken";
  });
}

async function firstGroup(binding, lead) {
  const { body } = await call(lead.store, binding, "getDestinations", {});
  return body.destinations?.[0];
}

function call(store, { settings: { api_url, key } }, method, payload) {
  const url = `${api_url}/${VERSION}/${method}?key=${encodeURIComponent(key)}`;
  const explain = ({ error_code, error_message }) => `error code ${error_code}: ${error_message}`;
  return post("LiveTex", url, payload, { signal: store.signal, explain });
}

// From LiveTex

const EVENTS = {
  MessageDelivered: read,
  TextMessage: ({ from, text, timestamp }, lead) =>
    from !== "User" && text && tell(lead, { who: "operator", text, at: instant(timestamp) }),
  FileMessage: ({ from, url, comment, timestamp }, lead) =>
    from !== "User" && tell(lead, { who: "operator", text: comment || null, file: url, at: instant(timestamp) }),
  HoldMessage: ({ text, timestamp }, lead) => tell(lead, { who: "system", text, at: instant(timestamp) }),
  Closed: handBack,
};

/**
 * Take a webhook under the binding's webhook_key.
 *
 * It is acted on once what is under way towards LiveTex was answered: a read mark may overtake the answer to the choice
 * of the group. Of a dialogue whose visitor Jivo has, LiveTex's operators have nothing to say.
 */
export async function receive(store, { path, json }) {
  const binding = store.bindings.get(path[0]);
  if (binding?.kind !== "livetex" || path.length !== 1) throw new Refusal(404, "not served");
  const event = await json();
  if (event.webhook_key !== binding.secret) throw new Refusal(403, "the webhook_key is not the registered one");
  const lead = store.leads.get(event.user_id);
  const isOurs = lead && lead.binding.kind !== "jivo" && Object.hasOwn(EVENTS, event.type);
  if (store.isNew(binding, event.id) && isOurs) lead.desk.add(() => EVENTS[event.type](event, lead, binding));
  return { status: 200, body: {} };
}

/** Announce who reads, unless that one was announced last. */
async function read({ message_id, employee, timestamp }, lead, binding) {
  const isLate = instant(timestamp) < lead.readAt;
  if (!employee || lead.heldBy !== binding || !lead.passedOn.has(message_id) || isLate) return;
  lead.readAt = instant(timestamp);
  if (lead.announced === employee.employee_id) return;
  lead.announced = employee.employee_id;
  await tell(lead, { who: "system", text: `Оператор ${nameOf(employee)} подключился к диалогу` });
}

function nameOf({ first_name, last_name, nick_name }) {
  return [first_name, last_name].map((part) => part?.trim()).filter(Boolean).join(" ") || nick_name?.trim() || "";
}

async function handBack(event, lead, binding) {
  if (lead.heldBy !== binding) return;
  Object.assign(lead, { holder: "bot", heldBy: null, announced: null, passedOn: new Set() });
  await tell(lead, { who: "system", text: "Оператор вернул диалог боту" });
}

/** Tell an instant in milliseconds; long ago it was a string of digits. */
function instant(timestamp) {
  return Number(timestamp) || Date.now();
}

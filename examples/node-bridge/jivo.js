// Jivo: the visitor's channel is Jivo's own, and so are the operators.

import { randomUUID } from "node:crypto";

import { Refusal, isObject } from "./body.js";
import { post } from "./call.js";
import { secret } from "./store.js";
import { hear, take } from "./turn.js";

export const NAME = "Jivo";
export const SETTINGS = {
  api_url: "string",
  provider_id: "string",
  inline_buttons: "boolean",
  widgets: "object",
  no_operators_script: "boolean",
};
export const PRESETS = { inline_buttons: false, widgets: {}, no_operators_script: true };

/** Give a new binding the addresses that are pasted into Jivo; its secret is the token. */
export function connect(binding, url) {
  binding.bot_url = `${url}/bot`;
  binding.webhook_part = secret();
  binding.webhook_url = `${url}/webhooks/${binding.webhook_part}`;
}

/** There is nothing to register: the administrator pastes the addresses. */
export async function register() {
  return null;
}

/** Take a bot event, under the binding's token, or a webhook. */
export async function receive(store, { path: [surface, word, ...more], json }) {
  const bindings = [...store.bindings.values()].filter(({ kind }) => kind === "jivo");
  if (surface === "bot" && !more.length) {
    const binding = bindings.find((it) => it.secret === word);
    if (!binding) throw refusal(401, "invalid_client", "no bot has that token");
    return takeEvent(store, binding, await json());
  }
  const binding = bindings.find((it) => it.webhook_part === word);
  if (surface !== "webhooks" || !binding || more.length) throw new Refusal(404, "not served");
  return takeWebhook(store, binding, await json());
}

// The Bot API

const EVENTS = {
  CLIENT_MESSAGE: written,
  AGENT_UNAVAILABLE: nobodyOnline,
  CHAT_CLOSED: closed,
  AGENT_JOINED: closed, // another dialect's word for it
  AGENT_MESSAGE: () => undefined,
  CLIENT_RATED: () => undefined,
};

function takeEvent(store, binding, event) {
  for (const key of ["event", "id", "client_id", "chat_id"]) {
    if (typeof event[key] !== "string") throw refusal(400, "invalid_request", `${key}: a string was expected`);
  }
  if (!Object.hasOwn(EVENTS, event.event)) throw refusal(405, "invalid_request", `${event.event}: an unknown event`);
  if (event.event === "CLIENT_MESSAGE" && !isObject(event.message)) {
    throw refusal(400, "invalid_request", "message: an object was expected");
  }
  if (store.isNew(binding, event.id)) EVENTS[event.event](store, binding, event);
  return { status: 200, body: {} };
}

function refusal(status, code, message) {
  return new Refusal(status, message, { body: { error: { code, message } } });
}

/** The visitor wrote: whoever had the dialogue before, the bot has it now, in the chat of this event. */
function written(store, binding, { client_id, chat_id, agents_online, sender, message }) {
  const lead = store.meet(binding, client_id);
  lead.name ??= sender?.name ?? null;
  Object.assign(lead, { holder: "bot", chat: chat_id, isAnybodyOnline: agents_online === true });
  hear(lead, { text: message.text ?? message.file ?? `[${message.type}]`, at: instant(message.timestamp) });
}

/** Tell an instant in milliseconds, whether the wire says seconds or milliseconds. */
function instant(timestamp) {
  const at = Number(timestamp);
  return at > 0 ? Math.round(at < 1e11 ? at * 1000 : at) : Date.now();
}

function nobodyOnline(store, binding, event) {
  const lead = current(store, binding, event);
  if (!lead) return;
  lead.isInvited = false;
  take(lead, (turn) => turn.nobodyOnline());
}

function closed(store, binding, event) {
  const lead = current(store, binding, event);
  if (!lead) return;
  lead.isInvited = false;
  lead.leaveBot();
}

/** Find the lead of an event, if it speaks of the chat in which the lead is now. */
function current(store, binding, { client_id, chat_id }) {
  const lead = store.lead(binding, client_id);
  return lead?.chat === chat_id ? lead : undefined;
}

/** Bring a line to the visitor. Files go as links, and menus as words unless inline buttons are on. */
export async function send(lead, { text, file }, buttons) {
  const captions = (buttons ?? []).map((button) => button.text);
  const words = [text, file, ...captions].filter((part) => part !== null).join("\n");
  const timestamp = Math.floor(Date.now() / 1000);
  if (!buttons || !lead.binding.settings.inline_buttons) {
    return call(lead, "BOT_MESSAGE", { message: { type: "TEXT", text: words, timestamp } });
  }
  const items = buttons.map((button) => ({ text: button.text, id: button.code }));
  const message = { type: "BUTTONS", title: text, text: words, buttons: items, timestamp };
  return call(lead, "BOT_MESSAGE", { message });
}

/** Say what the last event said of the operators. */
export async function isAnybodyOnline(binding, lead) {
  return lead.isAnybodyOnline;
}

/** Invite an operator, once; if there is none, AGENT_UNAVAILABLE will say so. */
export async function handOver(binding, lead) {
  if (lead.isInvited) return "taken";
  lead.isInvited = true;
  const { state } = await call(lead, "INVITE_AGENT", {});
  lead.isInvited &&= state === "sent";
  return state === "sent" ? "taken" : "failed";
}

function call({ store, binding, person, chat }, event, parts) {
  const { api_url, provider_id } = binding.settings;
  const url = `${api_url}/webhooks/${encodeURIComponent(provider_id)}/${encodeURIComponent(binding.secret)}`;
  const payload = { event, id: randomUUID(), client_id: person, chat_id: chat, ...parts };
  const explain = ({ error }) => `${error?.code ?? ""}: ${error?.message ?? ""}`;
  return post("Jivo", url, payload, { signal: store.signal, explain });
}

// Webhooks

function takeWebhook(store, binding, payload) {
  const { event_name, visitor, client_id, widget_id } = payload;
  const person = visitor?.number ?? client_id;
  const lead = store.lead(binding, String(person));
  store.log.push({
    id: `w-${randomUUID()}`,
    at: Date.now(),
    event_type: typeof event_name === "string" ? event_name : "",
    lead: lead?.id ?? null,
    payload,
    formatted: JSON.stringify(payload, null, 2),
  });
  if (lead && typeof widget_id === "string") fillCard(lead, payload);
  return { status: 200, body: { result: "ok" } };
}

/** Take messenger and contacts, once the channel's widget_id was entered; nothing that is missing erases anything. */
function fillCard(lead, { widget_id, visitor, event_timestamp: at = Infinity }) {
  lead.widget = widget_id;
  const [messenger] = Object.entries(lead.binding.settings.widgets).find(([, id]) => id === widget_id) ?? [];
  if (messenger === undefined || at < lead.cardAt) return;
  if (at !== Infinity) lead.cardAt = at;
  lead.messenger = messenger;
  for (const key of ["name", "phone", "email"]) lead[key] = visitor?.[key] || lead[key];
}

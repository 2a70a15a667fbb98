// Telegram: a direct channel, on which the visitors of LiveTex's operators live.

import { Refusal } from "./body.js";
import { post } from "./call.js";
import { hear } from "./turn.js";

export const NAME = "Telegram";
export const SETTINGS = { api_url: "string", token: "string" };
export const PRESETS = {};

const METHODS = { png: "sendPhoto", jpg: "sendPhoto", mp4: "sendVideo", mp3: "sendAudio", ogg: "sendVoice" };
const UPDATES = ["message", "edited_message", "callback_query"];

/** Give a new binding the address of its webhook; its secret is the secret_token. */
export function connect(binding, url) {
  binding.webhook_url = `${url}/${binding.id}`;
}

/** Register the webhook; answers the trouble, or null. */
export async function register(store, binding) {
  const { webhook_url: url, secret: secret_token } = binding;
  const { reason } = await call(store, binding, "setWebhook", { url, secret_token, allowed_updates: UPDATES });
  return reason;
}

/** Take an update under the binding's secret_token. */
export async function receive(store, { path, headers, json }) {
  const binding = store.bindings.get(path[0]);
  if (binding?.kind !== "telegram" || path.length !== 1) throw new Refusal(404, "not served");
  if (headers["x-telegram-bot-api-secret-token"] !== binding.secret) {
    throw new Refusal(401, "the secret token is not the registered one");
  }
  const { update_id, message, edited_message, callback_query } = await json();
  if (!Number.isInteger(update_id)) throw new Refusal(400, "update_id: an integer was expected");
  if (!store.isNew(binding, update_id)) return { status: 200 };
  if (message) written(store, binding, message);
  if (edited_message) edited(store, binding, edited_message);
  if (callback_query) pressed(store, binding, callback_query);
  return { status: 200 };
}

function written(store, binding, message) {
  hear(visitor(store, binding, message.from), { text: wordsOf(message), at: message.date * 1000 });
}

/** An operator reads the new words; the bot has answered the old ones. */
function edited(store, binding, message) {
  const lead = visitor(store, binding, message.from);
  const text = `Исправлено: ${wordsOf(message)}`;
  if (lead.holder === "operator") hear(lead, { text, at: message.edit_date * 1000 });
}

function pressed(store, binding, { id, from, data }) {
  call(store, binding, "answerCallbackQuery", { callback_query_id: id }).catch(() => undefined); // a reset came first
  if (data) hear(visitor(store, binding, from), { text: data, code: data, at: Date.now() });
}

function visitor(store, binding, { id, first_name, last_name }) {
  const lead = store.meet(binding, String(id));
  const name = [first_name, last_name].filter(Boolean).join(" ") || null;
  return Object.assign(lead, { name, messenger: "telegram" });
}

/** Give the words of a message; what is no words is named, and not passed on: this bridge takes no files. */
function wordsOf({ text, caption, ...message }) {
  if (text !== undefined) return text;
  const kind = ["photo", "video", "audio", "voice", "document", "sticker", "location"].find((it) => message[it]);
  return [caption, `[${message[kind]?.file_name ?? kind ?? "?"}]`].filter(Boolean).join("\n");
}

/** Bring a line to the visitor; a file goes by its address. */
export async function send({ store, binding, person }, { text, file }, buttons) {
  const chat_id = Number(person);
  if (file) {
    const method = METHODS[file.split(".").at(-1)] ?? "sendDocument";
    const kind = method.slice("send".length).toLowerCase();
    return call(store, binding, method, { chat_id, [kind]: file, ...(text && { caption: text }) });
  }
  const rows = (buttons ?? []).map((button) => [{ text: button.text, callback_data: button.code }]);
  return call(store, binding, "sendMessage", {
    chat_id,
    text,
    ...(rows.length && { reply_markup: { inline_keyboard: rows } }),
  });
}

function call(store, { settings: { api_url, token } }, method, payload) {
  return post("Telegram", `${api_url}/bot${token}/${method}`, payload, {
    signal: store.signal,
    explain: ({ description }) => description ?? "",
  });
}

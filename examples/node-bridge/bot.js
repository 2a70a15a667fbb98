// The conformance bot: a fixed script, whose texts are compared to the letter.

const FILES = { picture: "picture.png", video: "video.mp4", file: "file.pdf", audio: "audio.mp3", voice: "voice.ogg" };
const MENU = [
  { text: "Оператор", code: "operator" },
  { text: "Картинка", code: "picture" },
  { text: "Ещё", code: "menu2" },
];
const MENU_2 = [
  { text: "Оператор", code: "operator2" },
  { text: "Назад", code: "menu" },
];

const COMMANDS = [
  [/^\/start$/, (turn) => turn.say("Здравствуйте! Я бот.")],
  [/^\/menu$/, (turn) => turn.menu("Выберите:", MENU)],
  [/^\/menu2$/, (turn) => turn.menu("Ещё:", MENU_2)],
  [/^\/menu (\d+)$/, (turn, number) => turn.menu("Выберите:", numbered(Number(number)))],
  [/^\/(picture|video|file|audio|voice)$/, (turn, kind) => attach(turn, kind, null)],
  [/^\/captioned$/, (turn) => attach(turn, "picture", "Подпись")],
  [/^\/operator$/, (turn) => turn.handOver()],
  [/^\/check$/, check],
  [/^\/attributes$/, (turn) => setAttributes(turn, { номер_заявки: 705, имя_заявки: "Test" })],
  [/^\/attributes (.+)$/s, (turn, pairs) => setAttributes(turn, Object.fromEntries(pairs.split(" ").map(pair)))],
  [/^\/twice$/, twice],
  [/^\/later (\d+)$/, later],
  [/^\/slow (\d+)$/, slow],
  [/^\/count$/, count],
  [/^\/ask$/, ask],
  [/^\/whoami$/, whoami],
  [/^\/history$/, history],
  [/^\/long (\d+)$/, (turn, number) => turn.say(long(Number(number)))],
  [/^\/fail$/, fail],
  [/^\/mute$/, () => undefined],
];

/** What a chosen menu item stands for: a command, or words to say. */
const ITEMS = { operator: "/operator", picture: "/picture", menu: "/menu", menu2: "/menu2" };

/** Answer the visitor's words, or the menu item chosen under `code`. A caption counts as its item. */
export async function answer(turn, text, code) {
  const { lead } = turn;
  if (lead.isAsked) {
    lead.isAsked = false;
    return turn.say(`Вы сказали: ${text}`);
  }
  const item = code ?? lead.menu.find((button) => button.text === text)?.code;
  if (item !== undefined) return choose(turn, item);
  for (const [pattern, act] of COMMANDS) {
    const found = pattern.exec(text);
    if (found) return act(turn, ...found.slice(1));
  }
  return turn.say(`Эхо: ${text}`);
}

function choose(turn, item) {
  if (Object.hasOwn(ITEMS, item)) return answer(turn, ITEMS[item]);
  if (item === "operator2") return turn.say("Второе меню");
  const [, number] = /^button_(\d+)$/.exec(item) ?? [];
  return number && turn.say(`Нажата кнопка ${number}`);
}

function numbered(number) {
  return Array.from({ length: number }, (_, index) => ({ text: `Кнопка ${index + 1}`, code: `button_${index + 1}` }));
}

function attach(turn, kind, caption) {
  return turn.say(caption, { file: `https://files.test/${FILES[kind]}` });
}

async function check(turn) {
  const isOnline = await turn.isAnybodyOnline();
  await turn.say(isOnline ? "Операторы на связи" : "Операторы не на связи");
  if (isOnline) await turn.handOver();
}

async function setAttributes(turn, attributes) {
  Object.assign(turn.lead.attributes, attributes);
  await turn.say("Атрибуты записаны");
}

function pair(words) {
  const [key, ...value] = words.split("=");
  return [key, value.join("=")];
}

async function twice(turn) {
  await turn.say("Раз");
  await turn.say("Два");
}

async function later(turn, seconds) {
  await turn.say(`Через ${seconds} с`);
  turn.later(Number(seconds), () => turn.say(`Прошло ${seconds} с`));
}

async function slow(turn, seconds) {
  await turn.work(Number(seconds));
  await turn.say("Готово");
}

async function count(turn) {
  turn.lead.count += 1;
  await turn.say(String(turn.lead.count));
}

async function ask(turn) {
  await turn.say("Как вас зовут?");
  turn.lead.isAsked = true;
}

async function whoami(turn) {
  const { messenger, name, phone, email } = turn.lead;
  const known = { мессенджер: messenger, имя: name, телефон: phone, почта: email };
  await turn.say(Object.entries(known).map(([what, value]) => `${what}: ${value ?? "нет"}`).join("\n"));
}

const SIDES = { lead: "лид", bot: "бот", operator: "оператор", system: "система" };
const STATES = { sent: "доставлено", refused: "не доставлено", queued: "неизвестно", doubtful: "неизвестно" };

async function history(turn) {
  const lines = turn.lead.archive.slice(-20).map(
    ({ at, who, state, text, file }) => `${new Date(at).toISOString()} ${SIDES[who]} ${STATES[state]} ${text ?? file}`,
  );
  await turn.say(lines.join("\n"));
}

/** Make a text of so many characters: numbered words, no blank at the end. */
function long(length) {
  let text = "";
  for (let word = 1; text.length < length; word += 1) text += `слово${word} `;
  return text.slice(0, length).replace(/ $/, ".");
}

function fail() {
  throw new Error("the script failed, as /fail has it");
}

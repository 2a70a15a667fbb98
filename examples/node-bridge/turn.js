// What is said in a dialogue: by the visitor, by the bot, by operators and by the bridge itself.

import { setTimeout as sleep } from "node:timers/promises";

import { answer } from "./bot.js";
import { report } from "./queue.js";
import { waiting } from "./underway.js";

const NOT_ITS_OWN = "the bot no longer has the dialogue";

/**
 * The visitor said `text`, or chose the menu item `code`: write it down, pass it on to LiveTex, let the bot answer.
 *
 * While an operator has the dialogue the bot does not hear it.
 */
export function hear(lead, { text, code, at }) {
  const desks = lead.store.desksOf(lead);
  const line = lead.write({ who: "lead", text: code ?? text, at, state: desks.length ? "queued" : "sent" });
  for (const desk of desks) desk.vendor.mirror(desk, lead, line);
  if (lead.holder === "bot") take(lead, (turn) => answer(turn, text, code));
}

/** Let the bot do something once it has done what came before, if it still has the dialogue then. */
export function take(lead, work) {
  const turn = new Turn(lead);
  lead.turns.add(() => turn.isOn && work(turn));
}

/** Bring a line to the visitor that is not the bot's: an operator's, or an announcement of the bridge's own. */
export function tell(lead, words) {
  const line = lead.write(words);
  return lead.outbox.add(() => deliver(lead, line));
}

async function deliver(lead, line, buttons) {
  const { state, reason } = await lead.binding.vendor.send(lead, line, buttons);
  Object.assign(line, { state, reason });
}

/** One turn of the bot: what a script can do. It is over as soon as the dialogue has left the bot. */
export class Turn {
  constructor(lead) {
    this.lead = lead;
    this.tenure = lead.tenure;
  }

  /** Whether the bot has had the dialogue since the turn began. */
  get isOn() {
    return this.lead.holder === "bot" && this.lead.tenure === this.tenure;
  }

  /** Say words, above buttons perhaps, or beside a file. */
  async say(text, { buttons, file } = {}) {
    const { lead } = this;
    const line = lead.write({ who: "bot", text, file });
    await lead.outbox.add(async () => {
      if (this.isOn) await deliver(lead, line, buttons);
      else Object.assign(line, { state: "refused", reason: NOT_ITS_OWN });
    });
    if (line.state === "refused") return;
    for (const desk of lead.store.desksOf(lead)) desk.vendor.mirror(desk, lead, line, buttons);
  }

  /** Show a menu; its captions mean what they mean here until the next one. */
  async menu(text, buttons) {
    this.lead.menu = buttons;
    await this.say(text, { buttons });
  }

  /** Work for some seconds; what the visitor writes meanwhile waits. */
  async work(seconds) {
    await this.lead.turns.rest(this.#time(seconds));
  }

  /** Do something after some seconds, while the visitor is served. */
  later(seconds, work) {
    this.#time(seconds).then(work).catch(report);
  }

  #time(seconds) {
    return waiting(seconds * 1000, (ms) => sleep(ms, undefined, { signal: this.lead.store.signal }));
  }

  /** Ask whether an operator is online where this dialogue would go. */
  async isAnybodyOnline() {
    const { desk } = this;
    return desk ? desk.vendor.isAnybodyOnline(desk, this.lead) : false;
  }

  /** Hand the dialogue over; where nobody is online, run the script for that. */
  async handOver() {
    const { desk } = this;
    if (!this.isOn) return;
    if (desk && (await desk.vendor.handOver(desk, this.lead)) !== "nobody") return;
    await this.nobodyOnline();
  }

  /** Run the script 'Нет доступных операторов', if the bot has it. */
  async nobodyOnline() {
    if (this.desk?.settings.no_operators_script !== false) await this.say("Сейчас нет свободных операторов");
  }

  /** The binding whose operators this dialogue goes to: Jivo's own, or LiveTex's; undefined where there is none. */
  get desk() {
    const { lead } = this;
    return lead.binding.kind === "jivo" ? lead.binding : lead.store.desksOf(lead)[0];
  }
}

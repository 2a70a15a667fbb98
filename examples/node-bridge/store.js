// What the bridge remembers, in memory alone: when the process ends, all of it is gone.

import { randomBytes, randomUUID } from "node:crypto";
import { setMaxListeners } from "node:events";

import { Queue } from "./queue.js";

/** Bindings, leads, the webhook log and the ids that were seen. A reset drops the store and makes another. */
export class Store {
  bindings = new Map();
  leads = new Map();
  log = [];
  #seen = new Set();
  #end = new AbortController();

  constructor() {
    setMaxListeners(0, this.signal);
  }

  /** Aborted once the store is forgotten; whatever waits or calls on its behalf ends then. */
  get signal() {
    return this.#end.signal;
  }

  /** Give up everything that is still to happen. */
  forget() {
    this.#end.abort();
  }

  /** Keep a new binding of a kind under an id of its own, with a secret by which its vendor is known. */
  bind(kind, vendor, name, settings) {
    const binding = { id: `b-${randomUUID()}`, kind, vendor, name, settings, secret: secret(), trouble: null };
    this.bindings.set(binding.id, binding);
    return binding;
  }

  /** Find the lead that a binding's vendor knows under that id; undefined if nobody has written yet. */
  lead(binding, person) {
    return [...this.leads.values()].find((lead) => lead.binding === binding && lead.person === person);
  }

  /** Find that lead, or make it. */
  meet(binding, person) {
    const known = this.lead(binding, person);
    if (known) return known;
    const lead = new Lead(this, binding, person);
    this.leads.set(lead.id, lead);
    return lead;
  }

  /** List the LiveTex bindings that see a lead's dialogue; the operators of the first one answer it. */
  desksOf({ binding }) {
    const names = [binding.id, binding.kind];
    const desks = [...this.bindings.values()].filter(({ kind }) => kind === "livetex");
    return desks.filter(({ settings }) => !settings.excluded.some((name) => names.includes(name)));
  }

  /** Say whether an event comes to a binding for the first time, and remember it. */
  isNew(binding, id) {
    const key = JSON.stringify([binding.id, id]);
    return !this.#seen.has(key) && Boolean(this.#seen.add(key));
  }
}

/** One visitor on one binding: who it is, who has the dialogue, what was said. */
export class Lead {
  id = `l-${randomUUID()}`;
  name = null;
  phone = null;
  email = null;
  messenger = null;
  attributes = {}; // what setLiveTexAttr stored
  archive = [];

  holder = "bot"; // or "operator"
  tenure = 0; // how often the bot has lost the dialogue
  menu = []; // the latest one that was shown
  isAsked = false; // the next words answer a question of the bot's
  count = 0;

  turns = new Queue(); // what the bot has to answer
  outbox = new Queue(); // what is on its way to the visitor
  desk = new Queue(); // what happens between the dialogue and LiveTex

  chat = null; // Jivo's newest chat_id
  widget = null; // the widget_id of the Jivo channel
  isAnybodyOnline = false; // at Jivo, when the visitor wrote last
  isInvited = false; // a Jivo operator, who has not come yet
  cardAt = 0; // when Jivo said what the card holds

  heldBy = null; // the LiveTex binding whose operators have the dialogue
  passedOn = new Set(); // ids of what LiveTex has of this dialogue
  announced = null; // the LiveTex operator who was announced last
  readAt = 0; // when somebody there read last

  constructor(store, binding, person) {
    Object.assign(this, { store, binding, person });
  }

  /** Write a line into the archive; answers it, so that its state can follow. */
  write({ who, text = null, file = null, at = Date.now(), state = "queued" }) {
    const line = { id: `m-${randomUUID()}`, at, who, text, file, state, reason: null };
    this.archive.push(line);
    return line;
  }

  /** An operator has the dialogue, or it is over: what the bot still had to say is not said any more. */
  leaveBot() {
    this.holder = "operator";
    this.tenure += 1;
  }
}

/** Make a secret for one party. */
export function secret() {
  return randomBytes(24).toString("hex");
}

// The bridge: what it was told by its environment, which vendors it knows, and what it remembers.

import * as jivo from "./jivo.js";
import * as livetex from "./livetex.js";
import * as telegram from "./telegram.js";
import { serve } from "./server.js";
import { Store } from "./store.js";

const { PORT = "9000", HOST = "127.0.0.1", DESKCHECK_PUBLIC_URL, DESKCHECK_CONTRACT_TOKEN = "" } = process.env;

const bridge = {
  name: "node-bridge",
  version: "0.1.0",
  capabilities: ["jivo", "livetex", "telegram", "contract", "reset", "idle", "buttons"],
  publicUrl: DESKCHECK_PUBLIC_URL ?? `http://${HOST}:${PORT}`,
  contractToken: DESKCHECK_CONTRACT_TOKEN,
  vendors: { jivo, livetex, telegram },
  vendorUrls: {
    jivo: process.env.DESKCHECK_JIVO_URL,
    livetex: process.env.DESKCHECK_LIVETEX_URL,
    telegram: process.env.DESKCHECK_TELEGRAM_URL,
  },
  store: new Store(),
};

const server = serve(bridge);
server.listen(Number(PORT), HOST, () => console.log(`listening at http://${HOST}:${server.address().port}`));

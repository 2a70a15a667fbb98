"""One scenario's universe: its vendors, a guest and their people, in one temper.

It opens, settles, concludes and closes; people act in it (``cast``), and what follows is expected (``expectations``).
"""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
import inspect
from typing import TYPE_CHECKING, Any

import aiohttp

from harness.contract import Contract
from harness.errors import BreakdownError, DeskcheckError, UnobservableError
from harness.faults.fault import CONNECT, Moment
from harness.journal import Journal
from harness.mirror import Mirror
from harness.model import IDLE, RESTART, SIMULATED_TIME, Temper, Who
from harness.simulation.chance import Chance, Ids
from harness.targets.env import Env
from harness.targets.probe import Probe
from harness.targets.resident import Resident
from harness.tempers import Addresses, Simulated, Wall, url_of
from harness.veil import Veil
from harness.world.ledger import Ledger
from harness.world.lives import START_SECONDS, Lives
from harness.world.logbook import Logbook
from harness.world.settling import Settling
from harness.world.weather import Weather

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Mapping, Sequence

    from harness.faults.address import Address
    from harness.faults.fault import Fault
    from harness.model import Scenario
    from harness.targets.env import Guest
    from harness.targets.target import Target
    from harness.tempers import Running
    from harness.vendors import Control, Fake, Vendor

MOST_CROSSINGS = 5_000  # in one scenario; more are a storm
QUIET = 600.0  # seconds of world time after which no bridge that repeats something is still at it
MOST_QUIETS = 12
IN_FLIGHT = 0.01  # seconds after which whatever was sent has arrived
TAKE_DOWN_SECONDS = 2.0  # of work
GUEST = "bridge"
TITLES = {"bot_title": "🤖 Бот", "lead_title": "🙂 Лид"}  # above what a bridge passes on to operators
TITLED = {"bot_title": "bot", "lead_title": "visitor"}
ADDRESSES = Addresses()  # of this process, on the wall
NOBODYS = frozenset({CONNECT, Moment.HOLD})  # moments at which nothing tells whom it is about


class World:
    """A universe for one scenario: ``open`` it, ``conclude`` and ``close`` it.

    The vendor that the scenario is about is at home in it; others are entered when somebody needs them.

    Attributes:
        scenario: what is played.
        is_open: whether everybody was connected.
        weather: what goes wrong.
        contract: the bridge's contract; None for the probe.
        bindings: what the guest gave to be pasted into each vendor's app, by the vendor's name.
        chance: all chance there is.
        journal: what happened.
        ledger: what of it was expected.
        mirror: how lines reach the vendor, if its visitors live elsewhere.
        veil: hides the secrets.
    """

    def __init__(
        self, scenario: Scenario, *, seed: int, vendors: Mapping[str, Vendor], target: Target, who: Who
    ) -> None:
        """Prepare; nothing runs yet."""
        make = Probe if who is Who.VENDOR else target.make
        first = make()  # before anything that must be closed
        self.scenario = scenario
        self.chance = Chance(seed, f"{scenario.id} {scenario.vendor}")
        self._ids = Ids(self.chance, "harness")
        self._temper: Running = Wall(ADDRESSES) if target.temper is Temper.WALL else Simulated(self.chance)
        self._loop = self._temper.loop
        self._offers = target.offers
        self._lives = Lives(self._loop, first, make)
        self._vendors = vendors
        self._exit = contextlib.ExitStack()
        self._fakes: dict[str, Fake] = {}
        self._further: dict[str, Control] = {}  # the people of further accounts
        self.contract: Contract | None = None
        self.bindings: dict[str, Mapping[str, Any]] = {}
        self.veil = Veil()
        self._logbook = Logbook()
        self.journal = Journal(self._temper.time, self._loop.time, most_crossings=MOST_CROSSINGS)
        titles = {TITLES[key]: author for key, author in TITLED.items()} if self.mirrored and who is Who.BRIDGE else {}
        self.mirror = Mirror(scenario.vendor, titles)
        self.ledger = Ledger(self.journal, self.mirror if self.mirrored else None)
        self.is_open = False
        self.weather = Weather(self._temper.clock, self.journal, self, self._people, self._cut)
        self._capabilities: frozenset[str] = frozenset()
        self._settling = Settling(self._temper, self.journal, self._lives)
        self._own = contextvars.copy_context()  # lest what a fake asks for be the fake's
        self._temper.watch(self.weather.shuts, self._refused)

    # life

    def open(self) -> None:
        """Start the vendor and the guest, and connect them as a person would."""
        self._exit.enter_context(self._temper.life(self._ids))
        self.run(self._open())
        self.is_open = True

    async def _open(self) -> None:
        connector = self._temper.connector
        self._session = aiohttp.ClientSession(connector=connector(), cookie_jar=aiohttp.DummyCookieJar())
        clock = self._clock = self._temper.clock
        await self._start_fake(self.scenario.vendor)
        resident = self._resident
        token = self.veil.hide("contract-token-1", resident.contract_token if resident else self._ids.token())
        guest_ids = Ids(self.chance, "guest")
        host, port = self._temper.address(GUEST)
        env = self._env = Env(
            host=host,
            port=port,
            public_url=(resident.public_url if resident else None) or url_of(self._temper, GUEST),
            vendor_urls={name: url_of(self._temper, name) for name in self._vendors},
            contract_token=token,
            now=clock.now,
            new_id=guest_ids.uuid,
            random=self.chance.stream("guest"),
            connector=connector,
        )
        if resident is not None:
            resident.heard()  # in other worlds
        await self._lives.begin(env)
        if not isinstance(self.guest, Probe):
            self.contract = Contract(self._session, env.public_url, env.contract_token, self.journal)
            await self._check_capabilities(self.contract)
            if resident is not None:
                with contextlib.suppress(UnobservableError):  # without a reset, all of the people are new
                    await self.contract.reset()
            if self.mirrored:  # its visitors were there before it was connected
                await self._enter(self._home.visitors)
        await self._connect(self.scenario.vendor)

    async def _start_fake(self, name: str) -> None:
        host, port = self._temper.address(name)
        fake = self._fakes[name] = self._vendors[name].open(
            clock=self._clock,
            ids=Ids(self.chance, name),
            chance=self.chance,
            witness=self.journal,
            host=host,
            port=port,
            weather=self.weather,
            connector=self._temper.connector(),
        )
        await fake.open()

    async def _check_capabilities(self, contract: Contract) -> None:
        about = await contract.about()
        vendors = (self._home, self._vendors[self.dwelling])
        needed = {*self.scenario.capabilities, *(name for vendor in vendors for name in vendor.capabilities)}
        self._capabilities = frozenset(about["capabilities"]) if self._offers is None else self._offers
        if IDLE in self._capabilities and self._temper.kind is Temper.WALL:
            self._settling.contract = contract
        granted = {SIMULATED_TIME} if self._temper.kind is Temper.SIMULATED else set()
        lacking = needed - granted - self._capabilities
        if lacking:
            raise UnobservableError(f"the bridge does not offer: {', '.join(sorted(lacking))}")

    def enter(self, name: str) -> Control:
        """Bring another vendor into the world, connected with the guest, if it is not there; answers its people.

        Raises:
            BreakdownError: there is no such vendor.
        """
        if name not in self._vendors:
            raise BreakdownError(f"There is no vendor {name}; there are {', '.join(self._vendors)}.")
        if name not in self._fakes:
            self.run(self._enter(name))
        return self._fakes[name].control

    async def _enter(self, name: str) -> None:
        await self._start_fake(name)
        await self._connect(name)

    async def _connect(self, name: str) -> None:
        """Make the guest's binding to a vendor, paste it there or let the bridge register itself; veil the secrets."""
        control = self._fakes[name].control
        binding = self.bindings[name] = await self._bind(name, control.settings())
        if isinstance(binding.get("token"), str):
            self.veil.hide(f"{name}-token-1", binding["token"])
        control.connects(binding)
        if self.contract is not None and self._vendors[name].registers:
            await self.contract.press_webhook(binding["id"])
        self._hide_secrets()

    def founds_account(self, name: str) -> Control:
        """Found another account at a vendor, connected with the guest by a binding of its own; answers its people.

        Raises:
            UnobservableError: the probe has one account.
        """
        if self.contract is None:
            raise UnobservableError("cannot be observed: the probe has one account")
        control: Control = self._fakes[name].control.founds_account()
        binding = self.run(self._bind(name, control.settings()))
        number = 2 + len(self._further)
        self._further[f"{name}-{number}"] = control
        if isinstance(binding.get("token"), str):
            self.veil.hide(f"{name}-token-{number}", binding["token"])
        self.act(control.connects, binding)
        if self._vendors[name].registers:
            self.run(self.contract.press_webhook(binding["id"]))
        self._hide_secrets()
        return control

    async def _bind(self, name: str, settings: Mapping[str, str]) -> Mapping[str, Any]:
        if isinstance(self.guest, Probe):
            return self.guest.bind(name, settings)
        if self.contract is None:
            raise BreakdownError("The bridge has no contract yet, so nothing can be bound.")
        titles = TITLES if self._vendors[name].visitors != name else {}
        return await self.contract.create_binding(name, {**settings, **titles})

    def _hide_secrets(self) -> None:
        everybody = {name: fake.control for name, fake in self._fakes.items()} | self._further
        for name, control in everybody.items():
            for secret, value in control.secrets().items():
                self.veil.hide(f"{name}-{secret}", value)

    def titles_are(self, titles: Mapping[str, str]) -> None:
        """Expect what is passed on under these titles from now on, each with its author: ``visitor`` or ``bot``."""
        self.mirror = Mirror(self.scenario.vendor, titles)
        self.ledger.mirror = self.mirror

    # who is where

    @property
    def guest(self) -> Guest:
        """The bridge, or the probe."""
        return self._lives.guest

    @property
    def _home(self) -> Vendor:
        return self._vendors[self.scenario.vendor]

    def account_token(self, name: str) -> str:
        """Tell the token of the scenario's own account at a vendor, which stands in the address of every call there."""
        settings = self._fakes[name].control.settings()
        return str(settings.get("token") or self.bindings[name]["token"])

    def connector(self) -> aiohttp.BaseConnector:
        """Make a connector that reaches everybody in this world."""
        return self._temper.connector()

    @property
    def public_url(self) -> str:
        """How the vendors reach the guest."""
        return self._env.public_url

    @property
    def mirrored(self) -> bool:
        """Whether the vendor's visitors live elsewhere, so that it knows of them only what the bridge passes on."""
        return self._home.visitors != self._home.name

    @property
    def control(self) -> Control:
        """The people of the vendor that the scenario is about."""
        return self._fakes[self.scenario.vendor].control

    @property
    def dwelling(self) -> str:
        """The name of the vendor, or messenger, where the scenario's visitors live."""
        return self._home.visitors

    @property
    def binding(self) -> Mapping[str, Any]:
        """What the guest gave to be pasted into the app of the vendor that the scenario is about."""
        return self.bindings[self.scenario.vendor]

    @binding.setter
    def binding(self, binding: Mapping[str, Any]) -> None:
        self.bindings[self.scenario.vendor] = binding

    def conclude(self) -> None:
        """Ask for leads and archives, so that the journal ends with what the bridge believes; then end the journal."""
        try:
            if self.contract is not None:
                self.run(self._ask_everything(self.contract))
        except DeskcheckError:
            pass  # what could not be asked is not in the journal, and reads as unknown
        finally:
            self.note_logs()
            self.journal.closed = True

    async def _ask_everything(self, contract: Contract) -> None:
        for lead in await contract.leads():
            await contract.archive(lead["id"])

    def note_logs(self) -> None:
        """Put down in the journal where the bridge has logged or printed a secret."""
        self._hide_secrets()
        if self._resident is not None:
            self._logbook.hear(self._resident.heard())
        for line in self._logbook.betraying(self.veil):
            self.journal.fault("a secret was logged", text=line)

    def close(self) -> None:
        """Take everything down; what hangs or spins is cancelled first, and dropped if it spins on."""
        self.journal.closed = True
        try:
            if not self._taken_down():
                for task in asyncio.all_tasks(self._loop):
                    task.cancel()
                if not self._taken_down():
                    self._temper.abandon()
        finally:
            self._exit.close()
            self._loop.close()

    def _taken_down(self) -> bool:
        self._temper.grant(TAKE_DOWN_SECONDS)
        ending = self._take_down()
        try:
            self._loop.run_until_complete(ending)
        except (Exception, KeyboardInterrupt):  # noqa: BLE001 - a broken world is dropped, whatever it raises
            return False
        finally:
            if inspect.getcoroutinestate(ending) == inspect.CORO_CREATED:
                ending.close()
        return True

    async def _take_down(self) -> None:
        closing = [fake.close for fake in self._fakes.values()]
        for ending in (self._lives.end, self.weather.close, *closing, self._session.close, self._lives.bury):
            with contextlib.suppress(Exception):  # what never started cannot be stopped
                async with asyncio.timeout(START_SECONDS):
                    await ending()
        rest = asyncio.all_tasks(self._loop) - {asyncio.current_task()}
        for task in rest:
            task.cancel()
        await asyncio.gather(*rest, return_exceptions=True)

    # faults

    def order(self, fault: Fault, address: Address, *, drawn: bool = False) -> None:
        """Let a fault strike from now on.

        Raises:
            UnobservableError: it kills the bridge, of which nothing would survive.
            BreakdownError: it strikes nothing on that side, or cannot tell one dialogue from another.
        """
        if fault.moment(address.side) is None:
            raise BreakdownError(f"«{fault}» strikes no {address.side}.")
        if address.people and fault.moment(address.side) in NOBODYS:
            raise BreakdownError(f"«{fault}» strikes before anybody can know in whose dialogue.")
        if fault.fatal:
            self.check_mortal()
        if fault.moment(address.side) == CONNECT and self._temper.kind is Temper.WALL:
            raise UnobservableError("cannot be observed: connections are refused on virtual time only")
        self.weather.order(fault, address, drawn=drawn)

    @property
    def mortal(self) -> bool:
        """Whether the bridge may be killed: it says that its state survives, and hands over what does."""
        return self._lives.mortal and RESTART in self._capabilities

    def check_mortal(self) -> None:
        """Make sure that the bridge may be killed.

        Raises:
            UnobservableError: it may not.
        """
        if not self.mortal:
            raise UnobservableError(f"cannot be observed: the bridge does not offer {RESTART}, or has no remains()")

    def kill(self) -> None:
        """Kill the bridge: from one instant to the next it does nothing any more; harmless if it is dead."""
        self.check_mortal()
        if self._lives.alive:
            self._lives.kill()
            self.weather.cloud_over()
            self.journal.fault("the bridge is killed", ordered="named")

    @property
    def alive(self) -> bool:
        """Whether the bridge lives."""
        return self._lives.alive

    def start_again(self, seconds: float = 0.0) -> None:
        """Start the bridge again so many seconds later, with what survived; what it had sent arrives before that."""

        async def revive() -> None:
            await asyncio.sleep(max(seconds, IN_FLIGHT))
            self.journal.fault("the bridge is started again", ordered="named")
            await self._lives.begin_again()

        revival = self._loop.create_task(revive(), context=self._own)
        self._settling.revivals.add(revival)

    def calm(self) -> None:
        """Let the weather be fair, and run until nothing has happened for ten minutes; two hours at most."""
        self.weather.lift()
        for _ in range(MOST_QUIETS):
            before = self.journal.changed_at
            self.run(self._temper.pass_time(QUIET, self._settling.settled))
            self.settle()
            if self.journal.changed_at == before:
                return

    def _refused(self, host: str, port: int) -> None:
        if (
            host != self._temper.address(GUEST)[0] or self._lives.alive
        ):  # the dead are called in vain, and where they should be
            self.journal.fault("called an address outside the world", address=f"{host}:{port}")

    def _people(self, vendor: str) -> Control | None:
        fake = self._fakes.get(vendor)
        return None if fake is None else fake.control

    def _cut(self, vendor: str) -> None:
        for name in [vendor] if vendor else self._fakes:
            self._temper.cut(name)

    # time

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Run a piece of work on the world's loop."""
        with self._logbook:
            return self._loop.run_until_complete(work)

    def act(self, verb: Callable[..., Any], *words: Any, **details: Any) -> Any:
        """Let somebody act on the world's loop, a coroutine to its end; answers what the verb answers."""
        with self._temper.entered():
            answer = verb(*words, **details)
        return self.run(answer) if inspect.iscoroutine(answer) else answer

    def settle(self) -> None:
        """Run until nothing is under way: as the bridge tells it on the wall's time, or else by a window of quiet."""
        self.run(self._settling.settled())

    def listen(self) -> None:
        """Settle, and let a whole window of quiet pass, whatever the bridge tells."""
        self.run(self._settling.listened())

    def pass_time(self, seconds: float) -> None:
        """Let world time pass, then settle."""
        self.journal.act("nobody", "lets_time_pass", seconds=seconds)
        self.run(self._temper.pass_time(seconds, self._settling.settled))
        self.settle()

    def instant(self, at: float) -> float:
        """Tell the instant, in seconds since 1970, of a moment of this world."""
        return self._clock.now() - self._temper.time() + at

    @property
    def _resident(self) -> Resident | None:
        """The guest, if it outlives this world."""
        return self.guest if isinstance(self.guest, Resident) else None

    def breakdown(self, error: BaseException | None) -> BreakdownError | None:
        """Tell how the guest died, if it did; whatever else went wrong followed from it."""
        words = self._resident.obituary() if self._resident is not None and error is not None else None
        return BreakdownError(f"The bridge died in the middle: {words}") if words is not None else None

    def ended(self, error: BaseException | None) -> None:
        """Tell a guest that outlives this world how it ended here."""
        if self._resident is not None:
            self._resident.ended(error if isinstance(error, BreakdownError) else None)

    @property
    def probe(self) -> Probe:
        """The probe.

        Raises:
            BreakdownError: this scenario judges a bridge, which cannot be told how to behave.
        """
        if not isinstance(self.guest, Probe):
            raise BreakdownError("Only the probe can be told how to behave; this scenario judges a bridge.")
        return self.guest

    @property
    def mishaps(self) -> Sequence[str]:
        """What went wrong in the background, for people; not in the journal, since its order is the machine's."""
        return self._temper.mishaps

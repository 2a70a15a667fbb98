"""What a guest calls at the vendor by itself, good or bad."""

from __future__ import annotations

from harness import treaty
from harness.cast.acting import Acting
from harness.errors import BreakdownError
from harness.targets.probe import STRAIGHT, Twist

TWISTS = {
    "": STRAIGHT,
    "without a key": Twist(without_key=True),
    "with a key that nobody has": Twist(settings={"key": "nobody-has-this-key"}),
    "with an empty body": Twist(body=b""),
    "with a body that is no JSON": Twist(body=b"{user_id: 1"),
    "by another verb": Twist(method="GET"),
    "for a group that there is not": STRAIGHT,
}
VERSION = "in version "
FOR_NO_GROUP, NO_GROUP = "for a group that there is not", "1"


class Caller(Acting):
    """The guest as a caller."""

    def calls(self, about: str, sample: str = "", how: str = "", *, faulty: bool = False) -> None:
        """Let the probe make a call with one of the treaty's samples, or an invalid one, about the visitor at hand."""
        twist = Twist(settings={"version": how.removeprefix(VERSION)}) if how.startswith(VERSION) else TWISTS[how]
        meant = {"person": self.client} if self._seat.visitor is not None else {}
        meant |= self._own(about, sample, how)
        self._do(self._world.probe.call, about, meant, twist=twist, **{"fault" if faulty else "sample": sample})

    def asks_for_history(self, chunk: str, text: str) -> None:
        """Let the probe ask for what was said ``older`` or ``newer`` than the visitor's words."""
        meant = {"person": self.client, "message": self.message_ids(text)[0]}
        self._do(self._world.probe.call, "history", meant, sample=chunk)

    def message_ids(self, text: str) -> list[str]:
        """List the ids that the vendor answered when a visitor's words were passed on to it.

        Raises:
            BreakdownError: they never were.
        """
        vendor, mirror = self._world.scenario.vendor, self._world.mirror
        passed = mirror.line("visitor", text)
        given: list[str] = []
        for line in self._world.journal.lines:
            sent = line.get("sent", {}).get("json")
            if mirror.receives(line) and passed in treaty.meaning(vendor, line["event"], "text", sent):
                answer = line.get("came", {}).get("json")
                given += treaty.meaning(vendor, f"{line['event']}_answer", "message", answer)
        if not given:
            raise BreakdownError(f"Nobody has passed on «{text}» to the vendor.")
        return given

    def chooses_group(self, place: int = 1) -> None:
        """Let the probe choose a group for the visitor, by its place in the vendor's list."""
        meant = {"person": self.client, "group": self._control.groups()[place - 1]}
        self._do(self._world.probe.call, "handover", meant)

    def _own(self, about: str, sample: str, how: str) -> dict[str, str]:
        """Tell what of a sample must be this world's: the group that is chosen, the webhook if it is to be told."""
        binding = self._world.binding
        if about == "handover":
            return {"group": NO_GROUP if how == FOR_NO_GROUP else self._control.groups()[0]}
        if about == "webhook-setting" and (not sample or sample.startswith("only-")):
            return {"webhook": str(binding["webhook_url"]), "secret": str(binding["webhook_key"])}
        return {}

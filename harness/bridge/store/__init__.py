"""What the bridge must not forget, in SQLite: a module per noun, and the store that has all of them."""

from harness.bridge.store.archive import Archive
from harness.bridge.store.bindings import Binding, Bindings
from harness.bridge.store.files import KeptFile, KeptFiles
from harness.bridge.store.leads import Lead, Leads
from harness.bridge.store.letters import Letter, Letters
from harness.bridge.store.mirrored import Mirrored
from harness.bridge.store.schema import SCHEMA, TABLES, image
from harness.bridge.store.tasks import Task, Tasks
from harness.bridge.store.webhooks import Webhooks

__all__ = ["SCHEMA", "TABLES", "Binding", "KeptFile", "Lead", "Letter", "Store", "Task", "image"]


class Store(Bindings, Leads, Archive, Tasks, Letters, Mirrored, KeptFiles, Webhooks):
    """Reads and writes all of it."""

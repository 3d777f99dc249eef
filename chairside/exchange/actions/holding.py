"""An import while something is done with it. Not doors."""

from uuid import UUID

from chairside.exchange.queries import NoSuchImport, get
from chairside.exchange.rows import IMPORT, Import
from chairside.kernel.op import Op
from chairside.kernel.refusals import Conflict, Stale

LOCK = f"select {IMPORT} from import where import.id = %(import_id)s for no key update"

# A file is read between statements, and all its rows are one transaction, whose deferred constraints are looked at when it
# commits.
PATIENCE = """
    select set_config('statement_timeout', '15min', true), set_config('idle_in_transaction_session_timeout', '5min', true)
"""


class ImportIsStale(Stale):
    """Somebody changed this import while you were looking at it."""


class ImportIsRunning(Conflict):
    """The import is running; wait until it is done."""


class ImportIsOver(Conflict):
    """This import is over; begin a new one."""


async def hold(op: Op, import_id: UUID, version: int | None) -> Import:
    """Nobody else does anything with it until this operation ends. Refuses NoSuchImport, ImportIsRunning at once instead of
    waiting for the run, ImportIsStale."""
    _check_still(await get(op, import_id=import_id))
    found = await op.db.one(Import, LOCK, import_id=import_id)
    if found is None:
        raise NoSuchImport()
    _check_still(found)
    if version not in (None, found.version):
        raise ImportIsStale(version=found.version)
    return found


async def hold_open(op: Op, import_id: UUID, version: int | None = None) -> Import:
    """The same; refuses ImportIsOver, too."""
    found = await hold(op, import_id, version)
    if found.status in ("done", "undone"):
        raise ImportIsOver()
    return found


def _check_still(found: Import) -> None:
    if found.status == "running":
        raise ImportIsRunning()

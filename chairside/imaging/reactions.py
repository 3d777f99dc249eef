from chairside.imaging.actions.checking import check_file
from chairside.imaging.events import FileReceived, ImageAdded
from chairside.kernel.events import later
from chairside.kernel.op import Op

_CLAMD = {"at": ""}


def scan_with(clamd: str) -> None:
    """The worker calls this once, at its edge: host:port, the path of a socket, or nothing."""
    _CLAMD["at"] = clamd


@later(FileReceived)
async def look_at_received(op: Op, event: FileReceived) -> None:
    await check_file(op, file_id=event.file_id, clamd=_CLAMD["at"])


@later(ImageAdded)
async def look_at_added(op: Op, event: ImageAdded) -> None:
    """Its bytes may all be here already."""
    await check_file(op, file_id=event.file_id, clamd=_CLAMD["at"])

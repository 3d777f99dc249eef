from chairside.exchange.actions.attempts import carry_out, carry_out_undo, look_through
from chairside.exchange.events import FileUploaded, ImportStarted, ImportUndoStarted
from chairside.kernel.events import later
from chairside.kernel.op import Op


@later(FileUploaded)
async def look_at_the_file(op: Op, event: FileUploaded) -> None:
    await look_through(op, import_id=event.import_id)


@later(ImportStarted)
async def bring_the_file_in(op: Op, event: ImportStarted) -> None:
    await carry_out(op, import_id=event.import_id)


@later(ImportUndoStarted)
async def take_the_file_out(op: Op, event: ImportUndoStarted) -> None:
    await carry_out_undo(op, import_id=event.import_id)

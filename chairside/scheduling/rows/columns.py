from typing import NamedTuple


def columns(table: str, row: type[NamedTuple]) -> str:
    return ", ".join(f"{table}.{column}" for column in row._fields if column not in row._field_defaults)

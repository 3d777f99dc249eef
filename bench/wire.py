"""The least that speaks HTTP: one keep-alive connection, its requests written beforehand, so that the load costs little."""

import asyncio


async def drive(port: int, requests: list[bytes], *, connections: int, statuses: dict[int, int] | None = None) -> dict[int, int]:
    """Sends every request once over so many connections; how many answers had which status, also for who ends it early."""
    left = iter(requests)
    statuses = {} if statuses is None else statuses

    async def one() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for request in left:
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
            await reader.readexactly(length)
            status = int(head[9:12])
            statuses[status] = statuses.get(status, 0) + 1
        writer.close()

    await asyncio.gather(*(one() for _ in range(connections)))
    return statuses


def request(method: str, path: str, headers: dict[str, str], body: bytes = b"") -> bytes:
    lines = [f"{method} {path} HTTP/1.1", "host: 127.0.0.1", *(f"{name}: {value}" for name, value in headers.items())]
    if body or method != "GET":
        lines.append(f"content-length: {len(body)}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body

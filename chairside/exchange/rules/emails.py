"""Whether something can be an e-mail address. Only a message shows whether it is one."""

import re

_ADDRESS = re.compile(r"([^\s@\"(),:;<>\[\]\\]{1,64})@((?:[^\W_](?:[^\W_]|-)*\.)+[^\W_](?:[^\W_]|-)+)")
MAX = 254  # RFC 5321


def is_address(text: str) -> bool:
    """Names and hosts in any script; no comments, no quoted names, a host with at least one dot."""
    if len(text) > MAX or ".." in text:
        return False
    found = _ADDRESS.fullmatch(text)
    return found is not None and found[1][0] != "." and found[1][-1] != "."

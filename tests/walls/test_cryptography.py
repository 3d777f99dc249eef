"""docs/cryptography.md names every module that uses cryptography, and what it names is there."""

import ast
import re
from pathlib import Path

import chairside

HOME = Path(chairside.__file__).parent
PAGE = (HOME.parent / "docs/cryptography.md").read_text()
USED = {"hashlib", "hmac", "secrets", "random", "ssl", "cryptography", "argon2", "pyotp", "webauthn", "authlib"}
WEAK = re.compile(r"md5|sha1\b|\bRC4\b|3DES|\bECB\b|\bCBC\b|PKCS1v15", re.IGNORECASE)


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {name.name.partition(".")[0] for name in node.names}
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found


def users() -> set[str]:
    return {path.relative_to(HOME).as_posix() for path in HOME.rglob("*.py") if imports(path) & USED}


def test_every_module_that_uses_cryptography_is_on_the_page():
    assert {path for path in users() if f"`{path}`" not in PAGE} == set()


def test_what_is_named_is_there():
    named = re.findall(r"`([\w/]+\.py)`", PAGE)
    assert len(named) > 20
    assert [path for path in named if not (HOME / path).exists() and not (HOME.parent / path).exists()] == []


def test_weak_algorithms_stand_where_the_page_says_why():
    found = {path.relative_to(HOME).as_posix() for path in HOME.rglob("*.py") if WEAK.search(path.read_text())}
    reasons = {"identity/breached.py": "SHA-1 in the place of a name", "messaging/rules/notices.py": "as Amazon SNS signs"}
    assert found <= set(reasons)


def test_nothing_that_must_not_be_guessed_is_made_by_a_generator_that_can_be():
    found = {path.relative_to(HOME).as_posix() for path in HOME.rglob("*.py") if "random" in imports(path)}
    assert {path for path in found if not path.startswith("demo/")} == {
        "kernel/http/route.py", "scheduling/actions/refreshing.py",
    }, "it spreads a waiting"  # fmt: skip

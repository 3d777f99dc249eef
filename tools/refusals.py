"""Every refusal's sentence, from the classes, where the web app's words are translated from it.

python -m tools.refusals           writes web/packages/i18n/messages/en/refusals.json
python -m tools.refusals --check   fails when it is stale, or when a field's code has no words
"""

import ast
import importlib
import json
import pkgutil
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import chairside
from chairside.kernel.http.problems import BUG, CODES, HTTP
from chairside.kernel.refusals import Invalid, Refusal

HOME = Path(__file__).parents[1]
WORDS = HOME / "web/packages/i18n/messages/en"
FOR_PROGRAMS = {"bad_character", "json_invalid", "not_a_version", "not_an_id", "number_too_large", "too_deep", "unknown_property"}
"""Codes that no person at a screen can bring about: the app sends no such thing."""


def main(words: list[str]) -> int:
    file = WORDS / "refusals.json"
    text = json.dumps(sentences(), indent=2, ensure_ascii=False) + "\n"
    if "--check" not in words:
        file.write_text(text)
        return 0
    stale = not file.exists() or file.read_text() != text
    if stale:
        print("A refusal's sentence is new or another: run  make openapi,  then say it in messages/{ro,ar}/refusals.json too")
    wordless = sorted(set(codes()) - FOR_PROGRAMS - set(json.loads((WORDS / "problems.json").read_text())))
    if wordless:
        print(f"Codes of fields without words in messages/{{en,ro,ar}}/problems.json: {', '.join(wordless)}")
    return 1 if stale or wordless else 0


def sentences() -> dict[str, str]:
    """By code, as ICU messages. A kind of refusal that has no sentence of its own is never raised itself."""
    for module in pkgutil.walk_packages(chairside.__path__, "chairside."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    told = {
        kind.__name__: " ".join((kind.__doc__ or "").split()) for kind in _kinds(Refusal) if kind.__doc__ and kind is not Invalid
    }
    told |= dict(HTTP.values()) | {"Bug": BUG}
    # What ICU would take for a tag is quoted.
    return {code: re.sub(r"([<>])", r"'\1'", told[code]) for code in sorted(told)}


def codes() -> Iterator[str]:
    """Of single fields: `malformed(pointer, "code", …)`, `Wrong("code", …)`, and triples of pointer, code and sentence."""
    yield from CODES.values()
    for file in sorted(Path(chairside.__path__[0]).rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text())):
            match node:
                case ast.Call(func=ast.Name("malformed"), args=[_, ast.Constant(str(code)), *_]):
                    yield code
                case ast.Call(func=ast.Name("Wrong"), args=[ast.Constant(str(code)), *_]):
                    yield code
                case ast.Tuple(elts=[at, ast.Constant(str(code)), _]) if code.isidentifier() and _is_pointer(at):
                    yield code


def _is_pointer(node: ast.expr) -> bool:
    match node:
        case ast.Constant(str(pointer)):
            return pointer.startswith("/")
        case ast.Subscript(value=within):
            return _is_pointer(within)
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Name) and node.id in {"here", "pointer"})


def _kinds(of: type[Refusal]) -> Iterator[type[Refusal]]:
    for kind in of.__subclasses__():
        yield kind
        yield from _kinds(kind)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

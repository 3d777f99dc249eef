"""No file imports in a circle, not even for a type: what needs each other is one thing."""

import ast
from pathlib import Path

import chairside

HOME = Path(chairside.__file__).parent


def module_of(path: Path, home: Path) -> str:
    parts = ["chairside", *path.relative_to(home).with_suffix("").parts]
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(home: Path) -> dict[str, set[str]]:
    """Module to the modules it names in an import, wherever the import stands; a package stands for its door."""
    files = {module_of(path, home): path for path in home.rglob("*.py")}
    found = {}
    for module, path in files.items():
        named = set()
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
                inside = {f"{node.module}.{alias.name}" for alias in node.names} & files.keys()
                named |= inside or ({node.module} & files.keys())
            elif isinstance(node, ast.Import):
                named |= {alias.name for alias in node.names} & files.keys()
        found[module] = named - {module}
    return found


def circles(graph: dict[str, set[str]]) -> list[list[str]]:
    """One circle for each module that reaches itself."""
    found, done = [], set()

    def walk(module: str, path: list[str]) -> None:
        if module in path:
            found.append(path[path.index(module) :])
            return
        if module in done:
            return
        for next_ in sorted(graph[module]):
            walk(next_, [*path, module])
        done.add(module)

    for module in sorted(graph):
        walk(module, [])
    return found


def test_no_file_imports_in_a_circle():
    assert circles(imports(HOME)) == []


def test_a_circle_is_noticed_also_when_it_is_for_a_type(tmp_path):
    (tmp_path / "a.py").write_text("from chairside.b import B\n")
    (tmp_path / "b.py").write_text("from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from chairside.a import A\n")
    assert circles(imports(tmp_path)) == [["chairside.a", "chairside.b"]]

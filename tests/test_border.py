"""The border to the core: every export has a stub and a caller, and nothing else is in the stub."""

import ast
import inspect
import re
from pathlib import Path

from dedup import _core

PACKAGE = Path(inspect.getfile(_core)).parent
STUB = ast.parse((PACKAGE / "_core.pyi").read_text("utf-8"))


def stubbed() -> dict[str, ast.AST]:
    found: dict[str, ast.AST] = {}
    for node in STUB.body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            found[node.name] = node
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            found[node.target.id] = node
    return found


def test_every_export_has_a_stub_and_every_stub_an_export() -> None:
    exported = {name for name in vars(_core) if not name.startswith("__")}
    assert set(stubbed()) - {name for name in stubbed() if name.startswith("_")} == exported


def test_every_function_of_the_stub_is_documented_with_its_parameters() -> None:
    for name, node in stubbed().items():
        if isinstance(node, ast.FunctionDef):
            assert ast.get_docstring(node), name
            declared = [argument.arg for argument in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)]
            assert declared == list(inspect.signature(getattr(_core, name)).parameters), name


def test_every_export_has_a_caller() -> None:
    folders = (PACKAGE, PACKAGE.parent / "benchmarks")
    sources = "\n".join(path.read_text("utf-8") for folder in folders for path in folder.rglob("*.py"))
    for name in stubbed():
        if not name.startswith("_"):
            assert re.search(rf"_core\.{name}\b|from dedup\._core import [^\n]*\b{name}\b", sources), f"{name} is exported and not used"


def test_only_the_border_names_pyo3() -> None:
    rust = PACKAGE.parent / "rust" / "src"
    if rust.is_dir():
        naming = {path.parent.name for path in rust.rglob("*.rs") if re.search(r"\b(pyo3|numpy)::", path.read_text("utf-8"))}
        assert naming == {"python"}

"""The rooms of the house and the arrows between them, as ARCHITECTURE.md draws them."""

import ast
from fnmatch import fnmatch
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "labpress"
ROOMS = ["core", "markup", "sources", "entries", "site", "render", "build", "edges"]
"""In the order of the data's way. A room imports from itself and from those before it."""

WORLD = {
    "os",
    "sys",
    "io",
    "pathlib",
    "time",
    "random",
    "secrets",
    "uuid",
    "subprocess",
    "socket",
    "shutil",
    "tempfile",
    "urllib.request",
    "http",
    "threading",
    "multiprocessing",
    "signal",
    "logging",
}
ALLOWED = {"pathlib.PurePosixPath"}
FORBIDDEN_CALLS = {"open", "print", "input", "exec", "eval", "breakpoint"}

MODULES = sorted(PACKAGE.rglob("*.py"))


def room_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE).parts
    return parts[0] if len(parts) > 1 else ""


def imports(tree: ast.AST) -> list[str]:
    """Every imported name, dotted: ``from a import b`` gives ``a.b``."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found += [f"{node.module}.{alias.name}" for alias in node.names]
    return found


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_imports_only_go_to_earlier_rooms(path):
    """A stage knows the stages before it, never those after it."""
    room = room_of(path)
    if not room:
        return
    reachable = ROOMS[: ROOMS.index(room) + 1]

    for name in imports(parsed(path)):
        if name.startswith("labpress."):
            other = name.split(".")[1]
            assert other in reachable or other == "__version__", f"{name} is imported from {room}"


@pytest.mark.parametrize(
    "path",
    [path for path in MODULES if room_of(path) not in ("edges", "")],
    ids=lambda path: path.relative_to(PACKAGE).as_posix(),
)
def test_only_the_edges_touch_the_world(path):
    """Below the edges nothing opens files, prints, sleeps, or asks for time, chance or the environment."""
    tree = parsed(path)
    world = {
        name
        for name in imports(tree)
        if name not in ALLOWED and {name, name.split(".")[0], name.rsplit(".", 1)[0]} & WORLD
    }
    calls = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}

    assert world <= EXCEPTIONS.get(path.relative_to(PACKAGE).as_posix(), set())
    assert not calls & FORBIDDEN_CALLS


EXCEPTIONS: dict[str, set[str]] = {
    "markup/reading.py": {"threading.Lock"},  # The one Markdown converter is not made for two threads.
    "build/workers.py": {"os", "signal", "threading"},  # Forks the workers, and lets Ctrl-C reach them.
    "build/errands.py": {"os", "signal"},  # Forks a process, and ends it.
}
"""Module -> what it may import of the world all the same, each with its reason."""


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_modules_and_functions_stay_small(path):
    """A module past 400 lines or a function past 60 is two things under one name."""
    text = path.read_text(encoding="utf-8")
    functions = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    longest = max(functions, key=lambda node: node.end_lineno - node.lineno, default=None)

    assert len(text.splitlines()) <= 400
    assert longest is None or longest.end_lineno - longest.lineno < 60, longest.name


def test_no_folder_of_tests_is_passed_over(pytestconfig):
    """A folder that pytest does not enter has tests that nobody misses."""
    passed_over = pytestconfig.getini("norecursedirs")
    folders = {path.parent for path in Path(__file__).parent.rglob("test_*.py")}

    assert [folder for folder in folders for name in passed_over if fnmatch(folder.name, name)] == []

"""What `pip install labpress` brings: everything a site needs, nothing else, and the same site as from a checkout."""

import os
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from importlib.metadata import requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tests.conftest import TESTS, build_site
from tests.test_lab import files_of

ROOT = TESTS.parent
KINDS = {".py", ".typed", ".html", ".xml", ".css", ".js", ".svg", ".png", ".woff2", ".yml", ".json", ".md", ".txt"}
"""Kinds of files that the wheel may carry."""


def run(*command, cwd, **environment):
    """Run a command that has to succeed, and give what it prints."""
    done = subprocess.run(
        command, cwd=cwd, env=os.environ | environment, text=True, capture_output=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


IN_A_BARE_ENVIRONMENT = """\
import runpy, sys
from importlib.metadata import packages_distributions

there = set(sys.argv.pop(1).split())
missing = {top for top, names in packages_distributions().items() if not there & {name.lower() for name in names}}


class Missing:
    def find_spec(name, path=None, target=None):
        if name.partition(".")[0] in missing:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


sys.meta_path.insert(0, Missing)
runpy.run_module("hatchling", run_name="__main__", alter_sys=True)
"""
"""Runs hatchling where nothing can be imported but what some distributions have."""


def with_what_they_need(requirements: list[str]) -> set[str]:
    """The names of what an installer fetches for ``requirements``."""
    found: set[str] = set()
    left = list(requirements)
    while left:
        needed = Requirement(left.pop())
        if needed.name.lower() not in found and (not needed.marker or needed.marker.evaluate({"extra": ""})):
            found.add(needed.name.lower())
            left += requires(needed.name) or ()
    return found


@pytest.fixture(scope="module")
def packages(tmp_path_factory):
    """Folder with the sdist, and the wheel that is built from nothing but the sdist, as an installer builds it."""
    folder = tmp_path_factory.mktemp("dist")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    there = " ".join({"labpress", *with_what_they_need(project["build-system"]["requires"])})
    hatchling = (sys.executable, "-c", IN_A_BARE_ENVIRONMENT, there)
    run(*hatchling, "build", "-t", "sdist", "-d", str(folder), cwd=ROOT)
    with tarfile.open(next(folder.glob("*.tar.gz"))) as archive:
        archive.extractall(folder / "unpacked", filter="data")
    (source,) = (folder / "unpacked").iterdir()
    run(*hatchling, "build", "-t", "wheel", "-d", str(folder), cwd=source)
    return folder


@pytest.fixture(scope="module")
def installed(packages, tmp_path_factory):
    """Folder in which the wheel is installed, without what it depends on: that is there already."""
    folder = tmp_path_factory.mktemp("installed")
    wheel = str(next(packages.glob("*.whl")))
    pip = ("-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--disable-pip-version-check")
    run(sys.executable, *pip, "--ignore-installed", "--prefix", str(folder), wheel, cwd=folder)
    return folder


def library_of(folder: Path) -> Path:
    return next(folder.glob("**/labpress/__init__.py")).parent.parent


def console_script(folder: Path) -> str:
    return str(next(folder.glob("*/labpress*")))


def expected_in_wheel() -> set[str]:
    """Every file that belongs to the package, as it stands in the source tree, and the one that is made for a wheel."""
    found = {"labpress/render/packed_templates.py"}
    for folder, place in (("labpress", "labpress"), ("templates", "labpress/templates"), ("themes", "labpress/themes")):
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                found.add(f"{place}/{path.relative_to(ROOT / folder).as_posix()}")
    return found


def test_the_wheel_holds_the_package_its_templates_and_themes_and_nothing_else(packages):
    names = set(zipfile.ZipFile(next(packages.glob("*.whl"))).namelist())
    package = {name for name in names if not name.partition("/")[0].endswith(".dist-info")}

    assert package == expected_in_wheel()
    assert {Path(name).suffix for name in package} <= KINDS
    assert {"labpress/py.typed", "labpress/templates/base.html", "labpress/themes/journal/theme.yml"} <= package


def test_the_sdist_holds_what_the_wheel_is_made_from_and_no_stray_file(packages):
    with tarfile.open(next(packages.glob("*.tar.gz"))) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}

    assert {"pyproject.toml", "README.md", "LICENSE", "tests/conftest.py", "PKG-INFO"} <= names
    assert not [name for name in names if name.endswith((".pyc", "~", ".swp", ".orig", ".rej")) or "_site/" in name]
    top = {name.partition("/")[0] for name in names}
    assert top <= {path.name for path in ROOT.iterdir()} | {"PKG-INFO"}
    assert not top & {".venv", "_site", ".git", ".labpress-cache", "dist"}


def test_on_a_package_index_the_links_of_the_readme_lead_to_the_files_of_the_repository(packages):
    wheel = zipfile.ZipFile(next(packages.glob("*.whl")))
    (metadata,) = (name for name in wheel.namelist() if name.endswith("/METADATA"))
    description = wheel.read(metadata).decode().partition("\n\n")[2]
    address = re.compile(r"https://github\.com/example/labpress/(blob|raw)/main/(.+)")
    links = [address.fullmatch(link) for link in re.findall(r"\]\(([^)\s]+)\)", description)]

    assert description.startswith("# labpress\n")
    assert "Content-Type: text/markdown" in wheel.read(metadata).decode()
    assert all(links)
    assert {"docs/tutorial.md", "docs/images/home.png", "ARCHITECTURE.md"} <= {link[2] for link in links}
    assert all((ROOT / link[2]).is_file() and (link[1] == "raw") == link[2].endswith(".png") for link in links)


def test_the_installed_wheel_and_the_source_tree_build_the_same_bytes(installed, tmp_path):
    build_site(TESTS / "lab", tmp_path / "from-source")
    said = run(
        console_script(installed),
        *("build", "--source", str(TESTS / "lab"), "--output", "from-wheel", "--no-cache"),
        cwd=tmp_path,
        PYTHONPATH=str(library_of(installed)),
    )

    assert "0 removed" in said
    assert files_of(tmp_path / "from-wheel") == files_of(tmp_path / "from-source")


def test_the_wheel_has_every_template_as_code(installed, tmp_path):
    code = (
        "from pathlib import Path\n"
        "from labpress.edges.disk import read_layers\n"
        "from labpress.render import compiling\n"
        "(layer,) = read_layers(Path()).value\n"
        "keys = {compiling.template_key(name, text.decode()) for name, text in layer.templates.items()}\n"
        "print(len(keys), keys == set(compiling._packed_templates()))"
    )
    said = run(sys.executable, "-c", code, cwd=tmp_path, PYTHONPATH=str(library_of(installed)))

    assert said.split() == [str(len(list((ROOT / "templates").glob("*.html")))), "True"]


def test_the_console_script_is_the_installed_package_from_any_folder(installed, tmp_path):
    code = "import labpress; print(labpress.__file__)"
    environment = {"PYTHONPATH": str(library_of(installed))}
    place = run(sys.executable, "-c", code, cwd=tmp_path, **environment).strip()
    version = run(console_script(installed), "--version", cwd=tmp_path, **environment)

    assert Path(place).is_relative_to(installed)
    assert version.startswith("labpress ")


def test_the_wheel_alone_goes_from_nothing_to_a_published_branch(installed, tmp_path):
    """What the tutorial promises, with the console script and a bare repository for a remote."""
    environment = {"PYTHONPATH": str(library_of(installed)), "GIT_CONFIG_GLOBAL": "/dev/null"}
    for name in ("AUTHOR", "COMMITTER"):
        environment |= {f"GIT_{name}_NAME": "Ada", f"GIT_{name}_EMAIL": "ada@example.org"}

    def labpress(*arguments):
        return run(console_script(installed), *arguments, cwd=tmp_path / "lab", **environment)

    (tmp_path / "lab").mkdir()
    run("git", "init", "-q", "--bare", "remote.git", cwd=tmp_path)
    labpress("init", "--yes", "--repository", str(tmp_path / "remote.git"), "--url", "https://papers.example.org/")
    assert "50 created" in labpress("import", str(next((ROOT / "seeds").glob("*.txt"))))
    labpress("build", "--quiet")
    labpress("check")
    assert "published at https://papers.example.org/" in labpress("publish")
    listed = run("git", "ls-tree", "-r", "--name-only", "gh-pages", cwd=tmp_path / "remote.git").split()

    assert {"index.html", "404.html", ".nojekyll", "CNAME", "papers/dinh2022lift/index.html"} <= set(listed)

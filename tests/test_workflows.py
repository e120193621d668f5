"""The workflows: what GitHub would refuse or run with too much power, and their steps, run as far as they run at home."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from labpress import __version__
from labpress.edges.cli import main, parser
from labpress.edges.starting import Start, starter_files
from tests.conftest import TESTS

ROOT = TESTS.parent
STARTER = {Path(path).name: text for path, text in starter_files(Start(title="Lab")).items() if "/workflows/" in path}
WORKFLOWS = {
    path.name: path.read_text(encoding="utf-8") for path in sorted((ROOT / ".github" / "workflows").iterdir())
} | {f"starter {name}": text for name, text in STARTER.items()}
MAJORS = {
    "actions/checkout": "v7",
    "actions/setup-python": "v7",
    "actions/cache": "v6",
    "actions/configure-pages": "v6",
    "actions/upload-pages-artifact": "v5",
    "actions/deploy-pages": "v5",
    "actions/upload-artifact": "v7",
    "actions/download-artifact": "v8",
    "pypa/gh-action-pypi-publish": "release/v1",
}
"""One version of each action everywhere; those of one set work together only in these generations."""


def jobs_of(name):
    return yaml.safe_load(WORKFLOWS[name])["jobs"]


def steps_of(name):
    return [(job, step) for job, facts in jobs_of(name).items() for step in facts["steps"]]


@pytest.mark.parametrize("name", WORKFLOWS)
def test_every_action_is_one_that_we_know_in_its_version(name):
    used = [step["uses"].partition("@") for _job, step in steps_of(name) if "uses" in step]

    assert [(action, version) for action, _at, version in used] == [
        (action, MAJORS[action]) for action, _at, _v in used
    ]


@pytest.mark.parametrize("name", WORKFLOWS)
def test_nothing_may_write_but_the_job_that_publishes(name):
    assert yaml.safe_load(WORKFLOWS[name])["permissions"] == {"contents": "read"}
    for job, facts in jobs_of(name).items():
        may_write = {what for what, right in facts.get("permissions", {}).items() if right == "write"}
        allowed = {
            "deploy": {"pages", "id-token"},
            "publish": {"id-token"},
            "fetch": {"contents", "pull-requests"},
        }.get(job, set())
        assert may_write == allowed, job


@pytest.mark.parametrize("name", WORKFLOWS)
def test_nothing_from_outside_becomes_a_part_of_a_command(name):
    """An expression in a command is pasted into it before the shell reads it: values come by the environment."""
    for _job, step in steps_of(name):
        assert "${{" not in step.get("run", "")


@pytest.mark.parametrize("name", WORKFLOWS)
def test_every_job_needs_jobs_that_there_are_and_every_step_one_that_ran(name):
    jobs = jobs_of(name)
    for job, facts in jobs.items():
        assert facts.get("needs", job) in jobs
        ids = {step.get("id") for step in facts["steps"]}
        assert set(re.findall(r"steps\.(\w+)\.outputs", str(facts))) <= ids


@pytest.mark.parametrize("name", WORKFLOWS)
def test_every_command_of_labpress_in_a_step_is_one_that_there_is(name):
    for _job, step in steps_of(name):
        for line in step.get("run", "").splitlines():
            if line.startswith("labpress "):
                parser().parse_args(shlex.split(line.replace("$BASE_URL", "https://x.org"))[1:])


def test_the_workflow_of_a_new_site_installs_the_version_that_wrote_it():
    assert f'"labpress=={__version__}"' in STARTER["pages.yml"]


@pytest.fixture
def shell(tmp_path):
    """A function that runs steps one after the other as a runner does, with ``labpress`` on the path."""
    (tmp_path / "bin").mkdir()
    shim = tmp_path / "bin" / "labpress"
    shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m labpress "$@"\n', encoding="utf-8")
    shim.chmod(0o755)
    path = os.pathsep.join([str(shim.parent), str(Path(sys.executable).parent), os.environ["PATH"]])

    def run(script, folder, **environment):
        whole = os.environ | {"PATH": path, "PYTHONPATH": str(ROOT)} | environment
        return subprocess.run(
            ["bash", "-e", "-o", "pipefail", "-c", script],
            cwd=folder,
            env=whole,
            text=True,
            capture_output=True,
            check=False,
        )

    return run


AT_GITHUB_ONLY = ("pip install",)
"""Steps that need the network; what they install is here."""


@pytest.mark.parametrize("base", ["https://lab.github.io", "https://lab.github.io/papers"])
def test_the_steps_of_a_new_sites_workflow_make_its_site(base, shell, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    main(["init", "lab", "--yes"])
    content = str(tmp_path / "lab" / "site_src")
    main(["new", "--title", "On Trees", "--author", "Ada Quist", "--date", "2026", "--source", content])
    for _job, step in steps_of("starter pages.yml"):
        if "run" in step and not any(word in step["run"] for word in AT_GITHUB_ONLY):
            done = shell(step["run"], tmp_path / "lab", BASE_URL=base)
            assert done.returncode == 0, done.stderr
    page = (tmp_path / "lab" / "_site" / "papers" / "quist2026trees" / "index.html").read_text(encoding="utf-8")

    assert f'<link rel="canonical" href="{base}/papers/quist2026trees/">' in page


def test_a_broken_entry_stops_the_workflow_with_an_annotation_at_its_line(shell, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    main(["init", "lab", "--yes"])
    (tmp_path / "lab" / "site_src" / "papers" / "broken.md").write_text("---\ntitel: x\n---\n", encoding="utf-8")
    check = next(step["run"] for _job, step in steps_of("starter pages.yml") if "check" in step.get("run", ""))
    done = shell(check, tmp_path / "lab")

    assert done.returncode == 1
    assert "::error file=site_src/papers/broken.md,line=2,col=1,title=misspelt-key::" in done.stderr


def test_the_release_tries_the_wheel_with_commands_that_work(shell, tmp_path):
    script = next(step["run"] for job, step in steps_of("release.yml") if job == "try" and "run" in step)
    script = "\n".join(line for line in script.splitlines() if "pip install" not in line)
    done = shell(script, tmp_path)

    assert done.returncode == 0, done.stderr


def test_the_weekly_look_up_is_off_until_somebody_turns_it_on():
    assert set(yaml.safe_load(STARTER["fetch.yml"])[True]) == {"workflow_dispatch"}
    turned_on = STARTER["fetch.yml"].replace("#  schedule", "  schedule").replace("#    - cron", "    - cron")
    assert yaml.safe_load(turned_on)[True]["schedule"] == [{"cron": "17 5 * * 1"}]


@pytest.mark.parametrize("changed", [False, True])
def test_a_pull_request_is_opened_only_when_something_has_changed(changed, shell, tmp_path):
    script = next(step["run"] for _job, step in steps_of("starter fetch.yml") if "gh pr" in step.get("run", ""))
    (tmp_path / "lab" / "site_src").mkdir(parents=True)
    (tmp_path / "bin" / "gh").write_text("#!/bin/sh\necho gh $*\n", encoding="utf-8")
    (tmp_path / "bin" / "gh").chmod(0o755)
    for command in (
        ["init", "-q", "--bare", "../remote.git"],
        ["init", "-q"],
        ["remote", "add", "origin", "../remote.git"],
        ["-c", "user.name=Ada", "-c", "user.email=ada@example.org", "commit", "-q", "--allow-empty", "-m", "Begin"],
    ):
        subprocess.run(["git", *command], cwd=tmp_path / "lab", check=True)
    if changed:
        (tmp_path / "lab" / "site_src" / "new.md").write_text("new", encoding="utf-8")
    done = shell(script, tmp_path / "lab", GITHUB_RUN_ID="7", GIT_CONFIG_GLOBAL="/dev/null")

    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("gh pr create --fill\n") is changed


@pytest.mark.parametrize(("tag", "code"), [(f"v{__version__}", 0), ("v0.0.0", 1), (__version__, 1)])
def test_a_tag_that_is_not_the_version_publishes_nothing(tag, code, shell):
    script = next(step["run"] for _job, step in steps_of("release.yml") if "GITHUB_REF_NAME" in step.get("run", ""))

    assert shell(script, ROOT, GITHUB_REF_NAME=tag).returncode == code

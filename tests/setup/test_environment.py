"""environment.yml, the locks and pyproject.toml ask for the same packages."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version
from rattler import MatchSpec
from rattler.exceptions import InvalidMatchSpecError

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
ENVIRONMENT = yaml.safe_load((ROOT / "environment.yml").read_text())
LOCKS = ("requirements.lock", "requirements-dev.lock")
CONDA_NAMES = {"matplotlib": "matplotlib-base", "playwright": "playwright-python"}


def needed(*extras):
    """Requirements of the project with these extras, by name."""
    texts = [*PROJECT["dependencies"]]
    for extra in extras:
        texts += PROJECT["optional-dependencies"][extra]
    return {requirement.name: requirement for requirement in map(Requirement, texts)}


def pins(lock):
    """Locked versions by name; a name has several where they depend on the Python version."""
    found = {}
    for name, version in re.findall(r"^([A-Za-z0-9][\w.-]*)==([^\s;\\]+)", (ROOT / lock).read_text(), re.M):
        found.setdefault(name, set()).add(version)
    return found


# environment.yml

def test_every_line_of_the_conda_environment_is_a_valid_spec():
    specs = [MatchSpec(line, strict=True) for line in ENVIRONMENT["dependencies"]]
    assert len(specs) > 20 and all(spec.name for spec in specs)


def test_a_spec_that_is_not_valid_is_noticed():
    for line in ("numpy >=2.3,<<3", "numpy =>2", "numpy >=4.6 <5"):
        with pytest.raises(InvalidMatchSpecError):
            MatchSpec(line, strict=True)


def test_conda_and_pyproject_ask_for_the_same_names_and_bounds():
    conda = {}
    for line in ENVIRONMENT["dependencies"]:
        spec = MatchSpec(line, strict=True)
        conda[spec.name.normalized] = str(spec.version or "")
    assert conda.pop("pip") == ""
    assert conda.pop("python") == PROJECT["requires-python"]
    ours = {CONDA_NAMES.get(name, name): str(need.specifier) for name, need in needed("build", "dev").items()}
    assert conda == ours


def test_the_six_packages_of_the_course_are_in_both():
    six = {"numpy", "jupyterlab", "matplotlib", "nbval", "pytest", "jupytext"}
    names = {MatchSpec(line, strict=True).name.normalized for line in ENVIRONMENT["dependencies"]}
    assert {CONDA_NAMES.get(name, name) for name in six} <= names and six <= set(needed("dev"))


def test_the_conda_environment_names_no_host():
    assert ENVIRONMENT["channels"] == ["conda-forge", "nodefaults"]


# Locks

@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_host_and_no_folder(lock):
    text = (ROOT / lock).read_text()
    assert not re.search(r"://|--(extra-)?index-url|--find-links|file:|@ ", text)


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_a_hash(lock):
    pattern = r"^[A-Za-z0-9][^\n]*==[^\n]*\\\n    --hash=sha256:[0-9a-f]{64}"
    entries = re.findall(pattern, (ROOT / lock).read_text(), re.M)
    assert len(entries) == sum(len(versions) for versions in pins(lock).values()) > 50


@pytest.mark.parametrize("lock, extras", [(LOCKS[0], ["build"]), (LOCKS[1], ["build", "dev"])])
def test_a_lock_holds_everything_that_the_project_needs_within_its_bounds(lock, extras):
    locked = pins(lock)
    for name, need in needed(*extras).items():
        versions = locked.get(canonicalize_name(name))
        assert versions, f"{name} is not in {lock}: run `make lock`"
        fits = [need.specifier.contains(Version(version), prereleases=True) for version in versions]
        assert all(fits), f"{name} {versions} is out of its bounds: run `make lock`"


def test_learners_and_maintainers_get_the_same_versions():
    learners, maintainers = map(pins, LOCKS)
    assert {name: maintainers.get(name) for name in learners} == learners


def test_learners_do_not_get_what_only_maintainers_need():
    comes_with_jupyterlab = {"pyyaml"}
    only = set(needed("dev")) - set(needed()) - comes_with_jupyterlab
    assert len(only) > 10 and not only & set(pins(LOCKS[0]))


def test_the_build_backend_is_locked_so_that_installing_the_clone_asks_for_nothing():
    assert {"hatchling", "editables"} <= set(pins(LOCKS[0]))


# Facts that stand in two files

def test_the_citation_names_the_version_of_the_package():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text())
    package = re.search(r'^__version__ = "(.+)"', (ROOT / "bpcourse/__init__.py").read_text(), re.M)[1]
    assert citation["version"] == PROJECT["version"] == package
    assert citation["license"] == PROJECT["license"].split(" AND ")

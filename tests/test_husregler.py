"""The house rules that no linter knows. Each reads the product itself, so a new room or model is covered at once."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.models import Model
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROT = Path(__file__).resolve().parent.parent
KILDE = ROT / "src" / "saksgang"
PROSJEKT = tomllib.loads((ROT / "pyproject.toml").read_text(encoding="utf-8"))
FLATER = ["web", "innsyn", "dav"]


def _rom() -> dict[str, int]:
    """Return each room with its height; import-linter's contract is the one list."""
    lag = next(k for k in PROSJEKT["tool"]["importlinter"]["contracts"] if k["name"] == "Domains point downward")[
        "layers"
    ]
    return {rom.strip("() "): hoeyde for hoeyde, etasje in enumerate(reversed(lag)) for rom in etasje.split("|")}


def _modeller() -> list[type[Model]]:
    return [m for m in apps.get_models(include_auto_created=True) if m.__module__.startswith("saksgang.")]


def _kildefiler(*mapper: str) -> Iterator[tuple[str, ast.Module]]:
    for mappe in mapper or [""]:
        for fil in sorted((KILDE / mappe).rglob("*.py")):
            if "migrations" not in fil.parts:
                yield fil.relative_to(KILDE).as_posix(), ast.parse(fil.read_text(encoding="utf-8"))


def _sporet() -> list[Path]:
    svar = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROT,
        capture_output=True,
        check=True,
    )
    return [fil for navn in svar.stdout.decode().split("\0") if navn and (fil := ROT / navn).is_file()]


def test_imports_point_downward_and_surfaces_touch_no_model():
    program = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    svar = subprocess.run([sys.executable, "-c", program], cwd=ROT, capture_output=True, text=True, check=False)
    assert svar.returncode == 0, svar.stdout + svar.stderr


def test_foreign_keys_point_downward():
    hoeyde = _rom()
    oppover = [
        f"{modell._meta.label}.{felt.name} -> {felt.related_model._meta.label}"
        for modell in _modeller()
        for felt in modell._meta.get_fields()
        if felt.is_relation and felt.concrete and felt.related_model._meta.app_label in hoeyde
        if hoeyde[felt.related_model._meta.app_label] > hoeyde[modell._meta.app_label]
    ]
    assert oppover == []


def test_foreign_keys_are_found_by_the_rule():
    assert "organisasjon.Bruker" in {
        felt.related_model._meta.label
        for modell in _modeller()
        for felt in modell._meta.get_fields()
        if felt.is_relation and felt.concrete
    }


def _statusskriving(tre: ast.Module) -> Iterator[int]:
    """Find every line that sets a status: assignment, setattr, .update(status=...) and bulk_update."""
    for node in ast.walk(tre):
        if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
            maal = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(isinstance(d, ast.Attribute) and d.attr == "status" for m in maal for d in ast.walk(m)):
                yield node.lineno
        elif isinstance(node, ast.Call):
            navn = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            tekster = {d.value for a in node.args for d in ast.walk(a) if isinstance(d, ast.Constant)}
            if (navn == "update" and any(n.arg == "status" for n in node.keywords)) or (
                navn in {"setattr", "bulk_update"} and "status" in tekster
            ):
                yield node.lineno


def test_status_is_written_by_tilgang_commands_alone():
    funn = [
        f"{fil}:{linje}"
        for fil, tre in _kildefiler()
        if not fil.startswith(("tilgang/commands/", "tilgang/commands.py"))
        for linje in _statusskriving(tre)
    ]
    assert funn == []


@pytest.mark.parametrize(
    "linje",
    [
        "sak.status = 'A'",
        "fra, sak.status = sak.status, til",
        "setattr(jp, 'status', til)",
        "Sak.objects.filter(pk=1).update(status='A')",
        "Sak.objects.bulk_update(saker, ['status'])",
    ],
)
def test_status_rule_sees_each_way_of_writing(linje):
    assert list(_statusskriving(ast.parse(linje))) == [1]


def test_surfaces_neither_query_nor_save():
    forbudt = {"objects", "_default_manager", "_base_manager", "save", "bulk_create", "bulk_update", "get_or_create"}
    funn = [
        f"{fil}:{node.lineno} .{node.attr}"
        for fil, tre in _kildefiler(*FLATER)
        for node in ast.walk(tre)
        if isinstance(node, ast.Attribute) and node.attr in forbudt
    ]
    assert funn == []


def test_models_have_no_default_order():
    assert [m._meta.label for m in _modeller() if m._meta.ordering] == []


def _ordliste() -> dict[str, str]:
    """Return `Modell.felt` with its meaning: first and last column of the tables in the glossary."""
    tekst = (ROT / "docs" / "ordliste.md").read_text(encoding="utf-8")
    rader = re.findall(r"^\| `(\w+\.\w+)` \|(.*)\|\s*$", tekst, flags=re.MULTILINE)
    return {navn: resten.split("|")[-1].strip() for navn, resten in rader}


def test_every_domain_field_has_a_meaning_in_the_glossary():
    felter = {
        f"{modell.__name__}.{felt.name}"
        for modell in _modeller()
        if not modell._meta.auto_created
        for felt in modell._meta.get_fields()
        if (felt.concrete or felt.many_to_many) and not felt.auto_created and felt.model is modell
    }
    ordliste = _ordliste()
    assert sorted(felter - set(ordliste)) == []
    assert sorted(set(ordliste) - felter) == []
    assert sorted(navn for navn, mening in ordliste.items() if not mening) == []


def test_migrations_are_up_to_date(db):
    try:
        call_command("makemigrations", check_changes=True, dry_run=True, verbosity=1)
    except SystemExit:
        pytest.fail("A model has changed without its migration: manage.py makemigrations")


# --- Dependencies and what the repository may say ---------------------------------------------------------------------


def _laas(navn: str) -> dict[str, set[str]]:
    tekst = (ROT / navn).read_text(encoding="utf-8")
    laast: dict[str, set[str]] = {}
    for pakke, versjon in re.findall(r"^([A-Za-z0-9._-]+)==(\S+)", tekst, flags=re.MULTILINE):
        laast.setdefault(canonicalize_name(pakke), set()).add(versjon)
    return laast


@pytest.mark.parametrize(
    ("laasfil", "krav"),
    [
        ("requirements.lock", PROSJEKT["project"]["dependencies"]),
        ("requirements-dev.lock", PROSJEKT["project"]["dependencies"] + PROSJEKT["dependency-groups"]["dev"]),
    ],
)
def test_lock_agrees_with_pyproject(laasfil, krav):
    laast = _laas(laasfil)
    uenige = [
        str(k)
        for k in map(Requirement, krav)
        if not (versjoner := laast.get(canonicalize_name(k.name))) or not all(v in k.specifier for v in versjoner)
    ]
    assert uenige == []


def test_both_locks_pin_the_same_versions():
    drift, utvikling = _laas("requirements.lock"), _laas("requirements-dev.lock")
    assert {pakke: utvikling.get(pakke) for pakke in drift} == drift


@pytest.mark.parametrize("laasfil", ["requirements.lock", "requirements-dev.lock"])
def test_lock_names_no_host_and_every_pin_has_a_hash(laasfil):
    tekst = (ROT / laasfil).read_text(encoding="utf-8")
    assert "://" not in tekst
    assert " @ " not in tekst
    pakker = re.split(r"^(?=[A-Za-z0-9])", tekst, flags=re.MULTILINE)[1:]
    assert [p.split()[0] for p in pakker if "--hash=sha256:" not in p] == []


VERTER = re.compile(
    r"//[a-z0-9.-]*(pypi|hosted|npm|debian)[a-z0-9-]*\.[a-z]+|--(extra-)?index[-]url|--find[-]links", re.IGNORECASE
)
STIER = re.compile(r"(?:^|[^A-Za-z0-9_.])/(?:work|farm|root|home/\w+)/", re.MULTILINE)


@pytest.mark.parametrize("moenster", [VERTER, STIER], ids=["registry host", "path of one machine"])
def test_repository_names_no(moenster):
    funn = []
    for fil in _sporet():
        innhold = fil.read_bytes()
        if b"\0" not in innhold:
            funn += [f"{fil.relative_to(ROT)}: {t[0]}" for t in moenster.finditer(innhold.decode("utf-8", "replace"))]
    assert funn == []


def test_repository_rules_see_what_they_forbid():
    assert VERTER.search("https:" + "//files.py" + "pi.example")
    assert STIER.search(" /" + "work/main")


def test_licence_is_eupl():
    assert PROSJEKT["project"]["license"] == "EUPL-1.2"
    assert (ROT / "LICENSE").read_text(encoding="utf-8").startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2\n")
    farlige = {"pymupdf", "django-viewflow", "extract-msg"}
    assert farlige & set(_laas("requirements-dev.lock")) == set()

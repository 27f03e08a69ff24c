"""The launcher, from outside: what it refuses, and that what is in order is left alone."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def run():
    spesifikasjon = importlib.util.spec_from_file_location("run", ROT / "run.py")
    modul = importlib.util.module_from_spec(spesifikasjon)
    spesifikasjon.loader.exec_module(modul)
    return modul


def _run(*argumenter: str, **variabler: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-S", "run.py", *argumenter],
        cwd=ROT,
        env=os.environ | variabler,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("argumenter", [[], ["finnes-ikke"]])
def test_run_without_a_known_command_shows_the_commands(argumenter):
    svar = _run(*argumenter)
    assert svar.returncode == 2
    assert "python3 run.py demo [--ny]" in svar.stdout


def test_run_demo_refuses_an_unknown_option():
    svar = _run("demo", "--nytt")
    assert (svar.returncode, svar.stdout.strip()) == (1, "Feil: Ukjent valg: --nytt")


def test_run_needs_nothing_but_the_standard_library():
    svar = _run("stop", "--hjelp")
    assert (svar.returncode, svar.stdout.strip()) == (2, "«stop» tar ingen valg.")


def test_ledig_port_passes_by_one_that_is_taken(run):
    forste = run.ledig_port(18100)
    with run.socket.socket() as opptatt:
        opptatt.bind(("127.0.0.1", forste))
        opptatt.listen()
        assert run.ledig_port(forste) > forste


def test_a_missing_system_package_is_named_and_fails_in_ci(tmp_path):
    program = (
        f"import sys; sys.path.insert(0, {str(ROT)!r}); import run\n"
        "try:\n    run.sikre_systempakker(test=True)\n"
        "except run.Feil as feil:\n    print(feil)"
    )
    tom = {"PATH": str(tmp_path), "HOME": str(tmp_path)}
    for ci, slutt in ({}, ""), ({"CI": "1"}, "I CI skal ingen systempakke mangle.\n"):
        svar = subprocess.run([sys.executable, "-c", program], env=tom | ci, capture_output=True, text=True, check=True)
        assert "Mangler systempakken chromium. Uten den virker ikke nettlesertestene.\n" in svar.stdout
        assert (
            "Mangler systempakken libreoffice-writer-nogui. "
            "Uten den virker ikke arkivkopier og visning av tekstdokumenter.\n" in svar.stdout
        )
        assert (
            "Mangler systempakken tesseract-ocr. Uten den virker ikke lesing av skannede sider på vei til postlista.\n"
            in svar.stdout
        )
        assert svar.stdout.endswith(slutt)


def test_the_pid_of_another_program_is_not_the_demo(run, tmp_path):
    pidfil = tmp_path / "pid"
    assert run._lever(pidfil) is None
    pidfil.write_text(str(os.getpid()), encoding="ascii")
    assert run._lever(pidfil) is None
    with subprocess.Popen(
        [sys.executable, "-c", "print(flush=True); input()", "run.py"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as annen:
        annen.stdout.readline()
        pidfil.write_text(str(annen.pid), encoding="ascii")
        assert run._lever(pidfil) == annen.pid
        annen.communicate(b"\n")

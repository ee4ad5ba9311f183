"""PostgreSQL and Valkey of our own, in a folder of the project, on free ports."""

import os
import secrets
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from scripts import binaries, processes
from scripts.paths import DATA, say, stop

NAME = "leerrecht"
SAFE = ("shared_buffers=256MB",)
LARGE = ("shared_buffers=1GB", "maintenance_work_mem=256MB")  # a database of some gigabytes
# Tests start from nothing, so a crash may lose everything.
FAST = (*SAFE, "fsync=off", "synchronous_commit=off", "full_page_writes=off")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def password(home: Path) -> str:
    file = home / "wachtwoord"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(24))
        binaries.give_to_servant(file)
    return file.read_text()


@dataclass(frozen=True, slots=True)
class Postgres:
    home: Path
    programs: Path
    version: str
    options: tuple[str, ...]
    superuser: str = NAME

    @property
    def folder(self) -> Path:
        return self.home / f"postgresql-{self.version}"

    def ctl(self, *arguments: str, check: bool = True) -> int:
        command = [str(self.programs / "pg_ctl"), "-D", str(self.folder), "-s", *arguments]
        return binaries.run_as_servant(command, check=check).returncode

    def create(self) -> None:
        self.folder.mkdir(mode=0o700)
        binaries.give_to_servant(self.folder)
        command = [str(self.programs / "initdb"), "-D", str(self.folder), "-U", self.superuser]
        access = ["--auth=scram-sha-256", f"--pwfile={self.home / 'wachtwoord'}"]
        binaries.run_as_servant([*command, *access, "-E", "UTF8", "--locale=C.UTF-8"])

    def start(self) -> str:
        """Start when it is not running; returns its url."""
        secret = password(self.home)
        if not (self.folder / "PG_VERSION").exists():
            self.create()
        if self.ctl("status", check=False) != 0:
            fixed = ("listen_addresses=127.0.0.1", "unix_socket_directories=")
            options = [f"-p {free_port()}", *(f"-c {o}" for o in (*fixed, *self.options))]
            log = str(self.folder / "server.log")
            self.ctl("-w", "-t", "60", "-l", log, "-o", " ".join(options), "start")
        port = (self.folder / "postmaster.pid").read_text().splitlines()[3]
        url = f"postgres://{self.superuser}:{secret}@127.0.0.1:{port}/{NAME}"
        create_database(url)
        return url

    def end(self) -> None:
        if (self.folder / "postmaster.pid").exists():
            self.ctl("-w", "-m", "fast", "stop", check=False)


def create_database(url: str) -> None:
    import psycopg

    server, _, name = url.rpartition("/")
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        query = "SELECT 1 FROM pg_database WHERE datname = %s"
        if not connection.execute(query, [name]).fetchone():
            connection.execute(f'CREATE DATABASE "{name}"')


def drop_database(url: str) -> None:
    import psycopg

    server, _, name = url.rpartition("/")
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@dataclass(frozen=True, slots=True)
class Valkey:
    home: Path
    program: Path

    @property
    def pid_file(self) -> Path:
        return self.home / "valkey.pid"

    def start(self) -> str:
        state, secret = self.home / "valkey.port", password(self.home)
        if processes.pid_of(self.pid_file) is None:
            state.write_text(str(free_port()))
            self.launch(int(state.read_text()), secret)
        port = int(state.read_text())
        wait_for_port(port)
        return f"redis://:{secret}@127.0.0.1:{port}/0"

    def launch(self, port: int, secret: str) -> None:
        folder = self.home / "valkey"
        folder.mkdir(mode=0o700, exist_ok=True)
        binaries.give_to_servant(folder)
        config = folder / "valkey.conf"
        config.touch(mode=0o600)
        config.write_text(
            f"port {port}\nbind 127.0.0.1\ndir {folder}\nsave 60 1\nrequirepass {secret}\n"
        )
        binaries.give_to_servant(config)
        processes.start(
            [str(self.program), str(config)],
            pid_file=self.pid_file,
            log=self.home / "valkey.log",
            env=binaries.environment(),
            user=binaries.servant(),
        )

    def end(self) -> None:
        processes.end(self.pid_file)


def wait_for_port(port: int) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    stop(f"Niets antwoordt op poort {port}; zie de logboeken in {DATA}.")


def own(kind: str, options: tuple[str, ...]) -> tuple[Postgres, Valkey]:
    home = binaries.home(kind)
    programs = binaries.find(binaries.copies(home))
    version = programs.postgres_major
    return Postgres(home, programs.postgres, version, options), Valkey(home, programs.valkey)


def start(kind: str, options: tuple[str, ...] = SAFE) -> dict[str, str]:
    """The environment for Django; a DATABASE_URL or REDIS_URL that is given wins."""
    given = {name: os.environ.get(name, "") for name in ("DATABASE_URL", "REDIS_URL")}
    if not all(given.values()):
        postgres, valkey = own(kind, options)
        if not given["DATABASE_URL"]:
            say(f"PostgreSQL {postgres.version} van het project zelf")
            given["DATABASE_URL"] = postgres.start()
        given["REDIS_URL"] = given["REDIS_URL"] or valkey.start()
    return os.environ | given | {"LEERRECHT_DEMO": "1"}


def end(kind: str) -> None:
    for service in own(kind, SAFE):
        service.end()


@contextmanager
def running(kind: str, options: tuple[str, ...]) -> Iterator[dict[str, str]]:
    try:
        yield start(kind, options)
    finally:
        end(kind)

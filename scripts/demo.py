"""The demo: services, database, web server, worker and beat, all in the background.

`start` may be given again at any time: it keeps the data and restarts the processes.
"""

import argparse
import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request

from scripts import binaries, processes, services
from scripts.paths import DATA, PYTHON, ROOT, VENV, say, stop

FOLDER = DATA / "demo"
PORT = int(os.environ.get("PORT", "8000"))
SITE = f"http://127.0.0.1:{PORT}"
HEALTH = f"{SITE}/gezond"
NAMES = ("web", "worker", "beat")


def commands() -> dict[str, list[str]]:
    celery = [str(VENV / "bin" / "celery"), "-A", "config"]
    # One thread per process: the views are synchronous and a thread would only wait its turn.
    web = ["config.wsgi", "--worker-class", "sync", "--workers", "2", "--no-control-socket"]
    return {
        "web": [str(VENV / "bin" / "gunicorn"), *web, "--bind", f"127.0.0.1:{PORT}"],
        "worker": [*celery, "worker", "--concurrency", "1", "--loglevel", "INFO"],
        "beat": [*celery, "beat", "--schedule", str(FOLDER / "beat-schedule"), "--pidfile="],
    }


def manage(env: dict[str, str], *commands: tuple[str, ...]) -> None:
    """Run these commands of manage.py at the same time, and wait for all."""
    started = [
        (command[0], subprocess.Popen([str(PYTHON), "manage.py", *command], cwd=ROOT, env=env))
        for command in commands
    ]
    failed = [name for name, process in started if process.wait() != 0]
    if failed:
        stop(f"manage.py {', '.join(failed)} is mislukt (zie hierboven).")


def port_taken() -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", PORT)) == 0


def end_processes() -> list[str]:
    return [name for name in NAMES if processes.end(FOLDER / f"{name}.pid")]


def start_processes(env: dict[str, str]) -> None:
    if port_taken():
        stop(f"Poort {PORT} is bezet door een ander programma. Probeer: make demo PORT=8001")
    for name, command in commands().items():
        log, pid_file = FOLDER / f"{name}.log", FOLDER / f"{name}.pid"
        processes.start(command, pid_file=pid_file, log=log, env=env)


def answers() -> bool:
    try:
        with urllib.request.urlopen(HEALTH, timeout=2) as response:  # noqa: S310  # our own site
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def wait_until_healthy() -> None:
    for _ in range(150):
        if answers():
            return
        if processes.pid_of(FOLDER / "web.pid") is None:
            break
        time.sleep(0.2)
    stop(f"De website komt niet op gang; zie {FOLDER}/web.log.")


def start() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    end_processes()
    env = services.start("demo")
    say("Database bijwerken")
    quiet = ("--noinput", "--verbosity", "0")
    manage(env, ("migrate", *quiet), ("collectstatic", *quiet))
    start_processes(env)
    say("Demo-regio")
    manage(env, ("demo",))
    wait_until_healthy()
    say(f"Leerrecht draait op {SITE} (stoppen: make stop, logboeken: {FOLDER})")


def end() -> None:
    stopped = end_processes()
    services.end("demo")
    say(f"Gestopt: {', '.join(stopped) or 'er draaide niets'}")


def erase() -> None:
    """Throw away the database and the files of the demo."""
    end()
    for folder in (FOLDER, binaries.home("demo"), DATA / "media", DATA / "ankers"):
        shutil.rmtree(folder, ignore_errors=True)
    say("De gegevens van de demo zijn gewist.")


ACTIONS = {"start": start, "stop": end, "erase": erase}

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("action", choices=list(ACTIONS))
    ACTIONS[parser.parse_args().action]()

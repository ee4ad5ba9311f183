"""Background processes by pid file: started once, ended only when they are still ours."""

import os
import pwd
import signal
import subprocess
import time
from pathlib import Path

# Kept until we end ourselves: Python warns about a process that is dropped while it runs.
STARTED: list[subprocess.Popen[bytes]] = []


def birth(pid: int) -> str:
    """When the process started, so that a re-used pid is never taken for ours."""
    stat = Path(f"/proc/{pid}/stat")
    try:
        return stat.read_text().rpartition(")")[2].split()[19]
    except OSError:
        return ""


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    status = Path(f"/proc/{pid}/stat")
    return not status.exists() or status.read_text().rpartition(")")[2].split()[0] != "Z"


def start(
    command: list[str],
    *,
    pid_file: Path,
    log: Path,
    env: dict[str, str],
    user: pwd.struct_passwd | None = None,
) -> int:
    with log.open("ab") as output:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env=env,
            start_new_session=True,
            user=user.pw_uid if user else None,
            group=user.pw_gid if user else None,
            extra_groups=[] if user else None,
        )
    STARTED.append(process)
    pid_file.write_text(f"{process.pid} {birth(process.pid)}")
    return process.pid


def pid_of(pid_file: Path) -> int | None:
    """The pid in the file, when that process still runs and is the one we started."""
    if not pid_file.exists():
        return None
    number, _, born = pid_file.read_text().partition(" ")
    pid = int(number)
    return pid if is_alive(pid) and birth(pid) == born else None


def end(pid_file: Path, *, seconds: float = 15) -> bool:
    """Ask the process to end, insist after some seconds; False when there was none."""
    pid = pid_of(pid_file)
    pid_file.unlink(missing_ok=True)
    if pid is None:
        return False
    os.kill(pid, signal.SIGTERM)
    until = time.monotonic() + seconds
    while is_alive(pid) and time.monotonic() < until:
        time.sleep(0.05)
    if is_alive(pid):
        os.killpg(pid, signal.SIGKILL)
    return True

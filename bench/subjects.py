"""What the programs of this folder compare, each as a container of its own.

All but this image need none from a registry: they run on this machine's own /usr, JDK,
Python and podinfo, mounted read-only into an otherwise empty container.
"""
import argparse
import atexit
import functools
import glob
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from datetime import datetime

HERE = pathlib.Path(__file__).resolve().parent
PROJECT = HERE.parent
WORK = PROJECT / "target" / "bench"
PREFIX = f"pyserver-bench-{os.getpid()}"
HOST_IMAGE = "pyserver-bench-host"
HOST_MOUNTS = ["-v", "/usr:/usr:ro", "-v", "/etc:/etc:ro"]
SYSCTL = ["--sysctl", "net.ipv4.ip_unprivileged_port_start=0"]
PODINFO = "github.com/stefanprodan/podinfo/cmd/podinfo@v1.8.1-0.20250910200901-e86405a8674e"


def fail(message):
    sys.exit(f"bench: {message}")


def run(*command, **options):
    done = subprocess.run(command, capture_output=True, text=True, **options)
    if done.returncode != 0:
        fail(f"{' '.join(map(str, command[:4]))} ... failed: {(done.stderr or done.stdout).strip()[-500:]}")
    return done.stdout.strip()


def need(program, package):
    if not shutil.which(program):
        fail(f"{program} is missing: apt-get install {package}")


def positive(text):
    """A whole number, for argparse."""
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text} is no whole number of 1 or more")
    return int(text)


def prepare():
    """Builds what is not there yet; returns the subjects by name, as docker arguments."""
    need("mvn", "maven")
    return {"this image": prepare_image(), "stock fat jar": stock(), **flask()}


def prepare_image():
    """This image alone, as docker arguments."""
    need("docker", "docker.io")
    if subprocess.run(["docker", "info"], capture_output=True).returncode != 0:
        fail("the Docker daemon does not answer: start it, for example with systemctl start docker")
    atexit.register(clean_up)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: sys.exit(130))
    WORK.mkdir(parents=True, exist_ok=True)
    return this_image()


def this_image():
    archive = PROJECT / "target" / "jib-image.tar"
    if not archive.exists():
        fail("target/jib-image.tar is missing: mvn -DskipTests package")
    loaded = run("docker", "load", "-q", "-i", archive)
    image = re.search(r"Loaded image(?: ID)?: (\S+)", loaded)[1]
    return ["--read-only", "--tmpfs", "/tmp", "--cap-drop", "ALL", "--memory", "128m", "--memory-swap", "128m",
            *SYSCTL, image]


def stock():
    project = HERE / "stock"
    jar = WORK / "stock" / "stock-1.0.jar"
    if not jar.exists():
        run("mvn", "-q", "-f", project, f"-Dbench.target={jar.parent}", "package")
    jdk = same_jdk()
    return ["-v", f"{jdk}:{jdk}:ro", "-v", f"{jar}:/stock.jar:ro", "--tmpfs", "/tmp", *host(),
            f"{jdk}/bin/java", "-jar", "/stock.jar", "--server.port=80"]


def same_jdk():
    """The JDK that the image's runtime was linked from."""
    runtime = PROJECT / "target" / "image" / "java" / "opt" / "java"
    if not runtime.exists():
        fail("target/image/java/opt/java is missing, the image is not the lean one: mvn -DskipTests package on Linux")
    built = re.search(r'JAVA_VERSION="(.*)"', (runtime / "release").read_text())[1]
    homes = [os.environ.get("JAVA_HOME", ""), *sorted(glob.glob("/usr/lib/jvm/*"))]
    for home in filter(None, homes):
        release = pathlib.Path(home, "release")
        if release.exists() and f'JAVA_VERSION="{built}"' in release.read_text() and pathlib.Path(home, "lib/modules").exists():
            return os.path.realpath(home)
    fail(f"no JDK {built} found: set JAVA_HOME to the JDK that built the image")


def flask():
    venv = WORK / "venv"
    if not (venv / "bin" / "gunicorn").exists():
        run("python3", "-m", "venv", "--clear", venv)
        run(venv / "bin" / "pip", "install", "-q", "flask==3.1.3", "gunicorn==23.0.0")
    python = run(venv / "bin" / "python", "-c", "import sys; print(sys.base_prefix)")
    mounts = ["-v", f"{venv}:{venv}:ro", "-v", f"{HERE}/pyserver.py:/app/pyserver.py:ro", "-w", "/app", "--tmpfs", "/tmp",
              *([] if python == "/usr" else ["-v", f"{python}:{python}:ro"]), *host()]
    return {"Flask": [*mounts, f"{venv}/bin/python", "pyserver.py"],
            "gunicorn, 2 workers": [*mounts, f"{venv}/bin/gunicorn", "-w", "2", "-b", "0.0.0.0:80", "pyserver:app"]}


def podinfo():
    """Go's podinfo by name, or nothing where it is not installed."""
    gopath = run("go", "env", "GOPATH") if shutil.which("go") else os.path.expanduser("~/go")
    program = shutil.which("podinfo", path=f"{os.environ['PATH']}:{gopath}/bin")
    return {"podinfo (Go)": ["-v", f"{os.path.realpath(program)}:/podinfo:ro", *host(), "/podinfo", "--port", "80"]} if program else {}


@functools.cache
def host():
    """Arguments for a container that has this machine's /usr and nothing else."""
    with tempfile.TemporaryDirectory() as root:
        for name in ("bin", "lib", "lib64"):
            if os.path.islink(f"/{name}"):
                os.symlink(f"usr/{name}", f"{root}/{name}")
        tar = subprocess.Popen(["tar", "-C", root, "-c", "."], stdout=subprocess.PIPE)
        run("docker", "import", "-", HOST_IMAGE, stdin=tar.stdout)
    return [*HOST_MOUNTS, *SYSCTL, HOST_IMAGE]


def clean_up():
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    left = subprocess.run(["docker", "ps", "-aq", "--filter", f"name={PREFIX}"], capture_output=True, text=True).stdout.split()
    if left:
        subprocess.run(["docker", "rm", "-f", *left], capture_output=True)
    subprocess.run(["docker", "rmi", HOST_IMAGE], capture_output=True)


def new_name():
    return f"{PREFIX}-{time.monotonic_ns()}"


class Container:
    """One subject, running; gone at the end of the with block."""

    def __init__(self, arguments, cpus=None):
        limit = ["--cpus", str(cpus)] if cpus else []
        self.id = run("docker", "run", "-d", "--name", new_name(), "--log-driver", "none", *limit, *arguments)

    def __enter__(self):
        self.pid = self.inspect("{{.State.Pid}}")
        self.address = self.inspect("{{.NetworkSettings.IPAddress}}")
        started = self.inspect("{{.State.StartedAt}}")
        self.started = datetime.fromisoformat(re.sub(r"(\.\d{6})\d*Z", r"\1+00:00", started)).timestamp()
        return self

    def __exit__(self, *_):
        subprocess.run(["docker", "rm", "-f", self.id], capture_output=True)

    def inspect(self, form):
        return run("docker", "inspect", "-f", form, self.id)

    def await_200(self, patience=90):
        """Seconds from the container's start to the first 200."""
        while not self.answers_200():
            if not pathlib.Path("/proc", self.pid).exists():
                fail(f"ended before it answered, start it by hand to see why: {self.command()}")
            if time.time() - self.started > patience:
                fail(f"no answer within {patience} s, start it by hand to see why: {self.command()}")
            time.sleep(0.01)
        return time.time() - self.started

    def command(self):
        return self.inspect('{{.Config.Image}} {{join .Config.Cmd " "}}')

    def beside(self, *command):
        """What a program of this machine prints that has the container's loopback for its own."""
        return run("docker", "run", "--rm", "--name", new_name(), "--log-driver", "none", "--network", f"container:{self.id}",
                   *HOST_MOUNTS, HOST_IMAGE, *command)

    def answers_200(self):
        try:
            with socket.create_connection((self.address, 80), 1) as connection:
                connection.settimeout(10)
                connection.sendall(b"GET / HTTP/1.1\r\nHost: bench\r\nConnection: close\r\n\r\n")
                return connection.recv(12).split()[1:2] == [b"200"]
        except OSError:
            return False

    def answers_200_within(self, seconds):
        """A new connection takes the place of one that has been silent for a tenth of a second."""
        end = time.monotonic() + seconds
        while not self.answers_200():
            if time.monotonic() > end:
                return False
            time.sleep(0.05)
        return True

    def processor_seconds(self):
        """Of all the container's processes, from its cgroup, version 1 or 2."""
        for line in pathlib.Path("/proc", self.pid, "cgroup").read_text().splitlines():
            _, controllers, path = line.split(":", 2)
            usage = pathlib.Path(f"/sys/fs/cgroup/cpuacct{path}/cpuacct.usage")
            if "cpuacct" in controllers and usage.exists():
                return int(usage.read_text()) / 1e9
            stat = pathlib.Path(f"/sys/fs/cgroup{path}/cpu.stat")
            if controllers == "" and stat.exists() and "usage_usec" in stat.read_text():
                return int(re.search(r"usage_usec (\d+)", stat.read_text())[1]) / 1e6
        fail("the container's cgroup has neither cpuacct.usage nor cpu.stat")

    def resident_megabytes(self):
        """VmRSS of all the container's processes, in MB of 2^20 bytes."""
        pids = [line.split()[0] for line in run("docker", "top", self.id, "-o", "pid").splitlines()[1:]]
        status = (pathlib.Path("/proc", pid, "status").read_text() for pid in pids)
        return sum(int(re.search(r"VmRSS:\s+(\d+)", text)[1]) for text in status) / 1024


def machine():
    model = re.search(r"model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text())
    memory = int(re.search(r"MemTotal:\s+(\d+)", pathlib.Path("/proc/meminfo").read_text())[1]) / 2**20
    load = os.getloadavg()[0]
    return (f"{datetime.now():%Y-%m-%d}, {os.cpu_count()} × {model[1] if model else os.uname().machine}, "
            f"{memory:.0f} GB, Linux {os.uname().release}, load {load:.1f}")


def table(header, rows):
    widths = [max(len(str(row[i])) for row in [header, *rows]) for i in range(len(header))]
    line = lambda row: "| " + " | ".join(str(cell).ljust(width) for cell, width in zip(row, widths)) + " |"
    print(line(header))
    print("|" + "|".join("-" * (width + 2) for width in widths) + "|")
    for row in rows:
        print(line(row))
    print(flush=True)

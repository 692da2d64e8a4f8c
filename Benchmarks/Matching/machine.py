"""What a reader must know about the machine; neither its name nor where anything lies on it."""

import importlib.metadata
import os
import platform
import re
import subprocess
from pathlib import Path


def read(path, pattern):
    try:
        found = re.search(pattern, Path(path).read_text(), re.M)
    except OSError:
        return None
    return found.group(1).strip() if found else None


def first_version(*command):
    try:
        output = subprocess.run(command, capture_output=True, text=True).stdout
    except OSError:
        return None
    found = re.search(r"\d+\.\d+(\.\d+)?", output)
    return found.group(0) if found else None


def facts():
    memory = read("/proc/meminfo", r"^MemTotal:\s*(\d+)")
    known = {
        "processor": read("/proc/cpuinfo", r"^model name\s*:\s*(.+)$") or platform.machine(),
        "cores": str(os.cpu_count()),
        "memory": f"{int(memory) / 1048576:.0f} GiB" if memory else None,
        "system": read("/etc/os-release", r'^PRETTY_NAME="?([^"\n]+)'),
        "Swift": first_version("swift", "--version"),
        "g++": first_version("g++", "-dumpfullversion"),
        "LEMON": read("/usr/include/lemon/config.h", r'LEMON_VERSION "([^"]+)"'),
        "Python": platform.python_version(),
    }
    for package in ("ortools", "highspy", "scipy", "numpy"):
        try:
            known[package] = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            known[package] = None
    return {name: value for name, value in known.items() if value}

# SPDX-License-Identifier: GPL-3.0-or-later
"""A display, a session bus and settings of their own, for a test of the window."""
import os
import shutil
import subprocess
import tempfile


class Display:
    """with Display() as display: subprocess.Popen(…, env=display.environment)"""

    def __init__(self, width=1400, height=1000, accessible=False):
        self.size, self.accessible = (width, height), accessible
        self.children = []

    def _start(self, command, **named):
        child = subprocess.Popen(command, **named)
        self.children.append(child)
        return child

    def __enter__(self):
        self.home = tempfile.mkdtemp(prefix="display-")
        os.chmod(self.home, 0o700)
        read, write = os.pipe()
        self._start(["Xvfb", "-displayfd", str(write), "-screen", "0", f"{self.size[0]}x{self.size[1]}x24",
                     "-nolisten", "tcp", "-noreset"], pass_fds=[write], stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as stream:
            number = stream.readline().strip()
        bus = self._start(["dbus-daemon", "--session", "--nofork", "--print-address"], stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL, text=True,
                          env={**os.environ, "DISPLAY": f":{number}", "HOME": self.home, "XDG_RUNTIME_DIR": self.home})
        self.environment = {
            **os.environ, "DISPLAY": f":{number}", "DBUS_SESSION_BUS_ADDRESS": bus.stdout.readline().strip(),
            "HOME": self.home, "XDG_RUNTIME_DIR": self.home, "XDG_CONFIG_HOME": self.home + "/config",
            "XDG_CACHE_HOME": self.home + "/cache", "XDG_DATA_HOME": self.home + "/data",
            "GDK_BACKEND": "x11", "GSK_RENDERER": "cairo", "GSETTINGS_BACKEND": "memory", "GTK_USE_PORTAL": "0",
            "GTK_A11Y": "atspi" if self.accessible else "none", "NO_AT_BRIDGE": "0" if self.accessible else "1",
            "LC_ALL": "C.UTF-8", "TZ": "UTC",
        }
        self.environment.pop("WAYLAND_DISPLAY", None)
        if self.accessible:
            self._start(["/usr/libexec/at-spi-bus-launcher", "--launch-immediately"], env=self.environment,
                        stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        return self

    def __exit__(self, *_):
        for child in reversed(self.children):
            child.terminate()
            try:
                child.wait(5)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
        shutil.rmtree(self.home, ignore_errors=True)

# SPDX-License-Identifier: GPL-3.0-or-later
"""A small internet of its own: a test runs in namespaces where only loopback is there, names are told by a DNS
server of ours, and authorities of ours are trusted. So the program can be tested with the real names, and
nothing ever leaves this machine."""
import atexit
import os
import shutil
import socket
import subprocess
import sys
import tempfile

import certificates
import dns_server
import tap

INSIDE = "PRESYNC_IN_WORLD"
TRUSTED = "/etc/ssl/certs/ca-certificates.crt"
RESOLVER = "127.0.0.53"
LOCALHOST = f"127.0.0.1 localhost {socket.gethostname()}\n"
# What the machine that runs the tests says of proxies does not count here.
PROXIES = ("http_proxy", "https_proxy", "ftp_proxy", "all_proxy", "no_proxy")


def _may(*options):
    return subprocess.run(["unshare", *options, "mount", "--bind", "/etc/hosts", "/etc/hosts"],
                          capture_output=True, check=False).returncode == 0


def _command(options):
    # One address that is not loopback's: without one, programs are told that no name has an address (AI_ADDRCONFIG).
    return ["unshare", *options, "sh", "-c", 'ip link set lo up && ip addr add 192.0.2.1/32 dev lo && exec "$@"', "sh",
            sys.executable, *sys.argv]


def enter(copies=1):
    """Goes on in namespaces of its own, or says in TAP why that cannot be. With copies: in so many worlds, where the
    cases are shared out (most of them wait), and ends with what they said."""
    if os.environ.get(INSIDE):
        return
    options = next((o for o in (["-mn"], ["-Urmn"]) if _may(*o)), None)
    if options is None:
        print("1..0 # SKIP no namespaces for mounts and networks here")
        sys.exit(0)
    environment = {n: v for n, v in os.environ.items() if n.lower() not in PROXIES}
    environment[INSIDE] = "1"
    if copies > 1:
        sys.exit(tap.share_out(_command(options), environment, copies))
    command = _command(options)
    os.execvpe(command[0], command, environment)


class Keys:
    """authorities and certificates of the world, in a folder"""
    # The first stands on Microsoft's list of authorities; the second is a company's, which opens TLS; nobody knows
    # the third.
    AUTHORITIES = {"public": "DigiCert Global Root G2/O=DigiCert Inc/C=US",
                   "corporate": "Contoso Inspection CA/O=Contoso/C=DE",
                   "unknown": "Nobody's CA/O=Nobody/C=DE"}

    def __init__(self, folder):
        self.folder = folder
        for name, title in self.AUTHORITIES.items():
            certificates.make_authority(folder, name, title)

    def authority(self, name):
        with open(f"{self.folder}/{name}.pem", encoding="ascii") as stream:
            return stream.read()

    def certificate(self, names, issuer="public", first=-30, last=300):
        """(PEM file with its chain, key file) of a server with these names; issuer "" is itself"""
        name = f"leaf-{abs(hash((tuple(names), issuer, first, last))):x}"
        path = f"{self.folder}/{name}"
        if not os.path.exists(path + "-chain.pem"):
            certificates.make_key(self.folder, name)
            entries = "".join(f"DNS.{i}={n}\n" for i, n in enumerate(names, 1))
            extensions = ("basicConstraints=critical,CA:FALSE\nkeyUsage=digitalSignature\nextendedKeyUsage=serverAuth\n"
                          f"subjectAltName=@names\n[names]\n{entries}")
            certificates.sign(self.folder, name, "/CN=" + names[0][:64], issuer or name, extensions, first, last)
            with open(path + ".pem", encoding="ascii") as stream:
                chain = stream.read() + (self.authority(issuer) if issuer else "")
            with open(path + "-chain.pem", "w", encoding="ascii") as stream:
                stream.write(chain)
        return path + "-chain.pem", path + ".key"


def _mount(path, over):
    subprocess.run(["mount", "--bind", path, over], check=True, capture_output=True)


class World:
    """with World() as world: world.dns.records[…] = …; world.trust("public", "corporate")"""

    def __enter__(self):
        if not os.environ.get(INSIDE):
            raise RuntimeError("world.enter() first")
        self.folder = tempfile.mkdtemp(prefix="world-", dir="/tmp")
        atexit.register(shutil.rmtree, self.folder, True)
        self.keys = Keys(self.folder)
        files = {"/etc/resolv.conf": "", "/etc/hosts": LOCALHOST,
                 "/etc/nsswitch.conf": "passwd: files\ngroup: files\nhosts: files dns\n", TRUSTED: ""}
        for path, text in files.items():
            own = f"{self.folder}/{os.path.basename(path)}"
            with open(own, "w", encoding="ascii") as stream:
                stream.write(text)
            _mount(own, path)
        self.trust("public")
        self.resolver(RESOLVER)
        self.dns = dns_server.Server(RESOLVER)
        self.dns.start()
        return self

    def __exit__(self, *_):
        self.dns.stop()
        for path in (TRUSTED, "/etc/nsswitch.conf", "/etc/hosts", "/etc/resolv.conf"):
            subprocess.run(["umount", "-l", path], check=False, capture_output=True)

    def _write(self, name, text):
        # the same file: it is what is mounted
        with open(f"{self.folder}/{name}", "r+", encoding="ascii") as stream:
            stream.write(text)
            stream.truncate()

    def trust(self, *authorities):
        """which authorities every program here trusts"""
        self._write("ca-certificates.crt", "".join(self.keys.authority(a) for a in authorities))

    def resolver(self, address):
        """which DNS server programs ask; 10.0.0.53 cannot be reached: no network at all"""
        self._write("resolv.conf", f"nameserver {address}\n")

    def add_hosts(self, lines):
        """what stands in /etc/hosts besides localhost from now on"""
        self._write("hosts", LOCALHOST + lines)

# SPDX-License-Identifier: GPL-3.0-or-later
"""Peers of network probes on loopback addresses: they answer, reset, are silent, speak old TLS only, show bad
certificates; and a proxy that passes on, wants a sign-in or refuses. What they were asked is noted."""
import re
import select
import socket
import ssl
import struct
import threading


def end(sock):
    """also where a thread waits in it"""
    try:
        sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
    sock.close()


NOT_FOUND = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"


class Peer:
    """with Peer("127.0.2.1", {443: "https", 80: "http"}, certificate=(pem, key)) as peer: peer.requests

    https, http: answers 404; bytes: answers these, as http; tls11: as https, with TLS 1.1 alone; open: takes the connection and says nothing (a
    port of a domain controller); mute: as open, where TLS is awaited; reset: takes the connection and breaks it;
    silent: drops what comes, as a firewall does. On a port that is not named it is refused.
    """

    def __init__(self, address, ports, certificate=None):
        self.address, self.ports, self.certificate = address, ports, certificate
        self.requests, self.connections, self.handshakes = [], [], []
        self.sockets, self.held = [], []

    def __enter__(self):
        for port, kind in self.ports.items():
            server = socket.socket()
            server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            server.bind((self.address, port))
            self.sockets.append(server)
            if kind == "silent":
                # The kernel drops what comes once the queue is full, and nobody empties it.
                server.listen(0)
                for _ in range(2):
                    filler = socket.socket()
                    filler.setblocking(False)
                    filler.connect_ex((self.address, port))
                    self.held.append(filler)
                select.select([], self.held[-2:-1], [], 5)
                continue
            server.listen(128)
            threading.Thread(target=self._accept, args=(server, port, kind), daemon=True).start()
        return self

    def __exit__(self, *_):
        for sock in (*self.sockets, *self.held):
            end(sock)

    def _context(self, kind):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        if kind == "tls11":
            context.set_ciphers("ALL:@SECLEVEL=0")
            context.minimum_version = ssl.TLSVersion.TLSv1
            context.maximum_version = ssl.TLSVersion.TLSv1_1
        context.load_cert_chain(*self.certificate)
        return context

    def _accept(self, server, port, kind):
        context = self._context(kind) if kind in ("https", "tls11") else None
        while True:
            try:
                sock, _ = server.accept()
            except OSError:
                return
            self.connections.append(port)
            if kind == "reset":
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                sock.close()
            elif kind in ("open", "mute"):
                self.held.append(sock)
            else:
                answer = kind if isinstance(kind, bytes) else NOT_FOUND
                threading.Thread(target=self._serve, args=(sock, port, context, answer), daemon=True).start()

    def _serve(self, sock, port, context, answer):
        try:
            sock.settimeout(60)
            if context:
                sock = context.wrap_socket(sock, server_side=True)
                self.handshakes.append((port, sock.version()))
            with sock, sock.makefile("rb") as stream:
                while line := stream.readline():
                    request = line.decode("latin-1").split()
                    headers = {}
                    while (line := stream.readline()) not in (b"\r\n", b""):
                        name, _, value = line.decode("latin-1").partition(":")
                        headers[name.lower()] = value.strip()
                    self.requests.append((port, request[0], headers.get("host", ""), request[1]))
                    sock.sendall(answer)
        except (OSError, ssl.SSLError, IndexError):
            pass


class Proxy:
    """an HTTP proxy; pass: connects to where DNS says; 407 and 403: refuses; silent: takes what comes; garbage"""

    def __init__(self, address="127.0.4.1", port=8080, kind="pass"):
        self.where, self.kind = (address, port), kind
        self.url = f"http://{address}:{port}"
        self.requests, self.held = [], []

    def __enter__(self):
        self.server = socket.socket()
        self.server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.server.bind(self.where)
        self.server.listen(128)
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_):
        for sock in (self.server, *self.held):
            end(sock)

    def _accept(self):
        while True:
            try:
                sock, _ = self.server.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(sock,), daemon=True).start()

    @staticmethod
    def _head(sock):
        head = b""
        while b"\r\n\r\n" not in head:
            part = sock.recv(4096)
            if not part:
                return b""
            head += part
        return head

    def _serve(self, sock):
        try:
            with sock:
                sock.settimeout(60)
                while head := self._head(sock):
                    method, target = head.decode("latin-1").split()[:2]
                    self.requests.append((method, target, head.decode("latin-1")))
                    if not self._answer(sock, method, target, head):
                        return
        except (OSError, ValueError):
            pass

    def _answer(self, sock, method, target, head):
        """False: this connection is done"""
        kind = self.kind(target) if callable(self.kind) else self.kind
        if kind == "silent":
            self.held.append(sock.dup())
            return False
        if kind == "garbage":
            sock.sendall(b"SSH-2.0-OpenSSH_9.2p1\r\n")
            return False
        if kind in ("407", "403"):
            extra = 'Proxy-Authenticate: Negotiate\r\nProxy-Authenticate: Basic realm="x"\r\n' if kind == "407" else ""
            sock.sendall(f"HTTP/1.1 {kind} No\r\n{extra}Content-Type: text/html\r\nContent-Length: 2\r\n"
                         "Connection: close\r\n\r\nno".encode())
            return False
        if method == "CONNECT":
            host, _, port = target.rpartition(":")
            request = None
        else:
            found = re.fullmatch(r"http://([^/:]+)(?::(\d+))?(/.*)?", target)
            host, port = found[1], found[2] or "80"
            request = head.replace(target.encode(), (found[3] or "/").encode(), 1)
        try:
            far = socket.create_connection((host, int(port)), 10)
        except OSError:
            sock.sendall(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            return False
        with far:
            if request is None:
                sock.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            else:
                far.sendall(request)
            self._pump(sock, far)
        return False

    @staticmethod
    def _pump(near, far):
        while True:
            ready, _, _ = select.select([near, far], [], [], 60)
            if not ready:
                return
            for sock in ready:
                data = sock.recv(65536)
                if not data:
                    return
                (far if sock is near else near).sendall(data)

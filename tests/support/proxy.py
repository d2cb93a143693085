# SPDX-License-Identifier: GPL-3.0-or-later
"""A man in the middle before a real controller: ends TLS on both sides, counts what is asked, and
lets a test damage the answers one PDU at a time."""
import os
import select
import socket
import ssl
import struct
import tempfile
import threading

import ber
import certificates

WRITES = {0x66: "modify", 0x68: "add", 0x4a: "delete", 0x6c: "rename"}


class Cut(Exception):
    """the fault ends the connection"""


def _end(sock):
    """ends both directions; SSLSocket.shutdown would let another thread read without TLS"""
    try:
        socket.socket.shutdown(sock, socket.SHUT_RDWR)
    except OSError:
        pass


class Safe:
    """a TLS socket that one thread reads while another writes; OpenSSL itself allows only one"""

    def __init__(self, sock):
        self.sock, self.lock = sock, threading.Lock()
        sock.setblocking(False)

    def recv(self, size):
        while True:
            with self.lock:
                try:
                    return self.sock.recv(size)
                except ssl.SSLWantReadError:
                    pass
                except ssl.SSLError:
                    return b""
            # short: closing the socket must not wait for this
            if self.sock.fileno() < 0:
                return b""
            select.select([self.sock], [], [], 0.02)

    def sendall(self, data):
        while data:
            with self.lock:
                try:
                    data = data[self.sock.send(data):]
                    continue
                except (ssl.SSLWantWriteError, ssl.SSLWantReadError):
                    pass
            select.select([], [self.sock], [], 1)


class Proxy:
    """with Proxy("127.1.2.3", 636) as proxy: proxy.fault = …; proxy.uri, proxy.authority

    fault(answer): answer.pdu is one PDU of the server, answer.index its number since reset();
    returns the bytes to send instead, or raises Cut.
    """

    def __init__(self, host, port=636):
        self.upstream = (host, port)
        self.fault = None
        self.reset()

    def reset(self):
        self.requests, self.answers, self.lock = [], [], threading.Lock()

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="proxy-")
        certificates.make_server(self.folder.name, "proxy", "dc1.faulty.test", "127.0.0.1")
        self.authority = self.folder.name + "/ca.pem"
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(self.folder.name + "/proxy.pem", self.folder.name + "/proxy.key")
        self.server = socket.socket()
        self.server.bind(("127.0.0.1", 0))
        self.server.listen(64)
        self.port = self.server.getsockname()[1]
        self.uri = f"ldaps://127.0.0.1:{self.port}"
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.close()
        self.folder.cleanup()

    def _accept(self):
        while True:
            try:
                sock, _ = self.server.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(sock,), daemon=True).start()

    def _serve(self, sock):
        try:
            client = self.context.wrap_socket(sock, server_side=True)
        except (OSError, ssl.SSLError):
            sock.close()
            return
        inner = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        inner.check_hostname, inner.verify_mode = False, ssl.CERT_NONE
        try:
            server = inner.wrap_socket(socket.create_connection(self.upstream))
        except OSError:
            client.close()
            return
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        near, far = Safe(client), Safe(server)
        back = threading.Thread(target=self._answers, args=(far, near), daemon=True)
        back.start()
        try:
            reader = ber.Reader(near)
            while pdu := reader.read():
                self._note(pdu)
                far.sendall(pdu)
        except (OSError, ssl.SSLError, ValueError):
            pass
        _end(server)
        back.join(5)
        server.close()
        try:
            client.close()
        except OSError:
            pass

    def _note(self, pdu):
        number, operation, content, controls = ber.split(pdu)
        request = {"number": number, "operation": operation, "controls": list(controls)}
        if operation == ber.SEARCH:
            fields = ber.elements(content)
            request["base"] = fields[0][1].decode("utf-8", "replace")
            request["scope"] = fields[1][1][0]
            request["filter"] = ber.filter_text(*fields[6])
            request["attributes"] = [a.decode() for _, a in ber.elements(fields[7][1])]
        with self.lock:
            self.requests.append(request)

    def _answers(self, far, near):
        client = near.sock
        try:
            reader = ber.Reader(far)
            while pdu := reader.read():
                answer = Answer(pdu)
                with self.lock:
                    answer.index = len(self.answers)
                    self.answers.append(answer.operation)
                near.sendall(self.fault(answer) if self.fault else pdu)
        except Cut as cut:
            if cut.args == ("reset",):
                client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                os.close(client.detach())
            elif cut.args == ("hang",):
                return
        except (OSError, ssl.SSLError, ValueError, IndexError):
            pass
        _end(client)

    @property
    def searches(self):
        return [r for r in self.requests if r["operation"] == ber.SEARCH]

    @property
    def writes(self):
        return [WRITES[r["operation"]] for r in self.requests if r["operation"] in WRITES]


class Answer:
    def __init__(self, pdu):
        self.pdu, self.index = pdu, 0
        self.number, self.operation, self.content, self.controls = ber.split(pdu)

    def done(self, code, text=""):
        """the same request ended with another result"""
        return ber.message(self.number, ber.result(ber.SEARCH_DONE, code, text))

    @property
    def is_done(self):
        return self.operation == ber.SEARCH_DONE

# SPDX-License-Identifier: GPL-3.0-or-later
"""HTTPS servers that play the sign-in service and Microsoft Graph of every cloud, with their real names. They note
who asked what with which token, and misbehave where a test tells them to."""
import glob
import http.server
import json
import re
import secrets
import socket
import socketserver
import ssl
import threading
import time
import urllib.parse

from cloud_answers import CLIENT, OTHER_TENANT, SYNC, TENANT, Tenant, graph_error, guid, id_token, no_tenant, openid, refusal

LOGINS = ("login.microsoftonline.com", "login.microsoftonline.us", "login.partner.microsoftonline.cn")
GRAPHS = ("graph.microsoft.com", "graph.microsoft.us", "dod-graph.microsoft.us", "microsoftgraph.chinacloudapi.cn")
ELSEWHERE = "elsewhere.test"
LOGIN_ADDRESS, GRAPH_ADDRESS, OTHER_ADDRESS = "127.0.1.1", "127.0.1.2", "127.0.1.3"
GRANT = "urn:ietf:params:oauth:grant-type:device_code"


class Request:
    def __init__(self, method, host, path, token, form):
        self.method, self.host, self.path, self.token, self.form = method, host, path, token, form

    def __repr__(self):
        return f"{self.method} https://{self.host}{self.path}"


def chosen(found, names):
    """what $select leaves"""
    if isinstance(found, list):
        return [chosen(f, names) for f in found]
    return {k: v for k, v in found.items() if k in names or k.startswith("@odata")}


class Fault:
    """what happens to requests whose path holds `part`; `times` of them, then all is well"""

    def __init__(self, part, kind, value=None, times=10**6, method=None):
        self.part, self.kind, self.value, self.times, self.method = part, kind, value, times, method


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, *_):
        pass

    def date_time_string(self, timestamp=None):
        return super().date_time_string((timestamp or time.time()) + self.server.cloud.clock)

    def do_GET(self):
        self.server.cloud.serve(self)

    do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = do_OPTIONS = do_GET

    def send(self, status, body, headers=(), raw=None):
        data = raw if raw is not None else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.send_header("request-id", guid("request"))
        self.send_header("x-ms-request-id", guid("request"))
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)


class Listener(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, address, cloud):
        self.cloud = cloud
        super().__init__(address, Handler)

    def server_bind(self):
        # without asking for its own name
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = self.server_address

    def process_request_thread(self, request, client_address):
        try:
            request.settimeout(60)
            secure = self.cloud.context.wrap_socket(request, server_side=True)
        except (OSError, ssl.SSLError):
            request.close()
            return
        super().process_request_thread(secure, client_address)

    def handle_error(self, request, client_address):
        pass


class Cloud:
    """with Cloud(world) as cloud: cloud.reset(); cloud.tenant.me = guest(); …; cloud.requests"""

    def __init__(self, world):
        self.world = world
        self.names = [*LOGINS, *GRAPHS, ELSEWHERE]
        self.reset()

    def reset(self):
        self.tenant = Tenant()
        # domain -> tenant id, and where that lives
        self.owners = {n: TENANT for n in (*self.tenant.verified, TENANT)}
        self.graph_of = {TENANT: GRAPHS[0], OTHER_TENANT: GRAPHS[0]}
        self.realms = {}
        self.faults = []
        self.page_size = 100
        self.pending, self.slow_downs, self.decision, self.expires_in, self.interval = 0, 0, "accept", 900, 1
        self.token_tenant = TENANT
        self.lifetime = 3600
        self.clock = 0  # seconds that the servers' is ahead
        self.client_known = True
        self.requests, self.leaks = [], []
        mark = secrets.token_hex(8)
        self.device_code, self.refresh_token = f"DEVICE-{mark}-CODE", f"REFRESH-{mark}-TOKEN"
        self.access_tokens = [f"ACCESS-{mark}-TOKEN"]
        self.lock = threading.Lock()
        self.use(self.world.keys.certificate(self.names))
        self.name_them()

    def name_them(self):
        """tells DNS of the servers; everything else is unknown there"""
        dns = self.world.dns
        dns.reset()
        for names, address in ((LOGINS, LOGIN_ADDRESS), (GRAPHS, GRAPH_ADDRESS), ((ELSEWHERE,), OTHER_ADDRESS)):
            for name in names:
                dns.records[name] = {"A": [address]}

    def use(self, files):
        """the certificate they show from now on"""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*files)
        self.context = context

    def __enter__(self):
        self.listeners = [Listener((a, 443), self) for a in (LOGIN_ADDRESS, GRAPH_ADDRESS, OTHER_ADDRESS)]
        for listener in self.listeners:
            threading.Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *_):
        for listener in self.listeners:
            listener.shutdown()
            listener.server_close()

    @property
    def secrets(self):
        """what must never be seen"""
        return [self.device_code, self.refresh_token, *self.access_tokens]

    def asked(self, part):
        return [r for r in self.requests if part in r.path]

    # What comes in

    def serve(self, handler):
        size = int(handler.headers.get("Content-Length") or 0)
        form = dict(urllib.parse.parse_qsl(handler.rfile.read(size).decode("utf-8", "replace")))
        token = (handler.headers.get("Authorization") or "").removeprefix("Bearer ") or None
        host = (handler.headers.get("Host") or "").split(":")[0].lower()
        request = Request(handler.command, host, handler.path, token, form)
        with self.lock:
            self.requests.append(request)
            fault = next((f for f in self.faults if f.part in handler.path and f.times > 0
                          and f.method in (None, handler.command)), None)
            if fault:
                fault.times -= 1
        self._look_for_leaks()
        try:
            if fault is None or self._misbehave(handler, fault):
                self._answer(handler, request)
        except (OSError, ssl.SSLError):
            handler.close_connection = True

    def _look_for_leaks(self):
        """arguments and environment of every program, while a token is in use"""
        for path in glob.glob("/proc/[0-9]*/cmdline") + glob.glob("/proc/[0-9]*/environ"):
            try:
                with open(path, "rb") as stream:
                    text = stream.read().decode("latin-1")
            except OSError:
                continue
            if any(s in text for s in self.secrets):
                self.leaks.append(path)

    def _misbehave(self, handler, fault):
        """True: answer as ever after it"""
        kind, value = fault.kind, fault.value
        if kind == "status":
            code = {401: "InvalidAuthenticationToken", 403: "Authorization_RequestDenied",
                    404: "Request_ResourceNotFound", 429: "TooManyRequests"}.get(value, "ServiceUnavailable")
            handler.send(value, graph_error(code, "Insufficient privileges to complete the operation."
                                            if value == 403 else "Not now."))
        elif kind == "refuse":
            handler.send(value[0], graph_error(value[1], "Not so.") if value[1] else None, raw=None if value[1] else b"")
        elif kind == "retry":
            status, seconds = value
            handler.send(status, graph_error("TooManyRequests", "Too many requests."), [("Retry-After", str(seconds))])
        elif kind == "redirect":
            handler.send(302, {}, [("Location", value)])
        elif kind == "raw":
            handler.send(200, None, raw=value)
        elif kind == "type":
            handler.send(200, value)
        elif kind == "huge":
            handler.send_response(200)
            handler.send_header("Content-Type", "application/json")
            handler.send_header("Content-Length", str(value))
            handler.end_headers()
            handler.wfile.write(b'{"value":"')
            for _ in range(value // 65536):
                handler.wfile.write(b"x" * 65536)
            handler.close_connection = True
        elif kind == "trickle":
            handler.send_response(200)
            handler.send_header("Content-Type", "application/json")
            handler.send_header("Content-Length", "100000")
            handler.end_headers()
            for _ in range(600):
                handler.wfile.write(b" ")
                time.sleep(0.1)
        elif kind == "cut":
            handler.send_response(200)
            handler.send_header("Content-Type", "application/json")
            handler.send_header("Content-Length", "100000")
            handler.end_headers()
            handler.wfile.write(b'{"value":[')
            handler.close_connection = True
        elif kind == "reset":
            handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
            handler.close_connection = True
        elif kind == "hang":
            time.sleep(value)
            handler.close_connection = True
        elif kind == "do":
            value()
            return True
        return False

    def _answer(self, handler, request):
        path, _, query = request.path.partition("?")
        path, query = urllib.parse.unquote(path), dict(urllib.parse.parse_qsl(query))
        if request.host in LOGINS:
            self._login(handler, request, path, query)
        elif request.host in GRAPHS:
            self._graph(handler, request, path, query)
        else:
            handler.send(404, {"error": "not here"})

    # The sign-in service

    def _login(self, handler, request, path, query):
        found = re.fullmatch(r"/([^/]+)/v2\.0/\.well-known/openid-configuration", path)
        if found and request.method == "GET":
            tenant = self.owners.get(found[1].lower())
            if tenant is None:
                handler.send(400, no_tenant(found[1]))
            else:
                handler.send(200, openid(request.host, self.graph_of[tenant], tenant))
        elif path.lower() == "/getuserrealm.srf":
            domain = query.get("login", "").rpartition("@")[2].lower()
            kind = self.realms.get(domain, "Managed" if domain in self.owners else "Unknown")
            answer = {"State": 4 if kind == "Managed" else 3, "UserState": 2, "Login": query.get("login"),
                      "NameSpaceType": kind, "DomainName": domain}
            if kind != "Unknown":
                answer |= {"FederationBrandName": "Contoso Ltd", "CloudInstanceName": "microsoftonline.com",
                           "CloudInstanceIssuerUri": "urn:federation:MicrosoftOnline"}
            if kind == "Federated":
                answer["AuthURL"] = f"https://sts.{domain}/adfs/ls/"
            handler.send(200, answer)
        elif path.endswith("/oauth2/v2.0/devicecode") and request.method == "POST":
            self._device_code(handler, request)
        elif path.endswith("/oauth2/v2.0/token") and request.method == "POST":
            self._token(handler, request)
        else:
            handler.send(404, {"error": "not_found"})

    def _device_code(self, handler, request):
        if request.form.get("client_id") != CLIENT or not self.client_known:
            handler.send(400, refusal("unauthorized_client", 700016, f"Application with identifier "
                                      f"'{request.form.get('client_id')}' was not found in the directory 'Contoso'."))
            return
        handler.send(200, {"user_code": "FQK7P3RTX", "device_code": self.device_code,
                           "verification_uri": "https://microsoft.com/devicelogin", "expires_in": self.expires_in,
                           "interval": self.interval, "message": "To sign in, use a web browser to open the page "
                           "https://microsoft.com/devicelogin and enter the code FQK7P3RTX to authenticate."})

    def _token(self, handler, request):
        form = request.form
        if form.get("grant_type") == "refresh_token":
            if form.get("refresh_token") == self.refresh_token:
                self._give(handler, request)
            else:
                handler.send(400, refusal("invalid_grant", 700082, "The refresh token has expired due to inactivity."))
            return
        if form.get("grant_type") != GRANT or form.get("device_code") != self.device_code:
            handler.send(400, refusal("bad_verification_code", 70020, "The provided value for device_code is not valid."))
        elif self.pending > 0 or self.decision == "never":
            self.pending -= 1
            handler.send(400, refusal("authorization_pending", 70016, "OAuth 2.0 device flow error. Authorization is "
                                      "pending. Continue polling."))
        elif self.slow_downs > 0:
            self.slow_downs -= 1
            handler.send(400, {"error": "slow_down", "error_description": "slower"})
        elif self.decision == "accept":
            self._give(handler, request)
        else:
            error, number = {"decline": ("authorization_declined", 70018), "deny": ("access_denied", 70018),
                             "expire": ("expired_token", 70019), "secret": ("invalid_client", 7000218),
                             "consent": ("invalid_grant", 65001)}[self.decision]
            handler.send(401 if error == "invalid_client" else 400, refusal(error, number, "Refused."))

    def _give(self, handler, request):
        handler.send(200, {"token_type": "Bearer", "scope": request.form.get("scope", ""), "expires_in": self.lifetime,
                           "ext_expires_in": self.lifetime, "access_token": self.access_tokens[-1],
                           "refresh_token": self.refresh_token,
                           "id_token": id_token(self.tenant.me, self.token_tenant, request.host)})

    def renew(self):
        """the access token that was given is no longer good; the next one will be"""
        self.access_tokens.append(f"ACCESS-{secrets.token_hex(8)}-TOKEN")

    # Graph

    def _graph(self, handler, request, path, query):
        if request.token != self.access_tokens[-1]:
            handler.send(401, graph_error("InvalidAuthenticationToken", "Access token has expired or is not yet valid."))
            return
        if request.method != "GET":
            handler.send(405, graph_error("Request_BadRequest", "no"))
            return
        version, _, path = path.strip("/").partition("/")
        found = self._find(version, path, query)
        if found is None:
            handler.send(404, graph_error("Request_ResourceNotFound", f"Resource '{path}' does not exist or one of its "
                                          "queried reference-property objects are not present."))
            return
        if "$select" in query:
            found = chosen(found, query["$select"].split(","))
        context = f"https://{request.host}/{version}/$metadata#{path.split('(')[0]}"
        if isinstance(found, dict):
            handler.send(200, {"@odata.context": context + "/$entity", **found})
            return
        skip = int(query.get("$skiptoken", "0"))
        answer = {"@odata.context": context, "value": found[skip:skip + self.page_size]}
        if skip + self.page_size < len(found):
            answer["@odata.nextLink"] = (f"https://{request.host}{request.path.split('$skiptoken')[0].rstrip('?&')}"
                                         f"{'&' if query.keys() - {'$skiptoken'} else '?'}$skiptoken={skip + self.page_size}")
        handler.send(200, answer)

    def _person(self, text):
        text = text.lower()
        return next((p for p in self.tenant.everybody() if text in (p.id, p.upn.lower())), None)

    def _find(self, version, path, query):
        tenant = self.tenant
        if path == "organization":
            return tenant.organization(version == "beta")
        if version == "beta":
            return None
        if path.startswith("me/") or path == "me":
            path = f"users/{tenant.me.id}" + path[2:]
        found = re.fullmatch(r"users(?:/([^/]+)|\('([^/]+)'\))(/transitiveMemberOf/microsoft\.graph\.(\w+))?", path)
        if found:
            person = self._person(found[1] or found[2])
            if person is None:
                return None
            return {None: person.json, "directoryRole": lambda: tenant.directory_roles(person),
                    "group": lambda: tenant.groups(person)}[found[4]]()
        if path.startswith("roleManagement/directory/"):
            return self._roles(path.rpartition("/")[2], query.get("$filter", ""))
        if path == f"directoryRoles(roleTemplateId='{SYNC}')/members":
            return tenant.sync_members() if tenant.sync_role_active else None
        return {"directory/onPremisesSynchronization": tenant.synchronization, "subscribedSkus": tenant.skus,
                "servicePrincipals": list}.get(path, lambda: None)()

    def _roles(self, what, condition):
        people = self.tenant.everybody()
        rows = {"roleAssignments": [r for p in people for r in self.tenant.assignments(p)],
                "roleEligibilityScheduleInstances": [r for p in people for r in self.tenant.eligibilities(p)]}.get(what)
        if rows is None:
            return None
        wanted = re.findall(r"(principalId|roleDefinitionId) eq '([^']+)'", condition)
        return [r for r in rows if not wanted or any(r[k] == v for k, v in wanted)]

# SPDX-License-Identifier: GPL-3.0-or-later
"""A domain controller of Samba for a test: started from a cached provision, always stopped."""
import atexit
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
TOOL = HERE.parent / "directory" / "ad-dc"
FILETIME_EPOCH = 11644473600


def become_root():
    """Samba needs the usual ports. Who is not root goes on as root of a namespace of its own."""
    if os.geteuid() != 0 and not os.environ.get("PRESYNC_IN_NAMESPACE"):
        os.environ["PRESYNC_IN_NAMESPACE"] = "1"
        os.execvp("unshare", ["unshare", "-Urmn", "sh", "-c", 'ip link set lo up && exec "$@"', "sh",
                              sys.executable, *sys.argv])


def cache():
    folder = pathlib.Path(os.environ.get("PRESYNC_BUILD", tempfile.gettempdir())) / "controllers"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


class Controller:
    """with Controller(schema="2012") as dc: …"""

    def __init__(self, *options, primary=None, **named):
        # short: unix sockets lie below it
        self.folder = tempfile.mkdtemp(prefix="dc-", dir="/tmp")
        self.options = list(options)
        for name, value in named.items():
            self.options += ["--" + name.replace("_", "-"), str(value)]
        self.primary = primary
        self._samdb = None

    def __enter__(self):
        atexit.register(self.stop)
        if self.primary is None:
            # the last of an option given twice counts
            command = [TOOL, "up", self.folder, "--cache", cache(), "--model", "single", *self.options]
        else:
            command = [TOOL, "join", self.folder, self.primary.folder, *self.options]
        done = subprocess.run([str(c) for c in command], capture_output=True, text=True, timeout=180)
        if done.returncode:
            self.stop()
            raise RuntimeError(f"no domain controller: {done.stderr}")
        self.environment = {}
        shown = subprocess.run([TOOL, "env", self.folder], capture_output=True, text=True, check=True)
        for line in shown.stdout.splitlines():
            name, _, value = line.removeprefix("export ").partition("=")
            self.environment[name] = value.split("       #")[0].strip("'")
        self.address = self.environment["AD_ADDR"]
        self.host = self.environment["AD_HOST"]
        self.base = self.environment["AD_BASE_DN"]
        self.config = self.environment["AD_CONFIG_DN"]
        self.schema = self.environment["AD_SCHEMA_DN"]
        self.password = self.environment["AD_PASSWORD"]
        self.administrator = self.environment["AD_ADMIN_UPN"]
        self.authority = self.environment["AD_CA_CERT"]
        self.realm = self.environment["AD_REALM"]
        self.domain = self.environment["AD_DOMAIN"]
        self.ldaps = "ldaps://" + self.address
        self.ldap = "ldap://" + self.address
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self):
        if self.folder and os.path.isdir(self.folder):
            self._samdb = None
            subprocess.run([TOOL, "down", self.folder], capture_output=True, timeout=60)
            shutil.rmtree(self.folder, ignore_errors=True)
        self.folder = None

    # What stands in the database is changed underneath, as the system itself.

    @property
    def samdb(self):
        if self._samdb is None:
            from samba.auth import system_session
            from samba.param import LoadParm
            from samba.samdb import SamDB
            parameters = LoadParm()
            parameters.load(self.environment["AD_SMB_CONF"])
            self._samdb = SamDB(url=self.environment["AD_SAM"], session_info=system_session(),
                                lp=parameters)
        return self._samdb

    def over_ldap(self):
        """a connection as Administrator through the server, so that listeners are told at once"""
        from samba.auth import system_session
        from samba.credentials import Credentials
        from samba.param import LoadParm
        from samba.samdb import SamDB
        parameters = LoadParm()
        parameters.load(self.environment["AD_SMB_CONF"])
        credentials = Credentials()
        credentials.guess(parameters)
        credentials.set_username("Administrator")
        credentials.set_domain(self.domain)
        credentials.set_password(self.password)
        return SamDB(url=self.ldap, session_info=system_session(), credentials=credentials,
                     lp=parameters)

    def set(self, name, database=None, **attributes):
        """replaces attributes of the entry; None removes. Underscores stand for hyphens."""
        import ldb
        database = database or self.samdb
        change = ldb.Message()
        change.dn = ldb.Dn(database, name)
        for key, value in attributes.items():
            key = key.replace("_", "-")
            values = [] if value is None else value if isinstance(value, list) else [value]
            change[key] = ldb.MessageElement([str(v) if not isinstance(v, bytes) else v for v in values],
                                             ldb.FLAG_MOD_REPLACE, key)
        database.modify(change, controls=["relax:0"])

    def add(self, name, database=None, **attributes):
        entry = {"dn": name}
        for key, value in attributes.items():
            entry[key.replace("_", "-")] = value if isinstance(value, (list, bytes)) else str(value)
        (database or self.samdb).add(entry, controls=["relax:0"])

    def delete(self, name, database=None):
        (database or self.samdb).delete(name)

    def search(self, base, expression="(objectClass=*)", scope="base", attributes=None):
        import ldb
        scopes = {"base": ldb.SCOPE_BASE, "one": ldb.SCOPE_ONELEVEL, "sub": ldb.SCOPE_SUBTREE}
        return self.samdb.search(base, scope=scopes[scope], expression=expression, attrs=attributes)

    def add_user(self, name, password="User.Passw0rd1", **attributes):
        self.samdb.newuser(name, password)
        dn = f"CN={name},CN=Users,{self.base}"
        if attributes:
            self.set(dn, **attributes)
        return dn

    def add_computer(self, name, system="Windows Server 2022 Standard", version="10.0 (20348)", **more):
        dn = f"CN={name},CN=Computers,{self.base}"
        self.add(dn, objectClass="computer", sAMAccountName=name + "$",
                 dNSHostName=f"{name.lower()}.{self.realm.lower()}", userAccountControl=4096,
                 operatingSystem=system, operatingSystemVersion=version, **more)
        return dn

    # The KDS containers are not there after provisioning; AD has them from the start.
    @property
    def kds_keys(self):
        return f"CN=Master Root Keys,CN=Group Key Distribution Service,CN=Services,{self.config}"

    def make_kds_containers(self):
        import ldb
        service = self.kds_keys.split(",", 1)[1]
        for name, kind in ((service, "container"), (self.kds_keys, "container")):
            try:
                self.add(name, objectClass=kind)
            except ldb.LdbError as error:
                if error.args[0] != ldb.ERR_ENTRY_ALREADY_EXISTS:
                    raise

    def add_kds_key(self, hours_old, name="11111111-2222-3333-4444-555555555555", database=None):
        import time
        when = int((time.time() - hours_old * 3600 + FILETIME_EPOCH) * 10000000)
        dn = f"CN={name},{self.kds_keys}"
        self.add(dn, database, objectClass="msKds-ProvRootKey", msKds_KDFAlgorithmID="SP800_108_CTR_HMAC",
                 msKds_KDFParam=b"\0" * 30, msKds_SecretAgreementAlgorithmID="DH",
                 msKds_SecretAgreementParam=b"\0" * 12, msKds_PublicKeyLength=2048,
                 msKds_PrivateKeyLength=512, msKds_RootKeyData=b"\1" * 64, msKds_Version=1,
                 msKds_CreateTime=when, msKds_UseStartTime=when,
                 msKds_DomainID=f"CN={self.host.split('.')[0].upper()},OU=Domain Controllers,{self.base}")
        return dn

    def kinit(self, name="Administrator", password=None):
        """a Kerberos ticket in this controller's own cache; returns what a program must be told"""
        environment = {k: self.environment[k] for k in ("KRB5_CONFIG", "KRB5CCNAME", "LDAPSASL_NOCANON")}
        subprocess.run(["kinit", name], input=(password or self.password) + "\n", text=True, check=True,
                       capture_output=True, env={**os.environ, **environment})
        return environment

# SPDX-License-Identifier: GPL-3.0-or-later
"""What the SQL Server of fake-tds.py knows, and its answers to SELECT statements.

The statements are run by SQLite, with tables and functions of SQL Server's names: whatever these do
not know is an error there as it would be here, so a changed query fails the tests.
"""
import re
import sqlite3

COLLATION = "SQL_Latin1_General_CP1_CI_AS"
PROPERTIES = {
    "ProductVersion": "15.0.4430.1", "ProductLevel": "RTM", "ProductUpdateLevel": "CU32",
    "Edition": "Standard Edition (64-bit)", "EngineEdition": 2, "Collation": COLLATION,
    "IsIntegratedSecurityOnly": 0, "IsClustered": 0, "IsHadrEnabled": 0, "InstanceName": None,
    "MachineName": "SQLTEST", "PathSeparator": "\\",
}
DATABASES = (("master", "SIMPLE"), ("tempdb", "SIMPLE"), ("ADSync", "FULL"))
GIGABYTE = 1 << 30


class SqlError(Exception):
    """what SQL Server answers instead of rows"""

    def __init__(self, number, text, severity=16):
        super().__init__(text)
        self.number, self.text, self.severity = number, text, severity


class Profile:
    """one kind of SQL Server"""

    def __init__(self, mode):
        self.mode = mode
        self.properties = dict(PROPERTIES)
        self.sysadmin, self.permission = 1, 1
        self.databases = [list(d) for d in DATABASES]
        self.owner, self.access, self.control, self.db_owner = "sa", 1, 1, 1
        self.mirroring = None
        self.max_memory = 2147483647
        self.tds = 0x74000004
        self.login, self.scheme = "sa", "SQL"
        self.windows_name = None  # who signed in, if not the login's name
        getattr(self, "_" + mode.replace("-", "_"), lambda: None)()

    def _sql2008(self):
        self.tds = 0x730A0003
        self.properties.update(ProductVersion="10.0.6556.0", ProductLevel="SP4", ProductUpdateLevel=None,
                               IsHadrEnabled=None, PathSeparator=None)

    def _advised(self):
        """as everything is advised, for the person who installs"""
        self.properties.update(ProductVersion="16.0.4135.4", ProductUpdateLevel="CU14",
                               Collation="Latin1_General_CI_AS", IsClustered=1)
        self.max_memory = 8192
        self.windows_name = "CONTOSO.HQ\\eadmin"
        del self.databases[-1]

    def _case_sensitive(self):
        self.properties["Collation"] = COLLATION.replace("_CI_", "_CS_")

    def _express(self):
        self.properties.update(Edition="Express Edition (64-bit)", EngineEdition=4, InstanceName="SQLEXPRESS")

    def _azure(self):
        self.properties.update(ProductVersion="12.0.2000.8", Edition="SQL Azure", EngineEdition=5,
                               IsHadrEnabled=None, ProductUpdateLevel=None)
        self.sysadmin = None

    def _linux(self):
        self.properties["PathSeparator"] = "/"

    def _always_on(self):
        self.properties.update(IsHadrEnabled=1, IsClustered=1)
        self.mirroring = "SYNCHRONIZED"
        self.max_memory = 8192

    def _not_sysadmin(self):
        self.sysadmin = self.permission = 0
        self.access = self.control = self.db_owner = 0

    def _no_adsync(self):
        self._not_sysadmin()
        del self.databases[-1]

    def _other_engine(self):
        self.databases.append(["FIMSynchronizationService", "FULL"])

    def _many_databases(self):
        self.databases += [[f"Base{i:04}", "FULL"] for i in range(1000)]

    def _many_adsync(self):
        self.databases += [[f"ADSync{i:04}", "FULL"] for i in range(1000)]

    def _nulls(self):
        self.properties = dict.fromkeys(self.properties)
        self.sysadmin = self.permission = self.owner = self.login = None


def _tables(data, profile):
    for name in ("sys", "adsync"):
        data.execute(f"ATTACH DATABASE ':memory:' AS {name}")
    make = data.execute
    make("CREATE TABLE sys.databases (database_id, name, collation_name, state_desc, compatibility_level,"
         " recovery_model_desc, owner_sid)")
    make("CREATE TABLE sys.master_files (database_id, name, size)")
    make("CREATE TABLE sys.database_mirroring (database_id, mirroring_state_desc)")
    for number, (name, model) in enumerate(profile.databases, 1):
        make("INSERT INTO sys.databases VALUES (?, ?, ?, 'ONLINE', 150, ?, ?)",
             (number, name, profile.properties["Collation"], model, profile.owner))
        make("INSERT INTO sys.master_files VALUES (?, ?, ?)", (number, name, 2 * GIGABYTE // 8192))
        make("INSERT INTO sys.database_mirroring VALUES (?, ?)",
             (number, profile.mirroring if name == "ADSync" else None))
    make("CREATE TABLE sys.dm_os_sys_memory AS SELECT 16777216 AS total_physical_memory_kb")
    make("CREATE TABLE sys.configurations AS SELECT 'max server memory (MB)' AS name, ? AS value_in_use",
         (profile.max_memory,))
    make("CREATE TABLE sys.dm_exec_connections AS SELECT 51 AS session_id, 'TRUE' AS encrypt_option")
    make("CREATE TABLE adsync.database_principals AS SELECT 1 AS principal_id, 'db_owner' AS name, '' AS sid")
    make("INSERT INTO adsync.database_principals VALUES (2, 'dbo', ?)", (profile.login,))
    make("CREATE TABLE adsync.database_role_members (role_principal_id, member_principal_id)")
    if profile.db_owner:
        make("INSERT INTO adsync.database_role_members VALUES (1, 2)")


def _functions(data, profile):
    names = {d[0].lower(): i for i, d in enumerate(profile.databases, 1)}
    properties = {k.lower(): v for k, v in profile.properties.items()}
    connection = {"net_transport": "TCP", "auth_scheme": profile.scheme}

    def permission(securable, kind, _):
        if securable is None:
            return profile.permission
        return profile.control if kind == "DATABASE" and securable.lower() in names else None

    data.create_function("SERVERPROPERTY", 1, lambda n: properties.get(n.lower()))
    data.create_function("IS_SRVROLEMEMBER", 1, lambda role: profile.sysadmin)
    data.create_function("HAS_PERMS_BY_NAME", 3, permission)
    data.create_function("HAS_DBACCESS", 1, lambda n: profile.access if n.lower() in names else None)
    data.create_function("SUSER_SNAME", 0, lambda: profile.windows_name or profile.login)
    data.create_function("SUSER_SNAME", 1, lambda sid: sid)
    data.create_function("SUSER_SID", 0, lambda: profile.login)
    data.create_function("DB_ID", 1, lambda n: names.get(n.lower()))
    data.create_function("CONNECTIONPROPERTY", 1, lambda n: connection.get(n.lower()))


def _swap(value):
    """the same value as another type than it should be"""
    return "seven" if isinstance(value, int) else 7


def answer(statement, profile):
    """(names of the columns, rows), or None if the statement has no result"""
    text = statement.strip().rstrip(";")
    if not text or re.match(r"(SET|USE|IF @@TRANCOUNT|COMMIT|ROLLBACK)\b", text, re.I):
        return None
    if not re.match(r"SELECT\b", text, re.I):
        raise SqlError(102, f"Incorrect syntax near '{text[:60]}'.", 15)
    if not profile.permission and "sys.dm_" in text.lower():
        raise SqlError(300, "VIEW SERVER STATE permission was denied on object 'server', database 'master'.", 14)
    if "ADSync.sys." in text:
        if "ADSync" not in [d[0] for d in profile.databases]:
            raise SqlError(208, "Invalid object name 'ADSync.sys.database_role_members'.")
        if not profile.access:
            raise SqlError(916, f"The server principal \"{profile.login}\" is not able to access the database"
                                " \"ADSync\" under the current security context.", 14)
        text = text.replace("ADSync.sys.", "adsync.")
    data = sqlite3.connect(":memory:")
    _tables(data, profile)
    _functions(data, profile)
    try:
        cursor = data.execute(text.replace("@@SPID", "51"))
        rows = [list(r) for r in cursor.fetchall()]
    except sqlite3.Error as error:
        number = {"no such table": 208, "no such column": 207, "no such function": 195}
        raise SqlError(next((n for t, n in number.items() if t in str(error)), 102), str(error)) from None
    finally:
        data.close()
    names = [c[0] for c in cursor.description]
    if profile.mode == "other-types":
        rows = [[_swap(v) for v in r] for r in rows]
    elif profile.mode == "long-value":
        rows = [["x" * 3000 if isinstance(v, str) else v for v in r] for r in rows]
    elif profile.mode == "hostile-text":
        rows = [["<b>\u202e\x07\n&amp;" if isinstance(v, str) else v for v in r] for r in rows]
    elif profile.mode == "fewer-columns":
        names, rows = names[:-1] or ["x", "y"], [r[:-1] or [1, 2] for r in rows]
    return names, rows

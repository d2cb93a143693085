-- SPDX-License-Identifier: GPL-3.0-or-later
-- Makes a PostgreSQL database answer the SELECTs of presync-sql as a SQL Server does (see queries.c).
-- Run as a superuser, in the database itself.
CREATE SCHEMA sys;
GRANT USAGE ON SCHEMA sys TO public;
CREATE TABLE sys.properties (name text PRIMARY KEY, value text);
INSERT INTO sys.properties VALUES ('productversion', '15.0.4430.1'), ('productlevel', 'RTM'), ('productupdatelevel', 'CU32'),
  ('edition', 'Standard Edition (64-bit)'), ('engineedition', '2'), ('collation', 'SQL_Latin1_General_CP1_CI_AS'),
  ('isintegratedsecurityonly', '0'), ('ishadrenabled', '0'), ('isclustered', '0'), ('machinename', 'SQLTEST'),
  ('pathseparator', '\');
CREATE FUNCTION serverproperty(text) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER
  AS 'SELECT value FROM sys.properties WHERE name = lower($1)';
CREATE FUNCTION is_srvrolemember(text) RETURNS int LANGUAGE sql STABLE
  AS 'SELECT rolsuper::int FROM pg_roles WHERE rolname = current_user';
CREATE FUNCTION has_perms_by_name(text, text, text) RETURNS int LANGUAGE sql STABLE
  AS 'SELECT (rolsuper OR rolcreatedb)::int FROM pg_roles WHERE rolname = current_user';
CREATE FUNCTION has_dbaccess(text) RETURNS int LANGUAGE sql STABLE
  AS 'SELECT has_database_privilege(oid, ''CONNECT'')::int FROM pg_database WHERE datname = $1';
CREATE FUNCTION suser_sname() RETURNS text LANGUAGE sql STABLE AS 'SELECT current_user::text';
CREATE FUNCTION suser_sname(oid) RETURNS text LANGUAGE sql STABLE AS 'SELECT rolname::text FROM pg_roles WHERE oid = $1';
CREATE FUNCTION db_id(text) RETURNS int LANGUAGE sql STABLE
  AS 'SELECT oid::int FROM pg_database WHERE lower(datname) = lower($1)';
CREATE FUNCTION connectionproperty(text) RETURNS text LANGUAGE sql STABLE
  AS $$SELECT CASE lower($1) WHEN 'net_transport' THEN 'TCP' WHEN 'auth_scheme' THEN 'SQL' END$$;
CREATE VIEW sys.databases AS SELECT oid::int AS database_id, datname::varchar(128) AS name,
  'SQL_Latin1_General_CP1_CI_AS'::varchar(128) AS collation_name, 'ONLINE'::varchar(60) AS state_desc,
  150::smallint AS compatibility_level, 'FULL'::varchar(60) AS recovery_model_desc, datdba AS owner_sid
  FROM pg_database WHERE NOT datistemplate;
CREATE VIEW sys.dm_os_sys_memory AS SELECT 16777216::bigint AS total_physical_memory_kb;
CREATE VIEW sys.configurations AS SELECT 'max server memory (MB)'::varchar(35) AS name, 2147483647 AS value_in_use;
CREATE VIEW sys.master_files AS SELECT oid::int AS database_id, (pg_database_size(oid) / 8192)::int AS size FROM pg_database;
CREATE VIEW sys.database_mirroring AS SELECT oid::int AS database_id, NULL::varchar(60) AS mirroring_state_desc FROM pg_database;
GRANT SELECT ON sys.databases, sys.configurations, sys.master_files, sys.database_mirroring TO public;

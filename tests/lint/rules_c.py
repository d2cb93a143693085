# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules on C: layers, banned functions, sizes, form."""
import re
import shutil
import subprocess

from tree import strip_c

MAX_FUNCTION = 80
MAX_FILE = 600

# What each folder of src/ may include, beside itself: the arrows of the design.
CORE = ["base", "facts", "catalogue", "rules", "sources", "assessment"]
LAYERS = {
    "base": [],
    "facts": ["base"],
    "catalogue": ["base", "facts"],
    "rules": ["base", "facts", "catalogue"],
    "sources": ["base", "facts"],
    "assessment": ["base", "facts", "catalogue", "rules", "sources"],
    "store": CORE,
    "report": CORE,
    "cli": CORE + ["store", "report"],
    "app": CORE + ["store", "report"],
}

# Libraries that only some folders may use.
LIBRARIES = [
    (r"(gtk|gdk|gsk)/.*|gtk\.h|adwaita\.h|libadwaita.*", ["src/app/", "tests/"], "GTK and libadwaita"),
    (r"ldap.*\.h|lber.*\.h|sasl/.*", ["src/sources/directory/", "tests/"], "libldap"),
    (r"libsecret/.*", ["src/app/", "tests/"], "libsecret"),
    (r"cairo.*\.h|pango/.*", ["src/report/", "src/app/", "tests/"], "cairo and Pango"),
    (r"sqlite3\.h", ["src/store/", "tests/"], "SQLite"),
    (r"sql.*\.h", ["src/sources/sql/", "src/store/", "tests/"], "ODBC"),
    (r"libsoup/.*", ["src/sources/tenant/", "src/sources/network/", "tests/"], "libsoup"),
    (r"qrencode\.h", ["src/app/", "tests/"], "libqrencode"),
]

BANNED = {
    "atoi": "g_ascii_string_to_signed", "atol": "g_ascii_string_to_signed",
    "atof": "g_ascii_strtod", "strtok": "g_strsplit", "sprintf": "g_strdup_printf",
    "vsprintf": "g_strdup_vprintf", "sscanf": "a parser that tells errors", "gets": "GIO",
    "strcpy": "g_strdup", "strcat": "GString", "system": "GSubprocess", "popen": "GSubprocess",
    "tmpnam": "g_file_open_tmp", "alloca": "g_new", "g_alloca": "g_new", "abort": "g_assert",
    "localtime": "GDateTime", "gmtime": "GDateTime",
}
# Presync never writes to what it checks.
DIRECTORY_WRITES = r"ldap_(?:add|modify|delete|rename|modrdn2?|passwd|txn)[a-z_0-9]*"

# Rules are pure: no clock, file, thread, process, environment or chance.
IMPURE = (r"\b(?:g_get_(?:real|monotonic|current)_time|g_date_time_new_now\w*|g_date_set_time\w*|"
          r"g_thread_\w+|GThread\w*|g_mutex_\w+|g_async_queue_\w+|g_file_\w+|GFile\w*|"
          r"g_(?:input|output)_stream_\w+|g_resources?_\w+|g_subprocess_\w+|g_spawn_\w+|g_getenv|"
          r"getenv|g_random_\w+|g_rand_\w+|fopen|open|time|clock|clock_gettime|g_timeout_\w+|"
          r"g_idle_\w+|g_usleep|g_print|printf|g_task_\w+|g_main_\w+)\s*\(|"
          r"#\s*include\s*<(?:time|unistd|stdio|pthread|fcntl|sys/.*)\.h>|\bGThread\b")


def spdx(tree):
    first = "/* SPDX-License-Identifier: GPL-3.0-or-later */"
    for file in tree.c_files():
        if tree.text(file).split("\n", 1)[0] != first:
            yield file, 1, f"the first line must be {first}"
    for file in tree.scripts("python3") + tree.scripts("bash") + tree.scripts("sh"):
        if "SPDX-License-Identifier: GPL-3.0-or-later" not in "\n".join(tree.text(file).split("\n")[:3]):
            yield file, 1, "the SPDX line is missing at the top"


def pragma_once(tree):
    for file in tree.c_files():
        if file.endswith(".h") and not re.match(r"/\*[^\n]*\n#pragma once\n", tree.text(file)):
            yield file, 2, "the second line must be #pragma once"


def _includes(tree, file):
    for number, line in tree.lines(file):
        match = re.match(r'\s*#\s*include\s*(["<])([^">]+)[">]', line)
        if match:
            yield number, match.group(1) == '"', match.group(2)


def include_layers(tree):
    for file in tree.c_files("src/"):
        layer = file.split("/")[1]
        if layer not in LAYERS:
            yield file, 1, f"src/{layer} is no layer of the design"
            continue
        for number, own, name in _includes(tree, file):
            if not own:
                continue
            other = name.split("/")[0]
            if "/" not in name:
                yield file, number, f'"{name}" must be written from src/: "{layer}/{name}"'
            elif other not in LAYERS:
                yield file, number, f'"{name}" is in no layer of the design'
            elif other != layer and other not in LAYERS[layer]:
                yield file, number, f"{layer} may not know {other}"


def include_libraries(tree):
    for file in tree.c_files():
        for number, own, name in _includes(tree, file):
            for pattern, folders, title in LIBRARIES:
                if not own and re.fullmatch(pattern, name) and not file.startswith(tuple(folders)):
                    yield file, number, f"only {folders[0]} may use {title}"
                    break


def pure_rules(tree):
    for file in tree.c_files("src/rules/"):
        for number, line in enumerate(strip_c(tree.text(file)).split("\n"), 1):
            match = re.search(IMPURE, line)
            if match:
                yield file, number, f"rules are pure: no {match.group().strip(' (')}"


def banned_functions(tree):
    pattern = re.compile(r"(?<![\w.>])(" + "|".join(BANNED) + r")\s*\(")
    for file in tree.c_files():
        for number, line in enumerate(strip_c(tree.text(file)).split("\n"), 1):
            for match in pattern.finditer(line):
                if match.group(1) == "abort" and file.startswith("tests/"):
                    continue
                yield file, number, f"{match.group(1)}: use {BANNED[match.group(1)]}"
            if re.search(r"\bgoto\b", line):
                yield file, number, "goto: use g_autoptr and early returns"


def read_only(tree):
    pattern = re.compile(r"\b" + DIRECTORY_WRITES + r"\s*\(")
    for file in tree.c_files("src/"):
        for number, line in enumerate(strip_c(tree.text(file)).split("\n"), 1):
            match = pattern.search(line)
            if match:
                yield file, number, f"Presync never writes to a directory: {match.group().strip(' (')}"


def functions(text):
    """(name, first line, last line) of each function, of code in this project's form"""
    lines = strip_c(text).split("\n")
    start = name = None
    for number, line in enumerate(lines, 1):
        if line == "{" and start is None:
            above = number - 2
            while above >= 0 and re.match(r"\s", lines[above]):
                above -= 1
            match = re.match(r"(\w+)\s*\(", lines[above]) if above >= 0 else None
            if match and lines[number - 2].rstrip().endswith(")"):
                start, name = above + 1, match.group(1)
        elif line.startswith("}") and start is not None:
            yield name, start, number
            start = None


def function_length(tree):
    for file in tree.c_files():
        for name, first, last in functions(tree.text(file)):
            if last - first + 1 > MAX_FUNCTION:
                yield file, first, f"{name} has {last - first + 1} lines, {MAX_FUNCTION} are allowed"


def file_length(tree):
    for file in tree.c_files() + tree.scripts("python3") + tree.scripts("bash"):
        count = tree.text(file).count("\n")
        if count > MAX_FILE:
            yield file, count, f"{count} lines, {MAX_FILE} are allowed"


def static_prefix(tree):
    for file in tree.c_files("src/"):
        lines = strip_c(tree.text(file)).split("\n")
        for name, first, _ in functions(tree.text(file)):
            static = first >= 2 and re.match(r"static\b", lines[first - 2])
            if static and not name.startswith("presync_") and name != "main":
                yield file, first, f"{name}: static functions carry the class prefix"


def clang_format(tree):
    files = tree.c_files("src/") + tree.c_files("tests/")
    if not files:
        return
    if shutil.which("clang-format") is None:
        yield ".clang-format", 1, "clang-format is not installed"
        return
    result = subprocess.run(["clang-format", "--dry-run", "--ferror-limit=1", *files],
                            cwd=tree.root, capture_output=True, text=True)
    for file, line in re.findall(r"^(\S+?):(\d+):\d+: (?:warning|error):", result.stderr, re.M):
        yield file, int(line), "not as clang-format -i writes it"


RULES = {
    "spdx": spdx,
    "pragma-once": pragma_once,
    "include-layers": include_layers,
    "include-libraries": include_libraries,
    "pure-rules": pure_rules,
    "banned-functions": banned_functions,
    "read-only": read_only,
    "function-length": function_length,
    "file-length": file_length,
    "static-prefix": static_prefix,
    "clang-format": clang_format,
}

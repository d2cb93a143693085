# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules on ui/*.ui: what a screen reader and a translator need."""
import re
import xml.etree.ElementTree as ElementTree
from xml.parsers import expat

BUTTONS = {"GtkButton", "GtkToggleButton", "GtkLinkButton", "GtkMenuButton"}
NAMELESS = {"GtkSearchEntry", "GtkDropDown", "GtkSpinner", "GtkDrawingArea", "GtkPicture",
            "GtkEntry", "GtkPasswordEntry", "GtkTextView", "GtkSwitch", "GtkProgressBar",
            "GtkListView", "GtkColumnView", "GtkLevelBar"}
# Properties and attributes that people read.
TEXTS = {"label", "title", "subtitle", "description", "tooltip-text", "placeholder-text", "heading",
         "body", "secondary-text", "text", "menu-label", "caption", "comments", "alternative-text"}




def parse(text, offset=0):
    """(root, {element: line}); raises expat.ExpatError"""
    lines = {}
    builder = ElementTree.TreeBuilder()
    parser = expat.ParserCreate()

    def start(tag, attributes):
        lines[builder.start(tag, attributes)] = parser.CurrentLineNumber + offset
    parser.StartElementHandler = start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.data
    parser.Parse(text, True)
    return builder.close(), lines


def documents(tree):
    """(file, root, lines, inner) of each .ui file and of each factory written inside one"""
    for file in tree.select(r".*\.ui"):
        try:
            root, lines = parse(tree.text(file))
        except expat.ExpatError:
            continue
        yield file, root, lines, False
        for element in root.iter("property"):
            if element.get("name") == "bytes" and element.text and "<interface" in element.text:
                try:
                    yield (file, *parse(element.text.strip(), lines[element] - 1), True)
                except expat.ExpatError:
                    continue


def ui_form(tree):
    for file in tree.select(r".*\.ui"):
        try:
            parse(tree.text(file))
        except expat.ExpatError as error:
            yield file, error.lineno, f"not well-formed: {error}"


def _property(element, name):
    for child in element.findall("property"):
        if child.get("name", "").replace("_", "-") == name:
            return child
    return None


def _has_text(element, name):
    child = _property(element, name)
    return child is not None and (bool((child.text or "").strip()) or child.get("bind-source"))


def _bound(element, name):
    return any(b.get("name") == name for b in element.findall("binding"))


def _named(element, labelled):
    """has the object a name of its own for a screen reader?"""
    for accessibility in element.findall("accessibility"):
        for child in accessibility:
            if child.get("name") in ("label", "labelled-by") and (child.text or "").strip():
                return True
    if any(_bound(a, "label") for a in element.findall("accessibility")):
        return True
    return element.get("id") in labelled


def _labelled(root):
    """ids that a row or a label names: activatable widgets and mnemonic widgets"""
    found = set()
    for element in root.iter("property"):
        if element.get("name") in ("activatable-widget", "mnemonic-widget"):
            found.add((element.text or "").strip())
    return found


def _unnamed(element, kind, labelled):
    """why a screen reader would have no name for it, or None"""
    if _named(element, labelled):
        return None
    if kind in NAMELESS:
        return f"a {kind} has no name for a screen reader"
    if kind in BUTTONS:
        spoken = _has_text(element, "label") or _bound(element, "label")
        if spoken and _property(element, "icon-name") is None:
            return None
        for child in element.findall("child/object"):
            if any(o.get("class") in ("GtkLabel", "AdwButtonContent")
                   for o in [child, *child.iter("object")]):
                return None
        child = _property(element, "child")
        if child is not None and any(o.get("class") in ("GtkLabel", "AdwButtonContent")
                                     for o in child.iter("object")):
            return None
        return f"this {kind} shows only an icon and has no name for a screen reader"
    return None


def ui_names(tree):
    for file, root, lines, _ in documents(tree):
        labelled = _labelled(root)
        for element in root.iter():
            if element.tag == "object":
                kind = element.get("class", "")
            elif element.tag == "template":
                kind = element.get("parent") or ""
            else:
                continue
            problem = _unnamed(element, kind, labelled)
            if problem:
                yield file, lines[element], problem + ": add <accessibility><property name=\"label\">"


def _is_text(element):
    if element.tag == "property" and element.get("name", "").replace("_", "-") in TEXTS:
        return True
    if element.tag == "attribute" and element.get("name") == "label":
        return True
    return False


def ui_translatable(tree):
    for file, root, lines, inner in documents(tree):
        for element in root.iter():
            items = element.findall("item") if element.tag == "items" else []
            for candidate in ([element] if _is_text(element) else []) + items:
                text = (candidate.text or "").strip()
                if not re.search(r"[^\W\d_]{2}", text) or candidate.get("bind-source"):
                    continue
                if inner:
                    yield (file, lines[candidate], f'"{text}" stands in a CDATA section, where '
                           "gettext does not find it")
                elif candidate.get("translatable") != "yes":
                    yield file, lines[candidate], f'"{text}" is not translatable'


RULES = {
    "ui-form": ui_form,
    "ui-names": ui_names,
    "ui-translatable": ui_translatable,
}

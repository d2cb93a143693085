# SPDX-License-Identifier: GPL-3.0-or-later
"""Exports as a person makes them: the report through its dialog, files through GTK's chooser."""
import os
import subprocess


def fill_chooser(program, title, path):
    """names the file in the chooser of this title; returns its button Save"""
    import atspi
    chooser = program.dialog(title)
    name = program.wait(lambda: next((n for n in program.all("text", under=chooser)
                                      if n.get_editable_text_iface()), None), "the file's name")
    program.write(name, path)
    return program.wait(lambda: next((n for n in program.all("push button", under=chooser)
                                      if "Save" in atspi.name_of(n)), None), "Save")


def name_file(program, title, path):
    """names the file in the chooser of this title, and presses Save"""
    program.press(fill_chooser(program, title, path))


def open_dialog(program):
    """the export dialog, with its preview made"""
    program.press(program.find("push button", "Export report"))
    dialog = program.dialog("Export Report")
    program.find("image", part="Page 1 of ", under=dialog, patience=20)
    return dialog


def save(program, dialog, path):
    """the text of the PDF, saved from the export dialog, which closes"""
    program.press(program.find("push button", "Save as PDF", under=dialog))
    name_file(program, "Save Report", path)
    program.dialog_gone("Export Report")
    program.wait(lambda: os.path.exists(path), "the report")
    return read(path)


def read(path):
    """what stands in a PDF; pages end with a form feed"""
    return subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout


def report(program, path):
    """the text of the report, made as a person makes it"""
    return save(program, open_dialog(program), path)

"""Rules about files together. Such a rule takes {path: text} and yields (path, line, message)."""

import fnmatch
import posixpath
import re

from rules import is_cpp


def package_of(path, files):
    """The folder of the nearest BUILD file above `path`, or None."""
    folder = posixpath.dirname(path)
    while True:
        if posixpath.join(folder, "BUILD.bazel") in files:
            return folder
        if not folder:
            return None
        folder = posixpath.dirname(folder)


def no_dead_files(files):
    """A source that no target names is neither compiled nor tested."""
    for path in files:
        if not is_cpp(path):
            continue
        package = package_of(path, files)
        if package is None:
            yield path, 0, "no BUILD.bazel above it"
            continue
        build = files[posixpath.join(package, "BUILD.bazel")]
        name = posixpath.relpath(path, package or ".")
        stem = posixpath.splitext(name)[0]
        strings = re.findall(r'"([^"\n]+)"', build)
        # A pattern of a glob, a file, or the name that a macro or a comprehension completes.
        if not any(s in (name, stem) or "*" in s and fnmatch.fnmatch(name, s) for s in strings):
            yield path, 0, f"no target of //{package} names it: add it to one, or delete it"


def readme_names_the_commands(files):
    readme = files.get("README.md", "")
    for command in ("./demo", "./check"):
        if command not in readme:
            yield "README.md", 0, f"does not name {command}"


def readme_names_the_folders(files):
    readme = files.get("README.md", "")
    folders = {path.split("/")[0] for path in files if "/" in path}
    for folder in sorted(folders):
        if not folder.startswith(".") and f"`{folder}/" not in readme:
            yield "README.md", 0, f"does not say what {folder}/ is for"


def links_lead_somewhere(files):
    folders = {posixpath.dirname(path) for path in files}
    folders |= {posixpath.dirname(folder) for folder in folders}
    for path, text in files.items():
        if not path.endswith(".md"):
            continue
        for number, line in enumerate(text.splitlines(), 1):
            for target in re.findall(r"\]\(([^)\s]+)\)", line):
                target = target.split("#")[0]
                if not target or "://" in target or target.startswith("mailto:"):
                    continue
                goal = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
                if goal not in files and goal not in folders:
                    yield path, number, f"{target} does not exist"


ALL = (
    no_dead_files,
    readme_names_the_commands,
    readme_names_the_folders,
    links_lead_somewhere,
)

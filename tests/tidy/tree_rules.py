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
        # A file, the name that a macro or a comprehension completes, or a pattern of a glob.
        named = any(s in (name, stem) or name.startswith(s) and name[len(s):] in strings
                    or "*" in s and fnmatch.fnmatch(name, s) for s in strings)
        if not named:
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


def quotes_are_current(files):
    """A code block below a comment `quote: PATH` stands word for word in that file."""
    marker = r"<!-- quote: (\S+) -->\n```\w*\n(.*?)```"
    for path, text in files.items():
        if not path.endswith(".md"):
            continue
        for match in re.finditer(marker, text, re.DOTALL):
            if match[2].strip() not in files.get(match[1], ""):
                line = text.count("\n", 0, match.start()) + 1
                yield path, line, f"this is not what {match[1]} holds"


def labels_exist(files):
    """A target that a document names as evidence is there."""
    for path, text in files.items():
        if not path.endswith(".md"):
            continue
        for number, line in enumerate(text.splitlines(), 1):
            for package, target in re.findall(r"(?<![\w/:])//([a-z][\w/]*):([\w.]+)", line):
                if target.isupper():
                    continue  # NAME stands for any of them
                build = files.get(posixpath.join(package, "BUILD.bazel"), "")
                if not build:
                    yield path, number, f"//{package}:{target}: no such package"
                elif target != "all" and f'"{target}"' not in build:
                    yield path, number, f"//{package}:{target}: no such target"


ALL = (
    no_dead_files,
    readme_names_the_commands,
    readme_names_the_folders,
    links_lead_somewhere,
    quotes_are_current,
    labels_exist,
)

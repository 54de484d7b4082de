"""What a WORKSPACE needs beside Wyn itself, offline: this one, and examples/outside/WORKSPACE."""

load("//bazel:optional.bzl", "optional_machines", "optional_peers", "optional_relacy")

def wyn_repositories(wyn):
    """Declares the repositories that Wyn's BUILD files name and that do not exist yet.

    Args:
      wyn: the path of Wyn's checkout, as in the local_repository rule of the name "wyn".
    """
    folders = {
        "rules_cc": wyn + "/bazel/repos/rules_cc",
        "rules_shell": wyn + "/bazel/repos/rules_shell",
        "remote_coverage_tools": wyn + "/bazel/repos/coverage_tools",
        # Bazel 4.2 wants these to exist; they come with Debian's package of it.
        "rules_java": "/usr/share/bazel/rules/java",
        "rules_proto": "/usr/share/bazel/rules/proto",
        "bazel_skylib": "/usr/share/bazel/tools/skylib",
        "platforms": "/usr/share/bazel/tools/platforms",
    }
    for name, path in folders.items():
        if not native.existing_rule(name):
            native.local_repository(name = name, path = path)
    if not native.existing_rule("system"):
        native.new_local_repository(
            name = "system",
            build_file = "@wyn//bazel/repos:system.BUILD",
            path = "/usr",
        )
    if not native.existing_rule("relacy"):
        optional_relacy(name = "relacy")
    if not native.existing_rule("peers"):
        optional_peers(name = "peers")
    if not native.existing_rule("machines"):
        optional_machines(name = "machines")

"""Programs that may not be there: the benchmark names them as absent, with the reason."""

load("@rules_cc//cc:cc_binary.bzl", "cc_binary")

def cc_peer(name, present = True, why_absent = "", copts = [], deps = [], **kwargs):
    """A peer in C++: the program `name`, or else the file `name`.absent with the reason.

    Args:
      name: the program.
      present: whether this machine has what it needs.
      why_absent: what is missing, and the package that has it.
      copts: added to -O3.
      deps: added to the frame of all peers.
      **kwargs: passed to cc_binary.
    """
    if present:
        cc_binary(name = name, copts = ["-O3"] + copts, deps = [":peer"] + deps, **kwargs)
    else:
        native.genrule(
            name = name,
            outs = [name + ".absent"],
            cmd = "echo '%s' > $@" % why_absent,
        )

def built_peer(name, tool, script, srcs, **kwargs):
    """A peer that another language's tools build. If they are absent or fail, so is the peer.

    Args:
      name: the program; `name`.absent says why it is empty, and is empty itself otherwise.
      tool: path of the tool, or "" when this machine has none.
      script: called with the tool, `srcs`, the program and the file for the reason.
      srcs: files.
      **kwargs: passed to genrule.
    """
    native.genrule(
        name = name + "_build",
        srcs = srcs,
        outs = [
            name,
            name + ".absent",
        ],
        cmd = " ".join(
            ["$(location %s)" % script, "'%s'" % tool] +
            ["$(location %s)" % s for s in srcs] +
            ["$(location %s)" % name, "$(location %s.absent)" % name],
        ),
        exec_tools = [script],
        **kwargs
    )

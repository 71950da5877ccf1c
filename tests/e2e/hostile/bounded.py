# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a program that must stay within bounds: bounded.py SECONDS MIB COMMAND...

Its exit status is that of the program, 124 when it needs more time than that
(of a processor, or twenty times as much by the clock), 125 when it holds more
memory at once, 128 and the number when a signal ends it.  What it took is the
last line on stderr.  Where BOUNDED_SLACK is set, as under sanitizers, both may
be as many times as much, and only what is really used counts as memory.
"""

import os
import resource
import signal
import subprocess
import sys

MIB = 1 << 20


def main():
    slack = int(os.environ.get("BOUNDED_SLACK", "1"))
    seconds, mib = float(sys.argv[1]) * slack, int(sys.argv[2]) * slack

    def limit():
        cpu = int(seconds) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu + 2))
        if slack == 1:
            # Libraries, stacks of threads and the like are address space, too.
            room = (mib + 512) * MIB
            resource.setrlimit(resource.RLIMIT_AS, (room, room))
        os.setpgid(0, 0)

    late = False
    child = subprocess.Popen(sys.argv[3:], preexec_fn=limit)

    def kill(*_):
        nonlocal late
        late = True
        os.killpg(child.pid, signal.SIGKILL)

    signal.signal(signal.SIGALRM, kill)
    signal.alarm(int(seconds * 20) + 1)
    _, status, used = os.wait4(child.pid, 0)
    signal.alarm(0)
    cpu, rss = used.ru_utime + used.ru_stime, used.ru_maxrss // 1024
    print("bounded: %.2f s, %d MiB" % (cpu, rss), file=sys.stderr)
    if late or cpu > seconds:
        return 124
    if os.WIFSIGNALED(status):
        return 128 + os.WTERMSIG(status)
    return 125 if rss > mib else os.WEXITSTATUS(status)


sys.exit(main())

"""``python on_cpus.py 1,2 COMMAND ...`` becomes COMMAND, held to those CPUs."""

import os
import sys

os.sched_setaffinity(0, {int(cpu) for cpu in sys.argv[1].split(",")})
os.execv(sys.argv[2], sys.argv[2:])

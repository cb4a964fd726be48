"""Opens connections to port 80 of this network's loopback, each with the beginning of a request, and keeps them: hold.py NUMBER SECONDS BEGINNING"""
import resource
import socket
import sys
import time

number, seconds, beginning = int(sys.argv[1]), float(sys.argv[2]), sys.argv[3].encode().decode("unicode_escape").encode()
hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
end = time.monotonic() + seconds
kept = []
while len(kept) < number and time.monotonic() < end:
    connection = socket.socket()
    connection.settimeout(5)
    try:
        connection.connect(("127.0.0.1", 80))
        connection.sendall(beginning)
    except OSError:
        pass
    kept.append(connection)
time.sleep(max(0, end - time.monotonic()))
print(len(kept))

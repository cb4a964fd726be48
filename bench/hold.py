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

# One address of the loopback has some 28,000 ports for connections to one port; a search among used ones takes the kernel ever longer.
PER_ADDRESS = 20_000
while len(kept) < number and time.monotonic() < end:
    connection = socket.socket()
    connection.settimeout(5)
    # The port is chosen when it connects, so that other sockets may use the same one.
    connection.setsockopt(socket.IPPROTO_IP, socket.IP_BIND_ADDRESS_NO_PORT, 1)
    connection.bind((f"127.0.0.{1 + len(kept) // PER_ADDRESS}", 0))
    try:
        connection.connect(("127.0.0.1", 80))
        connection.sendall(beginning)
    except OSError:
        pass
    kept.append(connection)
time.sleep(max(0, end - time.monotonic()))
print(len(kept))

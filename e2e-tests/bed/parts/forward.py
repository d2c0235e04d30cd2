"""forward.py NAMESPACE FOLDER NAME:PORT...: what connects to 127.0.0.1:PORT here is connected to 127.0.0.1:PORT in the network namespace.

A port that is taken is replaced by a free one. FOLDER/NAME.port has the port, and is there once nobody else can take it.
"""
import asyncio
import ctypes
import os
import socket
import sys


async def copy(reader, writer):
    try:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
        writer.write_eof()
    except OSError:
        writer.close()


def forward_to(port):
    async def accepted(reader, writer):
        try:
            there, back = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            writer.close()
            return
        await asyncio.gather(copy(reader, back), copy(there, writer))
        back.close()
        writer.close()

    return accepted


async def serve(sockets):
    servers = [await asyncio.start_server(forward_to(s.getsockname()[1]), sock=s) for s in sockets]
    await asyncio.gather(*(s.serve_forever() for s in servers))


def listen(folder, name, port):
    try:
        it = socket.create_server(("127.0.0.1", port), backlog=128)
    except OSError:
        it = socket.create_server(("127.0.0.1", 0), backlog=128)
    file = os.path.join(folder, name + ".port")
    with open(file + ".new", "w") as new:
        new.write(str(it.getsockname()[1]))
    os.rename(file + ".new", file)
    return it


listening = []
for wish in sys.argv[3:]:
    name, port = wish.split(":")
    listening.append(listen(sys.argv[2], name, int(port)))
with open(sys.argv[1]) as namespace:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.setns(namespace.fileno(), 0x40000000):  # CLONE_NEWNET: every socket made from here on is in there
        sys.exit(f"setns: errno {ctypes.get_errno()}")
asyncio.run(serve(listening))

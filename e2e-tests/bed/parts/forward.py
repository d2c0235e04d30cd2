"""forward.py NAMESPACE PORT...: what connects to 127.0.0.1:PORT here is connected to 127.0.0.1:PORT in the network namespace."""
import asyncio
import ctypes
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


listening = [socket.create_server(("127.0.0.1", int(port)), backlog=128) for port in sys.argv[2:]]
with open(sys.argv[1]) as namespace:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.setns(namespace.fileno(), 0x40000000):  # CLONE_NEWNET: every socket made from here on is in there
        sys.exit(f"setns: errno {ctypes.get_errno()}")
asyncio.run(serve(listening))

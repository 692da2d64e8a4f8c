"""A mail server that takes everything and keeps nothing but the first message: as fast as Python lets it be.

python sink.py FILE: prints its port, writes the first message into FILE, and answers `COUNT` with how many it took.
"""
import asyncio
import sys

EXTENSIONS = b"250-sink.example\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250-PIPELINING\r\n250 SIZE 50000000\r\n"


class Sink(asyncio.Protocol):
    taken = 0

    def connection_made(self, transport):
        self.transport, self.buffer, self.in_data = transport, b"", False
        transport.write(b"220 sink.example ESMTP\r\n")

    def data_received(self, data):
        self.buffer += data
        while True:
            if self.in_data:
                end = self.buffer.find(b"\r\n.\r\n")
                if end < 0:
                    return
                if Sink.taken == 0:
                    with open(sys.argv[1], "wb") as file:
                        file.write(self.buffer[: end + 2])
                self.buffer, self.in_data = self.buffer[end + 5:], False
                Sink.taken += 1
                self.transport.write(b"250 2.0.0 taken\r\n")
                continue
            line, found, rest = self.buffer.partition(b"\r\n")
            if not found:
                return
            self.buffer = rest
            word = line[:4].upper()
            if word == b"EHLO":
                self.transport.write(EXTENSIONS)
            elif word == b"DATA":
                self.in_data = True
                self.transport.write(b"354 go on\r\n")
            elif word == b"QUIT":
                self.transport.write(b"221 bye\r\n")
                self.transport.close()
            elif word == b"COUN":
                self.transport.write(b"250 %d\r\n" % Sink.taken)
            else:
                self.transport.write(b"250 2.1.0 fine\r\n")


async def main():
    server = await asyncio.get_running_loop().create_server(Sink, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())

"""A small proxy that puts Odoo's two ports behind one address.

For trying out and testing worker processes on one machine; production has
nginx in its place (config/nginx).
"""

import asyncio
import contextlib
import threading

HEAD_LIMIT = 64 * 1024


class Proxy:
    """Listens at `port`; live-channel requests go to `live`, others to `main`."""

    def __init__(self, host, port, main, live):
        self.host = host
        self.port = port
        self.main = main
        self.live = live
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._server = None
        # the loop itself only holds its tasks weakly
        self._serving = set()

    def start(self):
        """Begin to listen. Raises OSError when the port is taken."""
        self._thread.start()
        listening = asyncio.start_server(
            self._serve, self.host, self.port, limit=HEAD_LIMIT, backlog=512
        )
        self._server = self._do(listening)

    def stop(self):
        """Stop listening and drop what is open."""
        if self._thread.is_alive():
            self._do(self._drop_all())
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()
        self._loop.close()

    def _do(self, work):
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    async def _drop_all(self):
        if self._server:
            self._server.close()
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _serve(self, reader, writer):
        task = asyncio.current_task()
        self._serving.add(task)
        task.add_done_callback(self._serving.discard)
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            live = head.split(b" ", 2)[1].startswith(b"/websocket")
            port = self.live if live else self.main
            inner_reader, inner_writer = await _connect(port)
        except (OSError, ValueError, IndexError, EOFError, asyncio.LimitOverrunError):
            writer.close()
            return
        peer = writer.get_extra_info("peername")[0]
        inner_writer.write(rewrite(head, peer, keep_open=live))
        upward = asyncio.create_task(_copy(reader, inner_writer))
        try:
            await _copy(inner_reader, writer)
        except asyncio.CancelledError:
            pass  # the proxy is being stopped, and this task with it
        finally:
            upward.cancel()
            inner_writer.close()
            writer.close()


def rewrite(head, peer, keep_open):
    """The head of a request as Odoo behind a proxy wants it.

    Without `keep_open` the connection is closed after one answer, so that the
    next request is looked at again.
    """
    request, *lines = head[:-4].split(b"\r\n")
    dropped = [b"x-forwarded-for", b"x-forwarded-host", b"x-forwarded-proto"]
    if not keep_open:
        dropped += [b"connection", b"keep-alive"]
        lines.append(b"Connection: close")
    host = b""
    kept = []
    for line in lines:
        name, _, value = line.partition(b":")
        if name.lower() == b"host":
            host = value.strip()
        if name.lower() not in dropped or line == b"Connection: close":
            kept.append(line)
    kept += [
        b"X-Forwarded-For: " + peer.encode(),
        b"X-Forwarded-Host: " + host,
        b"X-Forwarded-Proto: http",
    ]
    return b"\r\n".join([request, *kept]) + b"\r\n\r\n"


async def _connect(port, attempts=100):
    for attempt in range(attempts):
        try:
            return await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            if attempt == attempts - 1:
                raise
            await asyncio.sleep(0.1)


async def _copy(reader, writer):
    with contextlib.suppress(OSError):
        while chunk := await reader.read(64 * 1024):
            writer.write(chunk)
            await writer.drain()
        if writer.can_write_eof():
            writer.write_eof()

import socket
import socketserver
import threading
import unittest
from pathlib import Path

from office.errors import OfficeError
from office.instance import is_running, only_instance
from office.layout import Layout
from office.network import answers, free_port, is_free
from office.postgres import memory_options
from office.proxy import Proxy, rewrite
from office.server import check_name, named_server, quote
from office.serving import require_port

from .support import folder


class TestNamedServer(unittest.TestCase):
    def test_address(self):
        server = named_server(
            "postgresql://odoo:p%40ss@db.example:6432/postgres?sslmode=require",
            Path("bin"),
        )
        self.assertEqual(
            (server.host, server.port, server.user, server.password, server.sslmode),
            ("db.example", 6432, "odoo", "p@ss", "require"),
        )
        self.assertFalse(server.embedded)

    def test_socket_folder(self):
        server = named_server("postgresql://odoo@/postgres?host=/run/pg", Path("bin"))
        self.assertEqual((server.host, server.port), ("/run/pg", 5432))

    def test_refused(self):
        for url in ("mysql://a@b/c", "postgresql://b/c", "postgresql://postgres@b/c"):
            with self.subTest(url), self.assertRaises(OfficeError):
                named_server(url, Path("bin"))

    def test_names_and_texts(self):
        check_name("party_office-2")
        for name in ("", "Big", "a b", 'a"b', "2a", "a" * 64):
            with self.subTest(name), self.assertRaises(OfficeError):
                check_name(name)
        self.assertEqual(quote("O'Neil"), "'O''Neil'")

    def test_memory_fits_the_machine(self):
        size = int(memory_options()["shared_buffers"].removesuffix("MB"))
        self.assertTrue(64 <= size <= 1024)


class TestInstance(unittest.TestCase):
    def test_a_second_one_is_told_about_the_first(self):
        layout = Layout(folder(self), folder(self))
        facts = {"url": "http://localhost:1", "database": "db"}
        self.assertFalse(is_running(layout))
        with only_instance(layout, **facts):
            self.assertTrue(is_running(layout))
            with (
                self.assertRaisesRegex(OfficeError, "localhost:1 .database db"),
                only_instance(layout, **facts),
            ):
                self.fail("two at once")
        self.assertFalse(is_running(layout))

    def test_taken_port(self):
        with socket.socket() as other:
            other.bind(("127.0.0.1", 0))
            other.listen()
            port = other.getsockname()[1]
            self.assertFalse(is_free(port))
            with self.assertRaisesRegex(OfficeError, f"Port {port} is taken"):
                require_port("127.0.0.1", port)
        self.assertTrue(is_free(port))


class TestProxy(unittest.TestCase):
    def test_headers(self):
        head = (
            b"GET /a HTTP/1.1\r\nHost: office:1\r\nConnection: keep-alive\r\n"
            b"X-Forwarded-For: 6.6.6.6\r\nCookie: a=b\r\n\r\n"
        )
        self.assertEqual(
            rewrite(head, "10.0.0.1", keep_open=False),
            b"GET /a HTTP/1.1\r\nHost: office:1\r\nCookie: a=b\r\nConnection: close\r\n"
            b"X-Forwarded-For: 10.0.0.1\r\nX-Forwarded-Host: office:1\r\n"
            b"X-Forwarded-Proto: http\r\n\r\n",
        )
        self.assertIn(b"keep-alive", rewrite(head, "10.0.0.1", keep_open=True))

    def test_two_ports_behind_one(self):
        main, live, port = free_port(), free_port(), free_port()
        for number, text in ((main, b"main"), (live, b"live")):
            inner = socketserver.ThreadingTCPServer(
                ("127.0.0.1", number), _answer(text)
            )
            threading.Thread(target=inner.serve_forever).start()
            self.addCleanup(inner.server_close)
            self.addCleanup(inner.shutdown)
        proxy = Proxy("127.0.0.1", port, main, live)
        proxy.start()
        self.addCleanup(proxy.stop)
        self.assertEqual(_get(port, "/web"), b"main")
        self.assertEqual(_get(port, "/websocket?x=1"), b"live")
        self.assertTrue(answers(f"http://127.0.0.1:{port}/web"))


def _answer(text):
    class Answer(socketserver.StreamRequestHandler):
        def handle(self):
            while self.rfile.readline().strip():
                pass
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n" + text)

    return Answer


def _get(port, path):
    with socket.create_connection(("127.0.0.1", port), timeout=10) as client:
        client.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        received = b""
        while chunk := client.recv(4096):
            received += chunk
    return received.rpartition(b"\r\n\r\n")[2]

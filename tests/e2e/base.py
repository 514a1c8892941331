"""A real browser against a real server; `./office test` starts both.

The environment names them: OFFICE_E2E_URL, OFFICE_E2E_DB, OFFICE_CHROMIUM and
OFFICE_SCREENSHOTS.
"""

import json
import os
import unittest
import urllib.error
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path

from playwright.sync_api import sync_playwright

URL = os.environ.get("OFFICE_E2E_URL", "http://127.0.0.1:8069").rstrip("/")
DATABASE = os.environ.get("OFFICE_E2E_DB", "party_office")
PASSWORD = os.environ.get("OFFICE_E2E_PASSWORD", "demo2026")
SCREENSHOTS = Path(os.environ.get("OFFICE_SCREENSHOTS", "screenshots"))
DESK = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
TIMEOUT = 30_000

#: Debian's package leaves out this file of a video effect; nothing else may fail
KNOWN_ASSET_ERROR = "selfie_segmentation"


class RpcError(Exception):
    """What the server answered instead of a result; ``str()`` is its message."""


class Session:
    """One user over JSON-RPC, as any other client would talk to the server."""

    def __init__(self, login, password=PASSWORD):
        self.opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(CookieJar())
        )
        self.uid = self._post(
            "/web/session/authenticate",
            {"db": DATABASE, "login": login, "password": password},
        )["uid"]

    def _post(self, path, params):
        request = urllib.request.Request(
            URL + path,
            data=json.dumps({"jsonrpc": "2.0", "params": params}).encode(),
            headers={"Content-Type": "application/json"},
        )
        with self.opener.open(request, timeout=60) as response:
            answer = json.load(response)
        if "error" in answer:
            raise RpcError(answer["error"]["data"]["message"])
        return answer["result"]

    def call(self, model, method, *args, **kwargs):
        return self._post(
            f"/web/dataset/call_kw/{model}/{method}",
            {"model": model, "method": method, "args": args, "kwargs": kwargs},
        )

    def get(self, path):
        """Return the HTTP status of a page."""
        try:
            with self.opener.open(URL + path, timeout=60) as response:
                return response.status
        except urllib.error.HTTPError as error:
            return error.code


class BrowserCase(unittest.TestCase):
    """Opens pages as a user, keeps what the console complains about, takes pictures."""

    @classmethod
    def setUpClass(cls):
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        cls.playwright = sync_playwright().start()
        cls.addClassCleanup(cls.playwright.stop)
        cls.browser = cls.playwright.chromium.launch(
            executable_path=os.environ.get("OFFICE_CHROMIUM", "/usr/bin/chromium"),
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
            ],
        )
        cls.addClassCleanup(cls.browser.close)

    def setUp(self):
        self.complaints = []

    def open_as(self, login, size=DESK):
        """Log in on the login page, as a person does, and return the page."""
        context = self.browser.new_context(
            viewport=size,
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            has_touch=size is PHONE,
            is_mobile=size is PHONE,
        )
        self.addCleanup(context.close)
        page = context.new_page()
        page.set_default_timeout(TIMEOUT)
        page.on("console", lambda message: self._note(message.type, message.text))
        page.on("pageerror", lambda error: self._note("error", str(error)))
        page.goto(f"{URL}/web/login?db={DATABASE}")
        page.fill("input[name=login]", login)
        page.fill("input[name=password]", PASSWORD)
        page.click(".oe_login_form button[type=submit]")
        page.wait_for_selector(".o_web_client .o_main_navbar")
        return page

    def _note(self, kind, text):
        if kind == "error" and KNOWN_ASSET_ERROR not in text:
            self.complaints.append(text)

    def go(self, page, path):
        """Open an action by its path and wait until it is drawn."""
        page.goto(f"{URL}/odoo/{path}")
        self.settle(page)

    def settle(self, page):
        """Wait until the view is drawn and nothing loads any more."""
        page.wait_for_selector(
            ".o_action_manager .o_view_controller :is(.o_renderer, .o_form_renderer,"
            " .o_kanban_renderer, .o_list_renderer, .o_graph_renderer, .o_pivot)"
        )
        page.wait_for_selector(".o_loading_indicator", state="detached")
        # what is drawn after the last answer
        page.wait_for_timeout(300)

    def picture(self, page, name):
        page.screenshot(path=str(SCREENSHOTS / f"{name}.png"))

    def assert_no_complaint(self):
        self.assertEqual(self.complaints, [], "the browser's console complains")

    def assert_fits(self, page):
        """The page does not scroll sideways."""
        wider = page.evaluate(
            "document.documentElement.scrollWidth - "
            "document.documentElement.clientWidth"
        )
        self.assertLessEqual(wider, 0, f"{page.url} is {wider} px too wide")

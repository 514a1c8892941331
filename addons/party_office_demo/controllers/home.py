from odoo import http

from odoo.addons.web.controllers.home import Home

from ..setup.csv_data import read_table


class DemoHome(Home):
    @http.route()
    def web_login(self, *args, **kwargs):
        """Offer the demo's logins below the form."""
        response = super().web_login(*args, **kwargs)
        if response.is_qweb:
            response.qcontext["party_demo_logins"] = read_table("demo_logins")
        return response

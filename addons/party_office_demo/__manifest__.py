{
    "name": "Party Office: demo province",
    "summary": "An invented province for trying the system",
    "version": "19.0.1.0.0",
    "category": "Party Office",
    "author": "Party Office",
    "website": "https://party-office.example",
    "license": "AGPL-3",
    "depends": ["party_office_finance"],
    "post_init_hook": "post_init_hook",
    "data": ["views/web_login_templates.xml"],
    # read by the hook, once
    "oca_data_manual": [
        "data/bookings.csv",
        "data/claim_lines.csv",
        "data/claims.csv",
        "data/decisions.csv",
        "data/demo_logins.csv",
        "data/estimates.csv",
        "data/hr.department.csv",
        "data/hr.employee.csv",
        "data/hr.job.csv",
        "data/party.board.assignment.csv",
        "data/party.board.csv",
        "data/party.board.service.csv",
        "data/res.partner.csv",
        "data/res.users.csv",
    ],
    "assets": {
        "web.assets_frontend": [
            "party_office_demo/static/src/login/*",
        ],
    },
}

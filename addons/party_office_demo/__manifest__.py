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
    "assets": {
        "web.assets_frontend": [
            "party_office_demo/static/src/login/*",
        ],
    },
}

{
    "name": "Party Office: tests",
    "summary": (
        "What every addon of the suite must satisfy, and stories from end to end"
    ),
    "version": "19.0.1.0.0",
    "category": "Hidden/Tests",
    "author": "Party Office",
    "website": "https://party-office.example",
    "license": "AGPL-3",
    "depends": [
        "party_office_docs",
        "party_office_events",
        "party_office_finance",
        "party_office_fleet",
    ],
    "data": [
        "security/ir.model.access.csv",
        "security/test_party_office_rules.xml",
    ],
}

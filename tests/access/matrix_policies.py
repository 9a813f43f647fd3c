"""Which route about policies answers whom."""

from tests.access.roles import MEMBERS, OFFICE, Who

ROUTES: dict[str, Who] = {
    "GET /api/v1/policies": OFFICE,
    "POST /api/v1/policies": OFFICE,
    "POST /api/v1/policies/try": OFFICE,
    "POST /api/v1/policies/replay": OFFICE,
    "GET /api/v1/policies/{policy_id}": OFFICE,
    "PUT /api/v1/policies/{policy_id}": OFFICE,
    "DELETE /api/v1/policies/{policy_id}": OFFICE,
    "PUT /api/v1/policies/{policy_id}/draft": OFFICE,
    "DELETE /api/v1/policies/{policy_id}/draft": OFFICE,
    "POST /api/v1/policies/{policy_id}/publish": OFFICE,
    "GET /api/v1/policy-versions/{version_id}": OFFICE,
    "GET /api/v1/policy-presets": OFFICE,
    "POST /api/v1/policy-presets/{key}": OFFICE,
    "GET /api/v1/policy-uses": OFFICE,
    "PUT /api/v1/policy-uses": OFFICE,
    "GET /api/v1/policy-schema": MEMBERS,
    "GET /api/v1/me/policies": MEMBERS,
    "POST /api/v1/seats/consequence": MEMBERS,
    "GET /api/v1/students/{student_id}/policy-decisions": MEMBERS,
}

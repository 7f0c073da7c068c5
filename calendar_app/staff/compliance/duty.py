"""One duty with the reasons of its date, and the half-year of one body."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import StaffRequest, requires
from accounts.permissions import Permission
from base.clock import now
from base.forms import ActForm
from calendar_app.models import Certificate, Obligation
from calendar_app.queries import compliance as queries
from calendar_app.queries import explained
from calendar_app.staff.acting import DONE, carried_out
from calendar_app.staff.compliance import drawn_timeline
from calendar_app.staff.compliance.board_rows import board_rows, duty_name
from calendar_app.staff.compliance.certificates import of_body
from calendar_app.staff.compliance.drawn_rows import drawn
from calendar_app.staff.compliance.timeline import timeline
from calendar_app.transitions import certificates
from procedure.half_years import HalfYear
from procedure.moments import day_of


@require_safe
@requires(Permission.STAFF_HOME)
def duty(request: StaffRequest, pk: int) -> HttpResponse:
    """Why this day: rule, clause, arithmetic and days off, and the terms the duty had before."""
    moment = now()
    bodies = request.user.bodies_with(Permission.DUTIES_READ, on=day_of(moment))
    known = Obligation.objects.filter(body__in=bodies).select_related("body", "rule_set")
    one = get_object_or_404(known, pk=pk)
    rows = queries.read([one.half_year], moment, bodies=[one.body_id])
    row = next((row for row in rows if row.duty.pk == one.pk), None)
    if row is None:  # it is not owed yet at the instant of the page
        raise Http404
    term = explained.due_of(one)
    context = {
        "row": board_rows([row], day_of(moment))[0],
        "duty": one,
        "name": duty_name(row),
        "term": term,
        # What was promised stays, whatever the day table says since.
        "as_promised": term is not None and term.due == one.due,
        "changes": one.changes.select_related("rule_set"),
        "today": day_of(moment),
    }
    return render(request, "calendar_app/staff/compliance/duty.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.STAFF_HOME)
def half_year(request: StaffRequest, half_year: HalfYear, body: str) -> HttpResponse:
    """What one body owes in a half-year, as a line of time with the table behind it; POST certifies it."""
    moment = now()
    asked = Permission.CERTIFICATE_ISSUE if request.method == "POST" else Permission.DUTIES_READ
    bodies = request.user.bodies_with(asked, on=day_of(moment))
    one = get_object_or_404(bodies, pk=body)
    form, status = ActForm(request.POST or None), 200
    if request.method == "POST":
        status, made = carried_out(
            request,
            form,
            lambda at: certificates.issue(body=one, half_year=half_year, by=request.user, now=at),
        )
        if status == DONE:
            if isinstance(made, Certificate):
                messages.success(request, _("The certificate is issued."))
            return redirect(made if isinstance(made, Certificate) else request.path)
    rows = queries.read([half_year], moment, bodies=[one.pk], language=get_language() or "kk")
    line = timeline(rows, half_year, day_of(moment))
    context = {
        "body": one,
        "half_year": half_year,
        "line": line,
        "line_marks": drawn_timeline.drawn(line),
        "rows": drawn(board_rows(rows, day_of(moment)), with_body=False),
        "as_of": moment,
        "form": form,
        "certificates": of_body(one.pk, half_year),
        "may_issue": request.user.may(Permission.CERTIFICATE_ISSUE, one, on=day_of(moment)),
    }
    return render(request, "calendar_app/staff/compliance/half_year.html", context, status=status)

"""``kluwen doctor``: whether the graph is sound."""

import click

from corpus.messages import say
from search_app.cli.base import Command, State
from search_app.cli.screen import line, style


@click.command("doctor", cls=Command)
@click.pass_obj
def command(state: State) -> int:
    with state.open() as store:
        findings = store.check()
    line(say("command.doctor_looks", graph=state.graph))
    for finding in findings:
        mark = style("✓", fg="green") if finding.ok else style("✗", fg="red")
        line(f"{mark} {say(finding.key, **finding.values)}", indent=2, hang=4)
    wrong = sum(not finding.ok for finding in findings)
    line(say("command.doctor_well") if not wrong else say("command.doctor_ill", number=wrong), bold=True)
    return 1 if wrong else 0

"""The .xlsx of a grid: out and back, known by number and name, shown before it is written, twice the same is nothing."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from branches.models import Organisation
from figures.models import TypedTotal
from tests.appraisals.rounds.test_grid import Grid, at, standing
from workflow.models import AuditEvent

TYPED = 6  # column F: 汇总数 of the first figure


@pytest.fixture
def grid(world, client):
    client.force_login(world.officer)
    stage = world.round.stages.get(position=1)
    return Grid(client, stage, reverse("grid_edit", args=[stage.pk]))


def download(grid, query=""):
    answer = grid.client.get(reverse("grid_export", args=[grid.stage.pk]) + query)
    assert answer.status_code == 200
    return load_workbook(BytesIO(answer.content))


def send(grid, book, query="", **common):
    out = BytesIO()
    book.save(out) if isinstance(book, Workbook) else out.write(book)
    file = SimpleUploadedFile("grid.xlsx", out.getvalue())
    told = {"source": "fax", "as_of": timezone.localdate().isoformat(), "note": "", **common}
    return grid.client.post(reverse("grid_import", args=[grid.stage.pk]) + query, {"file": file, **told})


def confirm(grid, answer, **more):
    page = answer.context["page"]
    told = {"source": "fax", "as_of": timezone.localdate().isoformat(), "note": ""}
    data = {"cells": page.cells, "seen": page.seen, **told, **more}
    return grid.client.post(reverse("grid_import", args=[grid.stage.pk]), data)


def counts(answer):
    return [count for count, _words in answer.context["page"].counts]


def filled(grid, *values):
    """The sheet with the totals of the first figure filled in, from the first branch on; the row of its first branch."""
    book = download(grid)
    sheet = book.active
    first = next(row for row in range(1, 20) if sheet.cell(row, 3).value == "First branch")
    for n, value in enumerate(values):
        sheet.cell(first + n, TYPED).value = value
    return book, first


def faults(answer):
    return [(fault.row, fault.column.split(" ")[0], str(fault.words)) for fault in answer.context["page"].found.faults]


# --- out ------------------------------------------------------------------------------------------------------------
def test_the_sheet_is_the_grid_in_the_official_layout(world, grid):
    book = download(grid)
    rows = [[cell.value for cell in row] for row in book.active.iter_rows()]
    assert rows[0][0] == "Writing代录汇总表"
    head = next(n for n, row in enumerate(rows) if "党支部名称" in row)
    assert rows[head][:6] == ["序号", "编号", "党支部名称", "工作方式", "审阅通过材料（份）", None]
    assert rows[head + 1][4:7] == ["明细", "汇总数", "差额"]
    assert rows[head + 2][:6] == [1, str(world.first.pk), "First branch", "线上", 0, None]
    notes = {row[0].value: row[1].value for row in book["说明"].iter_rows() if row[0].value}
    assert notes["导出人"].startswith("officer") and "County committee" in notes["筛选条件"]
    event = AuditEvent.objects.get(kind="exported")
    assert "Writing" in event.note and event.actor_label == "officer"


def test_what_is_narrowed_on_the_page_is_narrowed_in_the_sheet(world, grid):
    book = download(grid, f"?under={world.second.pk}")
    names = [row[2].value for row in book.active.iter_rows()]
    assert "Second branch" in names and "First branch" not in names


# --- back -----------------------------------------------------------------------------------------------------------
def test_first_it_is_shown_then_written_and_the_same_again_changes_nothing(world, grid):
    book, _first = filled(grid, 12, "340余")
    answer = send(grid, book)
    assert counts(answer) == [2, 0, 0, 0] and not standing()
    words = answer.content.decode()
    assert "First branch" in words and "340余" in words and f"F{_first}" in words
    assert confirm(grid, answer).status_code == 302
    told = [
        ("First branch", "materials.accepted", "12份", "fax"),
        ("Second branch", "materials.accepted", "340余份", "fax"),
    ]
    assert standing() == told
    again = send(grid, book)
    assert counts(again) == [0, 0, 2, 0] and not again.context["page"].may_write
    assert confirm(grid, answer).status_code == 302  # and so does pressing twice
    assert standing() == told and TypedTotal.objects.count() == 2
    book, _first = filled(grid, 13)
    changed = send(grid, book)
    assert counts(changed) == [0, 1, 1, 0]
    confirm(grid, changed)
    assert [row[2] for row in standing()] == ["13份", "340余份"]


def test_rows_are_known_by_number_and_name_in_any_order(world, grid):
    book, first = filled(grid, 1, 2)
    sheet = book.active
    upper, lower = ([cell.value for cell in sheet[row]] for row in (first, first + 1))
    for n, (one, other) in enumerate(zip(lower, upper, strict=True), 1):
        sheet.cell(first, n).value, sheet.cell(first + 1, n).value = one, other
    sheet.cell(first, 2).value = None  # by its name alone
    confirm(grid, send(grid, book))
    assert [row[2] for row in standing()] == ["1份", "2份"]


def test_a_plain_sheet_of_ones_own_is_read_as_well(world, grid):
    book = Workbook()
    book.active.append(["党支部名称", "审阅通过材料（份）"])
    book.active.append(["Second branch", "近20"])
    confirm(grid, send(grid, book))
    assert [row[:1] + row[2:3] for row in standing()] == [("Second branch", "近20份")]


def test_what_cannot_be_taken_says_where_and_nothing_is_written(world, grid):
    book, first = filled(grid, "many", 3)
    sheet = book.active
    sheet.insert_rows(first + 2, 3)
    sheet.cell(first + 2, 3).value = "Third branch"
    sheet.cell(first + 3, 2).value, sheet.cell(first + 3, 3).value = str(world.first.pk), "Second branch"
    sheet.cell(first + 4, 3).value = "Second branch"
    answer = send(grid, book)
    assert counts(answer) == [1, 0, 0, 4] and not answer.context["page"].may_write
    assert [fault[:2] for fault in faults(answer)] == [
        (first, f"F{first}"), (first + 2, "党支部名称"), (first + 3, "党支部名称"), (first + 4, "党支部名称"),
    ]  # fmt: skip
    address = reverse("grid_faults", args=[grid.stage.pk])
    sent = grid.client.post(address, {"faults": answer.context["page"].faults})
    told = [[cell.value for cell in row] for row in load_workbook(BytesIO(sent.content)).active.iter_rows()]
    assert any(row[0] == first and row[3] == "many" for row in told)
    for nonsense in ("", "{", "[[1]]", "7"):
        assert grid.client.post(address, {"faults": nonsense}).status_code == 200


def test_namesakes_are_told_apart_by_number_only(world, grid):
    Organisation.objects.filter(pk=world.second.pk).update(name="First branch")
    book, first = filled(grid, 1, 2)
    assert counts(send(grid, book)) == [2, 0, 0, 0]
    book.active.cell(first, 2).value = None
    assert counts(send(grid, book))[3] == 1


def test_a_formula_is_refused_and_a_hidden_row_told(world, grid):
    book, first = filled(grid, "=1+1", 4)
    book.active.row_dimensions[first + 1].hidden = True
    answer = send(grid, book)
    assert counts(answer) == [1, 0, 0, 1] and len(faults(answer)) == 2


@pytest.mark.parametrize("case", ["no sheet", "macros", "no heading", "another stage"])
def test_a_file_that_is_none_is_refused_by_the_gate(world, grid, case):
    book, _first = filled(grid, 1)
    if case == "no sheet":
        sent = send(grid, b"MZ nothing of the kind")
    elif case == "macros":
        out = BytesIO()
        book.save(out)
        with ZipFile(out, "a") as archive:
            archive.writestr("xl/vbaProject.bin", b"x")
        sent = send(grid, out.getvalue())
    elif case == "no heading":
        sent = send(grid, _of(["a", "b"]))
    else:
        sent = send(grid, _of(["党支部名称", "Something else"]))
    assert sent.status_code == 200 and sent.context["page"].form.errors["file"] and not standing()


def _of(heading):
    book = Workbook()
    book.active.append(heading)
    book.active.append(["First branch", 1])
    return book


def test_what_somebody_changed_since_the_check_is_shown_beside_and_confirmed_anew(world, grid):
    book, _first = filled(grid, 12, 13)
    answer = send(grid, book)
    grid.save({**grid.fields(), f"t-{world.first.pk}-22": "5"})
    typed = [row[2] for row in standing()]
    late = confirm(grid, answer)
    assert late.status_code == 409 and [row[2] for row in standing()] == typed and len(typed) == 1
    assert "现为：5" in late.content.decode()
    assert confirm(grid, late).status_code == 302 and [row[2] for row in standing()] == ["12份", "13份"]


def test_only_whoever_enters_for_them_fetches_or_sends(world, client):
    pk = at(world, 1, world.first).stage_id
    for user in (world.supervisor, world.secretary, world.member):
        client.force_login(user)
        assert client.get(reverse("grid_export", args=[pk])).status_code == 403
        assert client.get(reverse("grid_import", args=[pk])).status_code == 403
        assert client.post(reverse("grid_faults", args=[pk])).status_code == 403


def test_a_place_with_more_branches_than_one_file_takes_says_so_and_cuts_nothing_off(world, grid, monkeypatch):
    for module in ("place", "views", "importing"):
        monkeypatch.setattr(f"appraisals.rounds.grid.{module}.MOST", 1)
    page = grid.client.get(reverse("grid_export", args=[grid.stage.pk]), follow=True).content.decode()
    assert "超出一个文件的容量" in page
    short = grid.client.get(reverse("grid_edit", args=[grid.stage.pk]) + "?only=short")
    assert short.context["page"].is_cut
    assert not grid.client.get(reverse("grid_edit", args=[grid.stage.pk])).context["page"].is_cut

"""The pages of an import as somebody goes through them, and what they say when something is wrong."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from branches.models import Member, RosterImport
from branches.roster import files
from branches.roster.actions import imports
from branches.roster.columns import FIELDS
from jobs import actions as jobs
from jobs.models import Job
from tests.branches.roster_books import FILES
from tests.branches.rosters import HEAD, again, checked, done, sheet, uploaded
from tests.cast import enrol

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true", "HX-Target": "roster-import"}


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def browser(client, cast):
    client.force_login(cast.secretary)
    return client


def text(response):
    return response.content.decode()


def send(browser, cast, file, **changed):
    told = {"file": file, "organisation": cast.first.pk, "since": "2026-01-01", **changed}
    return browser.post(reverse("roster_create"), told)


def test_the_whole_way_by_hand(browser, cast):
    assert "导入花名册" in text(browser.get(reverse("member_list")))
    assert "选择单位现有的Excel花名册" in text(browser.get(reverse("roster_list")))
    response = send(browser, cast, uploaded(FILES / "office.xls", "支部花名册.xls"))
    sent = RosterImport.objects.get()
    assert response.url == reverse("roster_map", args=[sent.pk])
    page = browser.get(response.url)
    chosen = {name: field.initial for name, field in page.context["form"].fields.items() if field.initial}
    assert chosen["name"] == "1" and chosen["joined"] == "4" and "支部花名册.xls" in text(page)
    response = browser.post(response.url, chosen)
    assert response.url == sent.get_absolute_url()
    at_work = browser.get(response.url)
    assert "every 2s" in text(at_work) and "every 2s" in text(browser.get(response.url, headers=HTMX))
    assert "<html" not in text(browser.get(response.url, headers=HTMX))
    done(sent)
    found = text(browser.get(response.url))
    assert "every 2s" not in found
    for words in ("林岚", "1975-03", "小计", "合计行，已跳过。", "减少（疑似转出）", "甲书记", "写入花名册"):
        assert words in found, words
    browser.post(reverse("roster_move", args=[sent.pk, "confirm"]), {"confirmed": "yes"})
    done(sent)
    assert "花名册已按文件更新。" in text(browser.get(response.url))
    assert Member.objects.filter(name="林岚").exists()
    assert "已导入" in text(browser.get(reverse("roster_list")))


def test_a_refused_file_says_why_and_keeps_what_was_typed(browser, cast):
    response = send(browser, cast, SimpleUploadedFile("花名册.xls", b"<html></html>" * 100), since="2025-05-01")
    assert "这不是Excel文件" in text(response) and 'value="2025-05-01"' in text(response)
    assert f'value="{cast.first.pk}" selected' in text(response)
    response = send(browser, cast, SimpleUploadedFile("花名册.xls", b""))
    assert response.status_code == 200 and not RosterImport.objects.exists()


def test_a_file_without_headings_is_told(browser, cast, tmp_path):
    response = send(browser, cast, sheet(tmp_path / "x.xlsx", [("林岚", "女")], ("甲", "乙")))
    assert "没有找到表头" in text(response) and not RosterImport.objects.exists()


@pytest.mark.parametrize(
    ("changed", "words"),
    [({"since": "2199-01-01"}, "这一天还没有到"), ({"since": "2001-01-01"}, "才成立"), ({"organisation": ""}, "请选择一项"),
     ({"organisation": "999999"}, "")],
)  # fmt: skip
def test_a_form_that_cannot_be_taken(browser, cast, changed, words):
    response = send(browser, cast, uploaded(FILES / "plain.xls"), **changed)
    assert response.status_code == 200 and words in text(response) and not RosterImport.objects.exists()


def test_too_large_a_file_is_refused_before_it_is_kept(browser, cast):
    response = send(browser, cast, SimpleUploadedFile("花名册.xlsx", b"PK\x03\x04" + bytes(15_000_000)))
    assert "文件超过15 MB" in text(response) and list(files.folder().iterdir()) == []


def test_the_roster_is_found_on_a_later_sheet_and_another_one_can_be_read(browser, cast, tmp_path):
    book = Workbook()
    book.active.title = "封面"
    book.active["A1"] = "党员花名册"
    for name, people in (("在职", "林岚"), ("退休", "周明")):
        book.create_sheet(name).append(["姓名", "党员类别"])
        book[name].append([people, "正式"])
    book.save(tmp_path / "three.xlsx")
    send(browser, cast, uploaded(tmp_path / "three.xlsx"))
    sent = RosterImport.objects.get()
    address = reverse("roster_map", args=[sent.pk])
    assert sent.sheet == 1 and "退休" in text(browser.get(address))
    browser.post(address, {"look": "yes", "sheet": "2"})
    assert again(sent).sheet == 2
    for wrong in ("7", "-1", "x", ""):
        browser.post(address, {"look": "yes", "sheet": wrong})
    browser.post(address, {"look": "yes", "sheet": "0"})  # the cover: no headings there
    assert again(sent).sheet == 2
    browser.post(address, {"name": "0", "category": "1"})
    assert done(sent).counts["new"] == 1 and "周明" in text(browser.get(sent.get_absolute_url()))


def test_columns_are_named_once_each_and_the_name_always(browser, cast):
    send(browser, cast, uploaded(FILES / "plain.xls"))
    address = reverse("roster_map", args=[RosterImport.objects.get().pk])
    assert "请选择一项" in text(browser.post(address, {"category": "2"}))
    assert "这一列已对应" in text(browser.post(address, {"name": "0", "gender": "0"}))
    assert browser.post(address, {"name": "99"}).status_code == 200
    assert RosterImport.objects.get().state == "mapping"


def test_a_superior_names_the_column_of_the_branch(client, cast):
    client.force_login(cast.officer)
    send(client, cast, uploaded(FILES / "plain.xls"), organisation=cast.county.pk)
    address = reverse("roster_map", args=[RosterImport.objects.get().pk])
    assert "请选择一项" in text(client.post(address, {"name": "0", "category": "2"}))


def test_many_organisations_can_be_narrowed(client, cast):
    client.force_login(cast.officer)
    assert "Second branch" in text(client.get(reverse("roster_create")))
    page = text(client.get(reverse("roster_create"), {"near": "First"}))
    assert "First branch" in page and "Second branch" not in page


def test_namesakes_are_decided_on_the_page(browser, cast, tmp_path):
    sent = checked(sheet(tmp_path / "x.xlsx", [(1, "甲书记", "", "", "", "正式")]), cast.first, cast.secretary)
    page = text(browser.get(sent.get_absolute_url()))
    assert "不是同一人" in page and "写入花名册</button>" not in page
    address = reverse("roster_answer", args=[sent.pk])
    browser.post(address, {"row-2": "made-up"})
    assert again(sent).state == "checked"
    browser.post(address, {"row-2": "new"})
    assert again(sent).state == "checking"
    assert "写入花名册" in text(browser.get(done(sent).get_absolute_url()))


def test_errors_are_shown_and_nothing_can_be_written(browser, cast, tmp_path):
    rows = [(1, "林<b>岚", "女", "1985-13", "", "正式"), (2, "周明", "x", "", "", "积极分子")]
    sent = checked(sheet(tmp_path / "x.xlsx", rows), cast.first, cast.secretary)
    page = text(browser.get(sent.get_absolute_url()))
    assert "没有这一天" in page and "此人不是党员" in page and "有的行须先更正" in page
    assert "<b>岚" not in page and "写入花名册</button>" not in page
    browser.post(reverse("roster_move", args=[sent.pk, "confirm"]), {"confirmed": "yes"})
    assert again(sent).state == "checked"


def test_a_cancelled_check_leads_back_to_the_columns(browser, cast):
    send(browser, cast, uploaded(FILES / "plain.xls"))
    sent = RosterImport.objects.get()
    browser.post(reverse("roster_map", args=[sent.pk]), {"name": "0", "category": "2"})
    assert "重新对应栏目" not in text(browser.get(sent.get_absolute_url()))
    jobs.cancel(Job.objects.get(pk=again(sent).job_id), actor=cast.secretary)
    page = text(browser.get(sent.get_absolute_url()))
    assert "没有写入任何内容" in page and "重新对应栏目" in page
    browser.post(reverse("roster_move", args=[sent.pk, "remap"]))
    assert again(sent).state == "mapping"


def test_an_import_refused_for_a_stale_copy_says_so_and_what_to_do(browser, cast, tmp_path):
    sent = checked(sheet(tmp_path / "x.xlsx", [(1, "林岚", "", "", "", "正式")]), cast.first, cast.secretary)
    enrol("林岚", cast.first, position=9)
    browser.post(reverse("roster_move", args=[sent.pk, "confirm"]), {"confirmed": "yes"})
    done(sent)
    page = text(browser.get(sent.get_absolute_url()))
    assert "未写入，请重新核对" in page and "核对之后花名册有了变动" in page and "写入中" not in page
    assert "未写入，请重新核对" in text(browser.get(reverse("roster_list")))


def test_only_moves_with_a_button_have_an_address(browser, cast, tmp_path):
    sent = checked(sheet(tmp_path / "x.xlsx", [(1, "林岚", "", "", "", "正式")]), cast.first, cast.secretary)
    for name in ("tell", "write", "check", "answer", "unheard-of"):
        assert browser.post(reverse("roster_move", args=[sent.pk, name])).status_code == 404
    assert again(sent).state == "checked"


def test_our_template_comes_back_as_it_went_out(browser, cast, tmp_path):
    path = tmp_path / "template.xlsx"
    path.write_bytes(browser.get(reverse("roster_template")).content)
    book = load_workbook(path)
    row = next(row for row in book.worksheets[0].iter_rows() if row[0].value == "示例")[0].row
    told = {"name": "林岚", "category": "正式党员", "born": "1985-06", "branch": ""}
    for column, field in enumerate(FIELDS, 1):
        book.worksheets[0].cell(row + 1, column, told.get(field.key, ""))
    book.save(path)
    sent = checked(uploaded(path), cast.first, cast.secretary)
    assert set(sent.mapping) == {field.key for field in FIELDS}
    assert (sent.counts["new"], sent.counts["errors"], sent.counts["notes"]) == (1, 0, 1)


def test_a_page_holds_the_first_hundred_and_says_so(browser, cast, tmp_path):
    rows = [(n, f"新{chr(0x4E00 + n)}", "", "", "", "正式") for n in range(150)]
    sent = checked(sheet(tmp_path / "x.xlsx", rows), cast.first, cast.secretary)
    page = text(browser.get(sent.get_absolute_url()))
    assert "只显示前100行" in page and f"新{chr(0x4E00 + 120)}" not in page


def test_the_register_of_today_counts_whoever_was_imported(browser, cast, tmp_path):
    file = sheet(tmp_path / "x.xlsx", [(9, "林岚", "女", "1985-06", "2008-07", "正式")], HEAD)
    sent = checked(file, cast.first, cast.secretary)
    imports.move(sent, "confirm", actor=cast.secretary)
    done(sent)
    assert "林岚" in text(browser.get(reverse("member_list")))
    member = Member.objects.get(name="林岚")
    page = text(browser.get(reverse("member_detail", args=[member.pk])))
    assert "1985-06" in page
